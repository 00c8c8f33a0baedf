package import Contract
package import JSON

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
  associatedtype IDs: SampleIDs
  /// The stable id of every sample, in order: an array, or what makes them one by one where there may be very many.
  var sampleIDs: IDs { get }
  /// What the samples were made from; nil for samples that are not random.
  var seed: UInt64? { get }
  /// Makes what judging needs, such as files. Called once before the first sample of a run is asked, and not at all
  /// where a run is only planned.
  func prepare() async throws
  /// What the verdicts depend on beside the options: the data and what was left out of them, what programs are run with.
  /// Stored with the run. Sentences for people stand in a list under `notes`. Called after ``prepare()``.
  var facts: JSONObject { get }
  /// Makes one sample. Called when its turn comes, so that large prompts do not lie around.
  func sample(at index: Int) throws -> Sample
  /// Two texts of the samples' kind, the long one with more of the same, for a suite whose samples are to have a length
  /// in the model's own tokens; nil for all others.
  var calibrationTexts: (short: String, long: String)? { get }
  /// Makes one sample in the measure of a model. What is asked and what is right does not depend on the measure.
  func sample(at index: Int, measured measure: TokenMeasure) throws -> Sample
  /// Judges an answer.
  ///
  /// - Throws: when the judging itself failed, which is nobody's wrong answer.
  func score(_ answer: String, of sample: Sample) async throws -> Score
  /// Answers to samples of this plan whose worth is known: right ones, and ones that are wrong in ways that models get
  /// wrong. They are judged before the first model is asked; a run does not begin when a right one fails or a wrong one
  /// passes. Few and quick to judge, and none that could be right by chance. Called after ``prepare()``.
  func referenceAnswers() throws -> [ReferenceAnswer]
  /// Judges a reference answer, in the way of ``score(_:of:)``; on less data where that takes long.
  func score(_ reference: ReferenceAnswer) async throws -> Score
  /// Called once when the run no longer needs the plan.
  func close() async
}

extension SuitePlan {
  package func prepare() async throws {}
  package var facts: JSONObject { [:] }
  package var calibrationTexts: (short: String, long: String)? { nil }
  package func sample(at index: Int, measured measure: TokenMeasure) throws -> Sample { try sample(at: index) }
  package func referenceAnswers() throws -> [ReferenceAnswer] { [] }
  package func score(_ reference: ReferenceAnswer) async throws -> Score {
    try await score(reference.answer, of: reference.sample)
  }
  package func close() async {}
}
