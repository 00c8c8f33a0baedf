/// How a sample ended.
package enum Outcome: String, Codable, Sendable, CaseIterable {
  /// The answer is right.
  case passed
  /// The answer is wrong.
  case failed
  /// The answer earned a score between 0 and 1.
  case partial
  /// The model could not answer whole, see ``TruncationReason``; nobody knows whether it would have been right.
  case truncated
  /// The answer itself is malformed in a way that is the model's doing.
  case modelError
  /// The provider or this machine failed: never counted against the model, and can be asked again.
  case infrastructureError
  /// The run ended before the answer came.
  case cancelled

  /// Whether the sample counts in the score.
  package var isScored: Bool {
    switch self {
    case .passed, .failed, .partial, .truncated, .modelError: true
    case .infrastructureError, .cancelled: false
    }
  }
}
