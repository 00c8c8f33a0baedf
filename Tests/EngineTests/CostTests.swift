import Contract
import Engine
import JSON
import Models
import Prices
import Results
import Testing

@Suite(.timeLimit(.minutes(2))) struct CostTests {
  private static let price = ModelPrice(model: "fake/model", input: 100, output: 1000, source: "made up")

  @Test func `an answer costs what its tokens cost, and the run keeps the prices it used`() async throws {
    let bench = Bench([ScriptedClient.right()])
    var request = bench.request(2)
    request.prices = [Self.price]
    let run = try await bench.engine.run(request)
    // 10 tokens in, 2 out: 0.003 dollars a sample.
    #expect(run.models.first?.costUSD == 0.006)
    #expect(run.prices == [Self.price])
    let page = try await bench.engine.results().samples(ResultsSamples.Params(runId: run.runId))
    #expect(page.samples.map(\.costUSD) == [0.003, 0.003])
    #expect(try await bench.engine.results().run(run.runId).prices == [Self.price])
  }

  @Test func `what is not known is null, and not 0`() async throws {
    let bench = Bench([ScriptedClient.right()])
    let run = try await bench.engine.run(bench.request(2))
    #expect(run.models.first?.costUSD == nil)
    #expect(run.prices == [])
  }

  @Test func `prices that cannot be are refused`() async throws {
    let bench = Bench([ScriptedClient.right()])
    var request = bench.request(2)
    request.prices = [ModelPrice(model: "fake/model", input: -1, output: 1)]
    let error = await #expect(throws: ServiceError.self) { try await bench.engine.run(request) }
    #expect(error?.kind == .invalidParams)
  }

  @Test func `a resumed run goes on at the prices that it began with`() async throws {
    let client = ScriptedClient { call, earlier throws(ModelError) in
      if call.sampleID == "echo/2", earlier == 0 { throw ModelError(.badRequest, "400") }
      return call.sampleID
    }
    let bench = Bench([client], prices: PriceBook([Self.price]))
    let run = try await bench.engine.run(bench.request(2))
    #expect(run.models.first?.costUSD == 0.003)
    let dearer = Bench(
      [client], path: bench.path, prices: PriceBook([ModelPrice(model: "fake/model", input: 1e4, output: 1e4)]))
    let resumed = try await dearer.engine.resume(BenchmarkResume.Params(runId: run.runId))
    #expect(resumed.models.first?.costUSD == 0.006)
  }
}
