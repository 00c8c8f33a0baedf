import Contract
import Engine
import JSON
import Models
import Prices
import Results
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct PlanTests {
  private static let price = ModelPrice(model: "fake/model", input: 100, output: 1000)

  @Test func `a plan without a past knows the prompts and the worst case, and no more`() async throws {
    let client = ScriptedClient.right()
    let bench = Bench([client], prices: PriceBook([Self.price]))
    var request = bench.request(10)
    request.epochs = 2
    request.maximumOutputTokens = 50
    let plan = try await bench.engine.plan(request)
    let model = try #require(plan.models.first)
    #expect(model.samples == 20 && model.maximumCompletionTokens == 1000)
    // Prompts "say echo/N" of 10 bytes, one of 11: each with 272 tokens around it, at 0.1 and 1 thousandth of a dollar.
    let prompts = 9 * (10 + 272) + (11 + 272)
    #expect(model.maximumCostUSD == Double(2 * prompts) * 1e-4 + 1)
    #expect(plan.maximumCostUSD == model.maximumCostUSD)
    #expect(model.estimatedCostUSD == nil && model.estimatedSeconds == nil && model.basedOnAnswers == 0)
    #expect(plan.estimatedCostUSD == nil && plan.estimatedSeconds == nil)
    #expect(client.totalCalls == 0)
  }

  @Test func `what a plan foresees is what the run then takes`() async throws {
    let bench = Bench([ScriptedClient.right()], prices: PriceBook([Self.price]))
    _ = try await bench.engine.run(bench.request(5))
    var request = bench.request(40)
    request.maximumOutputTokens = 50
    request.concurrency = 4
    let plan = try #require(try await bench.engine.plan(request).models.first)
    #expect(plan.basedOnAnswers == 5)
    #expect(plan.estimatedCompletionTokens == 80)
    let (estimate, most) = try (#require(plan.estimatedCostUSD), #require(plan.maximumCostUSD))
    // Two tokens out for each, and what the prompts are estimated at.
    #expect(estimate > 0.08 && estimate < most)
    // Calls of 10 ms, four at once.
    #expect(abs((plan.estimatedSeconds ?? 0) - 0.1) < 1e-9)
    request.requestsPerMinute = 60
    #expect(try await bench.engine.plan(request).estimatedSeconds == 39)
    let run = try await bench.engine.run(bench.request(40))
    #expect(try #require(run.models.first?.costUSD) < most)
  }

  @Test func `without a limit or a price the worst case is not known; what is free costs nothing`() async throws {
    let local = ScriptedClient("local/model", isLocal: true) { call, _ in call.sampleID }
    let bench = Bench([ScriptedClient.right(), local])
    var request = bench.request(3, models: ["fake/model", "local/model"])
    let open = try await bench.engine.plan(request)
    #expect(open.models.map(\.maximumCostUSD) == [nil, 0])
    #expect(open.models.map(\.estimatedCostUSD) == [nil, 0])
    #expect(open.maximumCostUSD == nil)
    request.maximumOutputTokens = 10
    #expect(try await bench.engine.plan(request).maximumCostUSD == nil)
    request.prices = [Self.price]
    #expect(try await bench.engine.plan(request).maximumCostUSD != nil)
  }

  @Test func `a plan makes no store`() async throws {
    let bench = Bench([ScriptedClient.right()], storeExists: false)
    _ = try await bench.engine.plan(bench.request(3))
    #expect(!ResultStore.exists(path: bench.path))
  }

  @Test func `a parameter that may change what a call takes is refused under a budget`() async throws {
    let bench = Bench([ScriptedClient.right()], prices: PriceBook([Self.price]))
    var request = bench.request(1)
    request.maximumOutputTokens = 10
    request.budget = Budget(usd: 1)
    request.modelOptions = ModelSettings()
    request.modelOptions?.parameters = ["n": 5]
    let error = await #expect(throws: ServiceError.self) { try await bench.engine.plan(request) }
    #expect(error?.kind == .invalidParams && error?.message.contains("\"n\"") == true)
  }
}
