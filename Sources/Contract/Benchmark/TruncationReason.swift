/// Why nobody knows whether an answer would have been right: the `reason` of a sample whose outcome is `truncated`.
package enum TruncationReason: String, Sendable, CaseIterable {
  /// The answer ended at the limit of tokens.
  case outputLimit
  /// The model reasoned and gave no answer.
  case emptyAfterReasoning
  /// A local server dropped a part of the prompt, which is longer than its context.
  case promptCut
  /// A local server refused the prompt, which is longer than its context.
  case contextTooLong

  /// The same for people, after a count: "2 at the token limit".
  package var phrase: String {
    switch self {
    case .outputLimit: "at the token limit"
    case .emptyAfterReasoning: "without an answer after reasoning"
    case .promptCut, .contextTooLong: "with a prompt beyond the server's context"
    }
  }
}

extension ModelSummary {
  /// How many answers were cut off, and by what, for people: "2 at the token limit, 1 without an answer after reasoning".
  package var truncationPhrase: String {
    truncations.map { entry in
      "\(entry.count) \(TruncationReason(rawValue: entry.reason)?.phrase ?? "at the token limit")"
    }.joined(separator: ", ")
  }
}
