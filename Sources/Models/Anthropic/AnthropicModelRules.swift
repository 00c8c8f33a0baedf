import JSON

/// What Anthropic documents about which of its models take which parameters.
///
/// Sources, as of 2026-11: platform.claude.com/docs/en/about-claude/models/overview (most output tokens),
/// …/build-with-claude/adaptive-thinking and …/extended-thinking (who thinks how),
/// …/about-claude/models/migration-guide (from Opus 4.7 on no temperature, top_p and top_k). A model that is not known
/// here is taken for a new one.
struct AnthropicModelRules: Equatable {
  /// The most tokens of one answer.
  let maximumOutputTokens: Int
  /// Whether thinking is switched on with a number of tokens; newer models decide that number themselves.
  let thinksByBudget: Bool
  /// Of `temperature` and `top_p` those that the model refuses.
  let refusedParameters: Set<String>

  init(_ model: String) {
    let version = Self.version(model)
    let isOld = version.major < 4 || (version.major == 4 && version.minor < 6)
    thinksByBudget = isOld
    switch (version.major, version.minor) {
    case (3, 0): maximumOutputTokens = 4096
    case (3, 5): maximumOutputTokens = 8192
    case (3, _): maximumOutputTokens = 64_000
    case (4, ..<5) where model.contains("opus"): maximumOutputTokens = 32_000
    case (4, ..<6): maximumOutputTokens = 64_000
    default: maximumOutputTokens = model.hasPrefix("claude") ? 128_000 : 8192
    }
    let takesSampling = isOld || (version.major == 4 && version.minor == 6)
    refusedParameters = takesSampling || !model.hasPrefix("claude") ? [] : ["temperature", "top_p"]
  }

  /// "claude-opus-4-5-20251101" is 4.5, "claude-sonnet-4-20250514" is 4.0, "claude-3-5-haiku-latest" is 3.5,
  /// "claude-opus-5" is 5.0. A name without a number is of a new model.
  private static func version(_ model: String) -> (major: Int, minor: Int) {
    let parts = model.split { $0 == "-" || $0 == "." || $0 == "@" }
    guard let place = parts.firstIndex(where: { $0.count <= 2 && Int($0) != nil }), let major = Int(parts[place])
    else { return (99, 0) }
    let next = parts.dropFirst(place + 1).first
    return (major, next.flatMap { $0.count <= 2 ? Int($0) : nil } ?? 0)
  }

  /// The member `thinking`; nil leaves the model to its default.
  func thinking(_ request: ModelRequest, maximumOutputTokens: Int) -> JSONValue? {
    let settings = request.settings
    if let tokens = settings.thinkingTokens, tokens > 0, settings.think != .off { return budget(tokens) }
    switch settings.think {
    case .off?: return ["type": "disabled"]
    case nil where settings.thinkingTokens == 0: return ["type": "disabled"]
    case nil: return nil
    case .on?, .level?:
      // "display" as otherwise newer models keep to themselves what they thought.
      if !thinksByBudget { return ["type": "adaptive", "display": "summarized"] }
      // "Must be ≥1024 and less than max_tokens."
      return budget(max(1024, maximumOutputTokens / 2))
    }
  }

  private func budget(_ tokens: Int) -> JSONValue {
    ["type": "enabled", "budget_tokens": .integer(Int64(tokens))]
  }
}
