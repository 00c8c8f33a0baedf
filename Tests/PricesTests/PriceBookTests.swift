import Contract
import Models
import Prices
import Testing

@Suite struct PriceBookTests {
  private let book = PriceBook([
    ModelPrice(model: "openai/gpt-5", input: 1, output: 2),
    ModelPrice(model: "openai/gpt-5-mini", input: 3, output: 4),
    ModelPrice(model: "anthropic/claude-opus-4-1", input: 5, output: 6),
    ModelPrice(model: "google/gemini-2.0-flash", input: 7, output: 8),
    ModelPrice(model: "local/*", input: 0, output: 0),
    ModelPrice(model: "gateway/*", input: 9, output: 9),
    ModelPrice(model: "gateway/large-*", input: 10, output: 10),
  ])

  @Test(arguments: [
    ("openai/gpt-5", 1.0), ("openai/gpt-5-2025-08-07", 1), ("openai/gpt-5-mini", 3),
    ("openai/gpt-5-mini-2025-08-07", 3), ("anthropic/claude-opus-4-1-20250805", 5),
    ("anthropic/claude-opus-4-1@20250805", 5), ("anthropic/claude-opus-4-1-latest", 5),
    ("google/gemini-2.0-flash-001", 7), ("local/qwen2.5:7b", 0), ("gateway/small", 9), ("gateway/large-2", 10),
  ]) func `a model is found by its name, without the date of its version, or by how it begins`(
    name: String, input: Double
  ) throws {
    let price = try #require(book.price(of: name))
    #expect(price.inputUSDPerMillion == input)
    #expect(price.model == name)
  }

  @Test(arguments: [
    "openai/gpt-5-nano", "openai/gpt-5-2025", "openai/gpt-5-pro-2025-08-07", "anthropic/gpt-5", "gpt-5",
    "openai/gpt-5-2025-08-0x", "",
  ]) func `another model has no price`(name: String) {
    #expect(book.price(of: name) == nil)
  }

  @Test func `what the user gives comes first, also for a dated version`() throws {
    let own = book.overridden(by: [
      ModelPrice(model: "openai/gpt-5", input: 20, output: 20), ModelPrice(model: "new/*", input: 30, output: 30),
      ModelPrice(model: "openai/gpt-5", input: 21, output: 21),
    ])
    #expect(own.price(of: "openai/gpt-5-2025-08-07")?.inputUSDPerMillion == 21)
    #expect(own.price(of: "new/x")?.inputUSDPerMillion == 30)
    #expect(own.price(of: "openai/gpt-5-mini")?.inputUSDPerMillion == 3)
  }

  @Test func `every price that comes with the program has its source and its day`() throws {
    let prices = PriceBook.builtIn.prices
    #expect(prices.count >= 50)
    #expect(Set(prices.map(\.model)).count == prices.count)
    for price in prices {
      #expect(price.problem == nil)
      #expect(price.source?.isEmpty == false)
      let day = try #require(price.asOf)
      #expect(day.count == 10 && day.hasPrefix("202") && day.split(separator: "-").count == 3)
    }
  }

  @Test func `models of one's own machine cost nothing, and no price is made up`() {
    for name in ["local/smollm2", "ollama/qwen2.5-coder:7b", "replay/recordings/run.jsonl"] {
      #expect(PriceBook.builtIn.price(of: name).map(TokenRates.init)?.isFree == true)
    }
    #expect(PriceBook.builtIn.price(of: "openai-compatible/anything") == nil)
    #expect(PriceBook.builtIn.price(of: "openai/gpt-99") == nil)
    // The first version of gpt-4o is dearer than the ones after it.
    #expect(PriceBook.builtIn.price(of: "openai/gpt-4o-2024-05-13")?.outputUSDPerMillion == 15)
    #expect(PriceBook.builtIn.price(of: "openai/gpt-4o-2024-11-20")?.outputUSDPerMillion == 10)
  }
}
