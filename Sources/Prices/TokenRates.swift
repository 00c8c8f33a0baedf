package import Contract
package import Models

/// What one token of each kind costs: a ``Contract/ModelPrice`` made ready for sums.
package struct TokenRates: Sendable, Equatable {
  private struct Tier: Sendable, Equatable {
    let input: Money
    let cachedInput: Money
    let cacheWrite: Money
    let output: Money

    init(_ input: Double, _ cachedInput: Double?, _ cacheWrite: Double?, _ output: Double) {
      // A million tokens at so many dollars: a token at so many millionths, never rounded to less.
      func token(_ price: Double) -> Money { Money(picodollars: Int128((price * 1e6 - 1e-3).rounded(.up))) }
      self.input = token(input)
      self.cachedInput = token(cachedInput ?? input)
      self.cacheWrite = token(cacheWrite ?? input)
      self.output = token(output)
    }

    func cost(_ usage: TokenUsage) -> Money {
      let prompt = max(0, usage.promptTokens)
      let cached = min(prompt, max(0, usage.cachedPromptTokens ?? 0))
      let written = min(prompt - cached, max(0, usage.cacheWriteTokens ?? 0))
      return cachedInput * cached + cacheWrite * written + input * (prompt - cached - written)
        + output * max(0, usage.completionTokens)
    }

    func highestCost(promptTokens: Int, completionTokens: Int) -> Money {
      max(input, cachedInput, cacheWrite) * promptTokens + output * completionTokens
    }
  }

  private let usual: Tier
  private let long: (aboveTokens: Int, tier: Tier)?

  /// - Parameter price: without a ``Contract/ModelPrice/problem``.
  package init(_ price: ModelPrice) {
    usual = Tier(
      price.inputUSDPerMillion, price.cachedInputUSDPerMillion, price.cacheWriteUSDPerMillion,
      price.outputUSDPerMillion)
    long = price.longPrompt.map { long in
      (
        long.aboveTokens,
        Tier(
          long.inputUSDPerMillion, long.cachedInputUSDPerMillion, long.cacheWriteUSDPerMillion,
          long.outputUSDPerMillion)
      )
    }
  }

  /// What a call cost that used these tokens.
  package func cost(of usage: TokenUsage) -> Money {
    guard let long, usage.promptTokens > long.aboveTokens else { return usual.cost(usage) }
    return long.tier.cost(usage)
  }

  /// The most that a call may cost with at most so many tokens, however much of it a cache takes part in.
  package func highestCost(promptTokens: Int, completionTokens: Int) -> Money {
    let prompt = max(0, promptTokens)
    let completion = max(0, completionTokens)
    let cost = usual.highestCost(promptTokens: prompt, completionTokens: completion)
    guard let long, prompt > long.aboveTokens else { return cost }
    return max(cost, long.tier.highestCost(promptTokens: prompt, completionTokens: completion))
  }

  /// Whether nothing is ever paid.
  package var isFree: Bool { highestCost(promptTokens: .max >> 20, completionTokens: 1) == .zero }

  package static func == (left: TokenRates, right: TokenRates) -> Bool {
    left.usual == right.usual && left.long?.aboveTokens == right.long?.aboveTokens
      && left.long?.tier == right.long?.tier
  }
}
