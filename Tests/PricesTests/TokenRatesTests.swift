import Contract
import Models
import Prices
import Testing

@Suite struct TokenRatesTests {
  private let rates = TokenRates(
    ModelPrice(
      model: "a/b", input: 1.25, cachedInput: 0.125, cacheWrite: 1.5625, output: 10,
      longPrompt: LongPromptPrice(aboveTokens: 200_000, input: 2.5, cachedInput: 0.25, output: 15)))

  @Test func `each kind of token has its own price`() {
    let usage = TokenUsage(
      promptTokens: 1000, completionTokens: 100, cachedPromptTokens: 600, cacheWriteTokens: 200, reasoningTokens: 90)
    // 200 × 1.25 + 600 × 0.125 + 200 × 1.5625 + 100 × 10, in millionths of a dollar.
    #expect(rates.cost(of: usage).picodollars == 1_637_500_000)
    #expect(rates.cost(of: TokenUsage(promptTokens: 1000, completionTokens: 100)).usd == 0.002_25)
  }

  @Test func `a long prompt makes the whole request dearer, from the token after the threshold`() {
    #expect(rates.cost(of: TokenUsage(promptTokens: 200_000, completionTokens: 0)).usd == 0.25)
    #expect(rates.cost(of: TokenUsage(promptTokens: 200_001, completionTokens: 1)).picodollars == 500_017_500_000)
  }

  @Test func `no usage within the bounds costs more than the highest cost`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let limits = (prompt: Int.random(in: 0...400_000, using: &generator), completion: Int.random(in: 0...9000))
      let prompt = Int.random(in: 0...limits.prompt)
      let cached = Int.random(in: 0...prompt)
      let usage = TokenUsage(
        promptTokens: prompt, completionTokens: Int.random(in: 0...limits.completion), cachedPromptTokens: cached,
        cacheWriteTokens: Int.random(in: 0...(prompt - cached)))
      let most = rates.highestCost(promptTokens: limits.prompt, completionTokens: limits.completion)
      #expect(rates.cost(of: usage) <= most, "\(usage) within \(limits)")
    }
  }

  @Test func `a usage that cannot be does no harm`() {
    let usage = TokenUsage(
      promptTokens: 10, completionTokens: -5, cachedPromptTokens: 99, cacheWriteTokens: 99)
    #expect(rates.cost(of: usage).picodollars == 1_250_000)
    let huge = TokenUsage(promptTokens: .max, completionTokens: .max)
    #expect(rates.cost(of: huge).usd > 1e14)
  }

  @Test func `money is exact where dollars in binary are not`() {
    let cent = Money(usd: 0.01, rounded: .up)
    #expect((cent * 3).usd == 0.03)
    let tenth = Money(usd: 0.1, rounded: .up)
    #expect((0..<10).reduce(Money.zero) { sum, _ in sum + tenth } == Money(usd: 1, rounded: .down))
    #expect(Money(usd: .nan, rounded: .down) == .zero)
  }
}
