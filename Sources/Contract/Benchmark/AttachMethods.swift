package import JSON

package enum BenchmarkAttach: Method {
  package static let name = "benchmark.attach"
  package static let summary = "Watches a run to its end, whoever started it; first replays what is stored already."
  package static let details = """
    Answered when the run ends; at once when it has ended. Each sample with a `sequence` above `afterSequence` is sent \
    under the `partialResultToken`, in order, first those that are stored already. Cancelling it stops the watching, \
    not the run.
    """
  package static let errors: [ServiceError.Kind] = [.runNotFound] + ServiceError.Kind.ofStore
  /// The run as it ended, also when it was cancelled or failed: the watching succeeded.
  package typealias Result = RunSummary

  package struct Params: Codable, Sendable, Equatable, PartialResultParams {
    package typealias Part = SampleRecord

    /// A run's id, the start of one that no other shares, or `latest`.
    package var runId: String
    /// The `sequence` of the last sample that the client knows: those stored after it are sent as partial results. 0 or
    /// more; default 0, for all. A number beyond the run's last sample means that one: only what comes is sent.
    package var afterSequence: Int?
    /// Where `$/progress` with `begin`, `report` and `end` goes.
    package var workDoneToken: JSONValue?
    /// Where each sample goes, in the order of `sequence`: first those that are stored already, then each as it is
    /// stored.
    package var partialResultToken: JSONValue?

    package init(runId: String, afterSequence: Int? = nil) {
      self.runId = runId
      self.afterSequence = afterSequence
    }
  }
}

package enum BenchmarkCancel: Method {
  package static let name = "benchmark.cancel"
  package static let summary =
    "Stops a run that is at work in this server, whoever started it, and waits until it is stored."
  package static let details =
    "A run that has ended already, or is at work in another process, is refused with `runNotActive`."
  package static let errors: [ServiceError.Kind] = [.runNotFound, .runNotActive] + ServiceError.Kind.ofStore
  /// The run as it ended: `cancelled`, or `completed` when its last sample was already stored.
  package typealias Result = RunSummary

  package struct Params: Codable, Sendable, Equatable {
    /// A run's id, the start of one that no other shares, or `latest`.
    package var runId: String

    package init(runId: String) { self.runId = runId }
  }
}
