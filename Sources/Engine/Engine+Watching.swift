package import Contract
import JSON
import Results

extension Engine {
  /// Watches any stored run to its end: one that is at work here or in another process with the same store, or one that
  /// has ended. Cancelling the task stops only the watching.
  ///
  /// - Returns: the run as it ended, however it ended.
  /// - Throws: ``ServiceError``: `invalidParams`, `runNotFound`; `CancellationError`.
  package func attach(
    _ params: BenchmarkAttach.Params, observer: any RunObserver = SilentObserver()
  ) async throws -> RunSummary {
    let sequence = params.afterSequence ?? 0
    guard sequence >= 0 else {
      throw ServiceError.invalidParameter(
        "/afterSequence",
        "afterSequence is \(sequence): give the sequence of the last sample that you have, or 0 for none.")
    }
    let store = try results()
    let run = WatchedRun(try await store.standing(params.runId))
    return try await RunWatch(run: run, store: store, active: active, observer: observer).untilEnd(after: sequence)
  }

  /// Stops a run that is at work here and waits until it is stored. Cancelling the task does not take that back.
  ///
  /// - Throws: ``ServiceError``: `runNotFound`; `runNotActive` when the run has ended or is another process's.
  package func cancel(_ params: BenchmarkCancel.Params) async throws -> RunSummary {
    let store = try results()
    let standing = try await store.standing(params.runId)
    guard active.cancel(standing.runId) else { throw Self.notActive(standing) }
    await active.waitForEnd(of: standing.runId)
    if let failure = active.failure(of: standing.runId) { throw failure }
    return try await store.run(standing.runId)
  }

  private static func notActive(_ run: RunStanding) -> ServiceError {
    var details: JSONObject = ["runId": .string(run.runId), "status": .string(run.status.rawValue)]
    guard run.status == .running else {
      let message = "The run \(run.runId) is not at work, it is \(run.status.rawValue): there is nothing to stop."
      return ServiceError(.runNotActive, message, details: details)
    }
    details["pid"] = .integer(Int64(run.processID))
    return ServiceError(
      .runNotActive,
      "The run \(run.runId) is at work in process \(run.processID), not here: press Ctrl-C there, or ask the server that "
        + "runs it, with --connect.", details: details)
  }
}
