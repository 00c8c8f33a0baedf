package import Models
package import Prices

/// The most that a call can take.
package enum WorstCase {
  /// - Parameter rates: nil for a model whose price is unknown; it costs nothing then.
  package static func charge(_ request: ModelRequest, _ bound: PromptBound, _ rates: TokenRates?) -> Charge {
    let prompt = bound.tokens(request)
    // Without a limit there are only calls that the budget does not hold: of free models, and of unknown price.
    let completion = request.maximumOutputTokens ?? 0
    let money = rates?.highestCost(promptTokens: prompt, completionTokens: completion) ?? .zero
    return Charge(money: money, tokens: prompt + completion)
  }
}
