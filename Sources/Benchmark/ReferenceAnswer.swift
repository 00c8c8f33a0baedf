/// An answer whose worth is known: a grader that judges it otherwise judges no model.
package struct ReferenceAnswer: Sendable {
  /// What the answer is, for people: "the sorted list", "one number left out".
  package let name: String
  package let sample: Sample
  package let answer: String
  /// Whether it must pass; a wrong answer must not.
  package let isRight: Bool

  package init(_ name: String, isRight: Bool, to sample: Sample, _ answer: String) {
    self.name = name
    self.sample = sample
    self.answer = answer
    self.isRight = isRight
  }

  /// An answer that must pass.
  package static func right(_ name: String, to sample: Sample, _ answer: String) -> ReferenceAnswer {
    ReferenceAnswer(name, isRight: true, to: sample, answer)
  }

  /// An answer that must not pass.
  package static func wrong(_ name: String, to sample: Sample, _ answer: String) -> ReferenceAnswer {
    ReferenceAnswer(name, isRight: false, to: sample, answer)
  }
}
