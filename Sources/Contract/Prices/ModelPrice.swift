/// What the tokens of one model cost, in US dollars per million.
package struct ModelPrice: Codable, Sendable, Equatable {
  /// `PROVIDER/MODEL`. A dated version of the model is meant too; with a `*` at its end, every model that begins so.
  package var model: String
  package var inputUSDPerMillion: Double
  /// Of prompt tokens that the provider took from its cache; as all others when nil.
  package var cachedInputUSDPerMillion: Double?
  /// Of prompt tokens that the provider wrote to its cache; as all others when nil.
  package var cacheWriteUSDPerMillion: Double?
  /// Of everything generated, reasoning included.
  package var outputUSDPerMillion: Double
  /// Instead of the prices above, for requests with a long prompt; nil where its length makes no difference.
  package var longPrompt: LongPromptPrice?
  /// Where the price was read: an address or a sentence.
  package var source: String?
  /// The day on which it was read there, as `2026-01-31`.
  package var asOf: String?

  package init(
    model: String, input: Double, cachedInput: Double? = nil, cacheWrite: Double? = nil, output: Double,
    longPrompt: LongPromptPrice? = nil, source: String? = nil, asOf: String? = nil
  ) {
    self.model = model
    inputUSDPerMillion = input
    cachedInputUSDPerMillion = cachedInput
    cacheWriteUSDPerMillion = cacheWrite
    outputUSDPerMillion = output
    self.longPrompt = longPrompt
    self.source = source
    self.asOf = asOf
  }
}

/// What all tokens of a request cost whose prompt is longer than a provider's threshold.
package struct LongPromptPrice: Codable, Sendable, Equatable {
  /// The longest prompt, in tokens, that has the usual price.
  package var aboveTokens: Int
  package var inputUSDPerMillion: Double
  package var cachedInputUSDPerMillion: Double?
  package var cacheWriteUSDPerMillion: Double?
  package var outputUSDPerMillion: Double

  package init(
    aboveTokens: Int, input: Double, cachedInput: Double? = nil, cacheWrite: Double? = nil, output: Double
  ) {
    self.aboveTokens = aboveTokens
    inputUSDPerMillion = input
    cachedInputUSDPerMillion = cachedInput
    cacheWriteUSDPerMillion = cacheWrite
    outputUSDPerMillion = output
  }
}

extension ModelPrice {
  /// What cannot be right with it, in words; nil when nothing is.
  package var problem: String? {
    let name = model.hasSuffix("*") ? String(model.dropLast()) : model
    if name.contains("*") || !name.contains("/") || name.hasPrefix("/") || (name == model && name.hasSuffix("/")) {
      return "\"\(model)\" is not PROVIDER/MODEL or PROVIDER/*"
    }
    var prices: [(String, Double?)] = [
      ("inputUSDPerMillion", inputUSDPerMillion), ("cachedInputUSDPerMillion", cachedInputUSDPerMillion),
      ("cacheWriteUSDPerMillion", cacheWriteUSDPerMillion), ("outputUSDPerMillion", outputUSDPerMillion),
    ]
    if let longPrompt {
      if longPrompt.aboveTokens < 1 { return "longPrompt.aboveTokens of \(model) is 1 or more" }
      prices += [
        ("longPrompt.inputUSDPerMillion", longPrompt.inputUSDPerMillion),
        ("longPrompt.cachedInputUSDPerMillion", longPrompt.cachedInputUSDPerMillion),
        ("longPrompt.cacheWriteUSDPerMillion", longPrompt.cacheWriteUSDPerMillion),
        ("longPrompt.outputUSDPerMillion", longPrompt.outputUSDPerMillion),
      ]
    }
    for case (let name, let price?) in prices where !(0...1_000_000).contains(price) {
      return "\(name) of \(model) is 0…1000000 US dollars per million tokens"
    }
    return nil
  }
}
