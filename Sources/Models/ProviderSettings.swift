import JSON

/// What only some providers know, in one word for all of them. What is nil is left to the provider.
package struct ProviderSettings: Sendable, Equatable {
  /// Whether, or how much, a model thinks before it answers.
  package var think: ThinkMode?
  /// The most tokens that it may think with, 0 or more. Anthropic (`budget_tokens`) and Google (`thinkingBudget`).
  package var thinkingTokens: Int?
  /// The context that a local model is loaded with, in tokens. Ollama (`num_ctx`).
  package var contextTokens: Int?
  /// How long a local model stays loaded, as "5m", "-1" (for ever) or seconds. Ollama (`keep_alive`).
  package var keepAlive: String?

  package init(
    think: ThinkMode? = nil, thinkingTokens: Int? = nil, contextTokens: Int? = nil, keepAlive: String? = nil
  ) {
    self.think = think
    self.thinkingTokens = thinkingTokens
    self.contextTokens = contextTokens
    self.keepAlive = keepAlive
  }

  /// Each setting by the name that users know.
  enum Name: String, CaseIterable {
    case think
    case thinkingTokens
    case contextTokens = "numCtx"
    case keepAlive
  }

  /// The names of what is set here, but for some: what a dialect has no word for.
  func given(except known: Name...) -> [String] {
    let given: [(Name, Bool)] = [
      (.think, think != nil), (.thinkingTokens, thinkingTokens != nil), (.contextTokens, contextTokens != nil),
      (.keepAlive, keepAlive != nil),
    ]
    return given.filter { $0.1 && !known.contains($0.0) }.map(\.0.rawValue)
  }

  var canonicalObject: JSONObject {
    var object = JSONObject()
    object["think"] = think.map { .string($0.rawValue) }
    object["thinkingTokens"] = thinkingTokens.map { .integer(Int64($0)) }
    object["numCtx"] = contextTokens.map { .integer(Int64($0)) }
    object["keepAlive"] = keepAlive.map { .string($0) }
    return object
  }

  init(canonical value: JSONValue) {
    self.init(
      think: value["think"]?.stringValue.map(ThinkMode.init(rawValue:)),
      thinkingTokens: value["thinkingTokens"]?.intValue, contextTokens: value["numCtx"]?.intValue,
      keepAlive: value["keepAlive"]?.stringValue)
  }
}

/// Whether a model thinks before it answers.
package enum ThinkMode: Sendable, Hashable {
  case on
  case off
  /// As much as the provider understands by this word: "low", "high", "max"…
  case level(String)

  /// nil for a level, which is no yes or no.
  var isOn: Bool? {
    switch self {
    case .on: true
    case .off: false
    case .level: nil
    }
  }
}

extension ThinkMode: RawRepresentable {
  package var rawValue: String {
    switch self {
    case .on: "on"
    case .off: "off"
    case .level(let level): level
    }
  }

  /// Also takes "true" and "false".
  package init(rawValue: String) {
    switch rawValue {
    case "on", "true": self = .on
    case "off", "false": self = .off
    default: self = .level(rawValue)
    }
  }
}
