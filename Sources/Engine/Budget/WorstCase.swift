package import Models
package import Prices

/// The most that a call can take.
package enum WorstCase {
  /// The most tokens that a prompt can have with any model.
  ///
  /// The vocabularies of today's models are made of bytes, or fall back to them: no text has more tokens than bytes. To
  /// that comes what a chat format puts around each message, and a system prompt of its own that some have.
  package static func promptTokens(_ messages: [ChatMessage]) -> Int {
    messages.reduce(requestOverhead) { $0 + messageOverhead + $1.content.utf8.count }
  }

  private static let messageOverhead = 16
  private static let requestOverhead = 256

  /// - Parameter rates: nil for a model whose price is unknown; it costs nothing then.
  package static func charge(_ request: ModelRequest, _ rates: TokenRates?) -> Charge {
    let prompt = promptTokens(request.messages)
    // Without a limit there are only calls that the budget does not hold: of free models, and of unknown price.
    let completion = request.maximumOutputTokens ?? 0
    let money = rates?.highestCost(promptTokens: prompt, completionTokens: completion) ?? .zero
    return Charge(money: money, tokens: prompt + completion)
  }
}
