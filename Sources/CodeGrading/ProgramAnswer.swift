/// The program of an answer.
package struct ProgramAnswer: Sendable, Equatable {
  package var code: String
  /// Whether it goes on where the prompt of a HumanEval problem ends; otherwise that is found out.
  package var isCompletion: Bool

  package init(_ code: String, isCompletion: Bool = false) {
    self.code = code
    self.isCompletion = isCompletion
  }
}
