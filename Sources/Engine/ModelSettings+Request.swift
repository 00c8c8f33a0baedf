import Contract
import JSON
import Models

extension ModelSettings {
  /// Why these settings cannot be meant; nil where they can.
  var problem: String? {
    for (name, text) in [("api", api), ("reasoningEffort", reasoningEffort), ("think", think)] {
      if let text, !Self.isWord(text) { return "\(name) is a short word, not “\(text.prefix(40))”" }
    }
    if let thinkingTokens, !(0...10_000_000).contains(thinkingTokens) { return "thinkingTokens is 0…10000000" }
    if let numCtx, !(1...100_000_000).contains(numCtx) { return "numCtx is 1…100000000" }
    if let topP, !(0...1).contains(topP) { return "topP is 0…1" }
    if let keepAlive, RateLimitStatus.seconds(String(keepAlive.drop { $0 == "-" })) == nil {
      return "keepAlive is a time such as 5m, 300 (seconds) or -1 (for ever), not “\(keepAlive.prefix(40))”"
    }
    return nil
  }

  private static func isWord(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  func apply(to request: inout ModelRequest) {
    request.topP = topP
    request.reasoningEffort = reasoningEffort
    request.settings = ProviderSettings(
      think: think.map(ThinkMode.init(rawValue:)), thinkingTokens: thinkingTokens, contextTokens: numCtx,
      keepAlive: keepAlive)
    if let parameters { request.additionalParameters = parameters }
  }

  /// The settings here that none of the models knows. They were given for nothing, and that is better said before a
  /// token is paid for.
  func unknown(to models: [any ModelClient]) -> [String] {
    var request = ModelRequest(messages: [])
    apply(to: &request)
    let omitted = models.map { Set($0.omittedParameters(of: request)) }
    return ["think", "thinkingTokens", "numCtx", "keepAlive"].filter { name in omitted.allSatisfy { $0.contains(name) }
    }
  }
}
