/// Asks one model. Any number of tasks may use one client at once; who limits that is the scheduler.
package protocol ModelClient: Sendable {
  var reference: ModelReference { get }
  /// Whether the model runs on this machine, so that the machine's own load and GPUs tell about it.
  var isLocal: Bool { get }
  /// Where its server is, without credentials, where one model's name may mean several servers; nil where it cannot.
  var address: String? { get }
  /// How many calls at once do this model good, unless the user says otherwise.
  var defaultConcurrency: Int { get }
  /// Whether more calls at once may do good, for as long as the provider does not limit the rate.
  var takesMoreConcurrency: Bool { get }

  /// Makes one attempt; trying again is the scheduler's affair. Cancelling the task closes the connection.
  ///
  /// - Parameter call: which sample this is for; a recording tells calls with the same request apart by it.
  /// - Throws: ``ModelError`` where there is no answer. An answer that was cut off or is empty is no error.
  func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse

  /// Parameters of a request that this model does not take and that would be left out, as far as is known before it is
  /// sent: "temperature", "numCtx"…
  func omittedParameters(of request: ModelRequest) -> [String]

  /// Called once when the run needs no more answers. A recording is safe on the disk after it.
  ///
  /// - Throws: ``ModelError`` where something of the run that is kept on this side could not be finished.
  func close() throws(ModelError)
}

extension ModelClient {
  package func omittedParameters(of request: ModelRequest) -> [String] { [] }
  package var takesMoreConcurrency: Bool { !isLocal }
  package var address: String? { nil }
  package func close() throws(ModelError) {}
}

/// Which sample of a run a call is for.
package struct CallIdentity: Hashable, Sendable {
  package let sampleID: String
  /// 1 for the first time a sample is asked.
  package let epoch: Int

  package init(sampleID: String, epoch: Int = 1) {
    self.sampleID = sampleID
    self.epoch = epoch
  }
}

/// How long one attempt may take; nil means no limit of that kind.
package struct ModelTimeouts: Sendable, Equatable {
  package var connect: Duration?
  /// To the first byte of the answer: a long prompt on a slow machine takes minutes.
  package var firstByte: Duration?
  /// Between two pieces of the answer.
  package var idle: Duration?
  /// For the attempt as a whole.
  package var total: Duration?

  package init(
    connect: Duration? = .seconds(15), firstByte: Duration? = nil, idle: Duration? = .seconds(120),
    total: Duration? = .seconds(600)
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
  }
}
