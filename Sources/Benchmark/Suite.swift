package import Contract

/// A family of benchmark samples and the way their answers are judged. The engine knows suites only through this.
package protocol Suite: Sendable {
  var descriptor: SuiteDescriptor { get }

  /// Makes the samples for the given options. The same options give the same samples on every machine.
  ///
  /// - Throws: ``ServiceError`` of kind `invalidOption` for options that do not fit, `sandboxUnavailable` or
  ///   `runtimeMissing` where answers could not be judged here.
  func plan(options: SuiteOptions) async throws -> any SuitePlan
}

/// The samples of one run.
package protocol SuitePlan: Sendable {
  /// The stable id of every sample, in order.
  var sampleIDs: [String] { get }
  /// What the samples were made from; nil for samples that are not random.
  var seed: UInt64? { get }
  /// Makes what judging needs, such as files. Called once before the first sample of a run is asked, and not at all
  /// where a run is only planned.
  func prepare() async throws
  /// Makes one sample. Called when its turn comes, so that large prompts do not lie around.
  func sample(at index: Int) throws -> Sample
  /// Judges an answer.
  ///
  /// - Throws: when the judging itself failed, which is nobody's wrong answer.
  func score(_ answer: String, of sample: Sample) async throws -> Score
  /// Called once when the run no longer needs the plan.
  func close() async
}

extension SuitePlan {
  package func prepare() async throws {}
  package func close() async {}
}
