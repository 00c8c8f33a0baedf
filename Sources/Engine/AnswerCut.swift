import Contract
import Models

/// What kept a model from answering a question whole.
struct AnswerCut: Sendable, Equatable {
  let reason: TruncationReason
  private(set) var detail: String

  /// Looks at an answer that came.
  ///
  /// - Parameters:
  ///   - request: what was asked.
  ///   - isLocal: whether the server is the user's own: a hosted one refuses what is too long.
  ///   - meantTokens: how long the prompt is in the model's own tokens; nil where nobody measured.
  init?(_ response: ModelResponse, to request: ModelRequest, isLocal: Bool, meantTokens: Int? = nil) {
    let context = response.contextTokens ?? request.settings.contextTokens
    if let meantTokens, !response.usage.isEstimate, response.usage.promptTokens < meantTokens / 10 * 7 {
      self.init(.promptCut, readTokens: response.usage.promptTokens, of: meantTokens)
    } else if isLocal, let context, response.usage.isPromptCut(at: context, of: request) {
      self.init(.promptCut, contextTokens: context)
    } else if response.stopReason == .length {
      self.init(.outputLimit)
    } else if response.visibleText.allSatisfy(\.isWhitespace), response.hasReasoned {
      self.init(.emptyAfterReasoning)
    } else {
      return nil
    }
  }

  /// Looks at an answer that was stored. What only the provider could tell then stands in its verdicts.
  init?(stored record: SampleRecord) {
    let reasons = [record.reason] + record.earlierScores.map(\.reason)
    let text = ModelResponse.visibleText(of: record.response ?? "")
    let hasReasoned = !(record.reasoning ?? "").allSatisfy(\.isWhitespace) || text.hasReasoned
    if reasons.contains(TruncationReason.promptCut.rawValue) {
      self.init(.promptCut)
      let isStill = record.reason == TruncationReason.promptCut.rawValue
      if isStill, let told = record.detail { detail = told }
    } else if record.stopReason == StopReason.length.rawValue {
      self.init(.outputLimit)
    } else if text.visible.allSatisfy(\.isWhitespace),
      hasReasoned || reasons.contains(TruncationReason.emptyAfterReasoning.rawValue)
    {
      self.init(.emptyAfterReasoning)
    } else {
      return nil
    }
  }

  /// A server that reads less than it was sent, and says only how much it read.
  private init(_ reason: TruncationReason, readTokens: Int, of meant: Int) {
    self.reason = reason
    detail =
      "The server read \(readTokens) tokens of a prompt of about \(meant): the model did not see all of it. Start the "
      + "server with a larger context."
  }

  init(_ reason: TruncationReason, contextTokens: Int? = nil) {
    self.reason = reason
    detail =
      switch reason {
      case .outputLimit: "The answer ended at the token limit; raise the limit with --max-tokens."
      case .emptyAfterReasoning:
        "The model reasoned and came to no answer; give it more tokens with --max-tokens, or have it reason less."
      case .promptCut, .contextTooLong:
        "The prompt is longer than the server's context\(contextTokens.map { " of \($0) tokens" } ?? ""): the model did "
          + "not see all of it. Start the server with a larger context."
      }
  }
}

extension TokenUsage {
  /// Whether a prompt cannot have been read whole by a server that drops what is beyond its context. Such a server
  /// reports what is left: a full context.
  fileprivate func isPromptCut(at contextTokens: Int, of request: ModelRequest) -> Bool {
    if !isEstimate { return promptTokens >= contextTokens }
    // A token of text is seldom more than 8 bytes long, so that this errs on the side of saying nothing.
    return request.messages.reduce(0) { $0 + $1.content.utf8.count } / 8 > contextTokens
  }
}

extension ModelResponse {
  /// The answer without reasoning that stands in it between `<think>` tags, also where the closing one is missing.
  fileprivate var visibleText: Substring { Self.visibleText(of: text).visible }

  fileprivate var hasReasoned: Bool {
    !(reasoning ?? "").allSatisfy(\.isWhitespace) || (usage.reasoningTokens ?? 0) > 0
      || Self.visibleText(of: text).hasReasoned
  }

  fileprivate static func visibleText(of text: String) -> (visible: Substring, hasReasoned: Bool) {
    let start = text.drop(while: \.isWhitespace)
    guard start.hasPrefix("<think>") else { return (text[...], false) }
    guard let end = start.range(of: "</think>") else { return ("", true) }
    return (start[end.upperBound...], true)
  }
}

extension Substring {
  /// Where a text stands first.
  fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}
