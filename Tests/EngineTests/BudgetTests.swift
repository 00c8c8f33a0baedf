import Contract
import Engine
import JSON
import Models
import Prices
import Results
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct BudgetTests {
  /// One dollar for a thousand tokens in, ten for a thousand out.
  private static let price = ModelPrice(model: "fake/model", input: 1000, output: 10_000)

  /// Bills a random part of what it was allowed, for failures too, and knows what its bill would be at worst.
  private final class BillingClient: ModelClient {
    let reference = ModelReference(provider: "fake", name: "model")
    let isLocal = false
    let defaultConcurrency: Int
    private struct State {
      var billed = Money.zero
      var underWay = 0
      var mostUnderWay = 0
      var calls: [CallIdentity: Int] = [:]
    }
    private let state = Mutex(State())
    private let fails: Bool

    init(concurrency: Int, fails: Bool) {
      defaultConcurrency = concurrency
      self.fails = fails
    }

    var billed: Money { state.withLock { $0.billed } }
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }
    var calls: [CallIdentity: Int] { state.withLock { $0.calls } }

    func complete(
      _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
    ) async throws(ModelError) -> ModelResponse {
      state.withLock { state in
        state.underWay += 1
        state.mostUnderWay = max(state.mostUnderWay, state.underWay)
        state.calls[call, default: 0] += 1
      }
      for _ in 0..<Int.random(in: 0...20) { await Task.yield() }
      let usage = TokenUsage(
        promptTokens: Int.random(in: 1...(request.messages[0].content.utf8.count + 200)),
        completionTokens: Int.random(in: 0...(request.maximumOutputTokens ?? 0)))
      state.withLock { state in
        state.underWay -= 1
        state.billed = state.billed + TokenRates(BudgetTests.price).cost(of: usage)
      }
      if fails, Int.random(in: 0..<4) == 0 {
        // No retries, which would make the test wait, and no reason to give the model up.
        throw ModelError(.contentFiltered, "broken off")
      }
      return ModelResponse(
        text: call.sampleID, stopReason: .stop, usage: usage, timings: ResponseTimings(latencySeconds: 0.01))
    }
  }

  private func request(_ bench: Bench, _ count: Int, usd: Double? = nil, tokens: Int? = nil) -> RunRequest {
    var request = bench.request(count)
    request.prices = [Self.price]
    request.maximumOutputTokens = 100
    request.budget = Budget(usd: usd, tokens: tokens)
    return request
  }

  @Test(arguments: [false, true], [0.5, 20, 60])
  func `a hundred calls at once never cost a cent too much, and a resumed run neither`(
    fails: Bool, usd: Double
  ) async throws {
    let client = BillingClient(concurrency: 100, fails: fails)
    let bench = Bench([client])
    let run = try await bench.engine.run(request(bench, 400, usd: usd))
    #expect(client.billed.usd <= usd)
    #expect(run.status == .budgetExhausted)
    #expect(run.completedSamples < 400)
    #expect(client.mostUnderWay > (usd < 1 ? -1 : 5))
    let spent = try #require(run.spent)
    #expect(client.billed.usd <= (spent.usd ?? 0) + 1e-9 && (spent.usd ?? 0) <= usd)
    let left = try #require(run.message)
    #expect(left.contains("budget of $"))

    // Nothing is left: nothing more is asked.
    let callsBefore = client.calls
    let again = try await bench.engine.resume(BenchmarkResume.Params(runId: run.runId, retryErrors: false))
    #expect(again.status == .budgetExhausted)
    #expect(client.calls.values.reduce(0, +) - callsBefore.values.reduce(0, +) <= Int(usd))
    #expect(client.billed.usd <= usd)

    var more = BenchmarkResume.Params(runId: run.runId, retryErrors: false)
    more.budget = Budget(usd: 10_000)
    let whole = try await bench.engine.resume(more)
    #expect(whole.status == .completed)
    #expect(whole.completedSamples == 400)
    #expect(whole.request.budget?.usd == 10_000)
    #expect(client.billed.usd <= (whole.spent?.usd ?? 0) + 1e-9)
    #expect(client.calls.count == 400 && client.calls.values.allSatisfy { $0 == 1 })
  }

  @Test func `tokens are held in the same way`() async throws {
    let client = ScriptedClient.right()
    let bench = Bench([client])
    // Each call takes 12 tokens; its worst case is some 380.
    let run = try await bench.engine.run(request(bench, 200, tokens: 1000))
    #expect(run.status == .budgetExhausted)
    #expect(run.message?.contains("of the budget of 1000 ") == true)
    let spent = try #require(run.spent)
    #expect(spent.tokens == client.totalCalls * 12)
    #expect((500...1000).contains(spent.tokens))
    #expect(run.models.first?.low != nil && run.models.first?.n == run.completedSamples)
  }

  @Test func `what a call may cost is stored before it is sent`() async throws {
    let seen = Mutex<[Spending?]>([])
    let engine = Mutex<Engine?>(nil)
    let client = ScriptedClient("fake/model", concurrency: 1) { call, _ throws(ModelError) in
      let store = engine.withLock { try? $0?.results() }
      let spent = try? await store?.run("latest").spent
      seen.withLock { $0.append(spent) }
      return call.sampleID
    }
    let bench = Bench([client])
    engine.withLock { $0 = bench.engine }
    let run = try await bench.engine.run(request(bench, 2, usd: 100))
    // A call costs 0.03 dollars, and 100 tokens out alone may cost one.
    let stored = seen.withLock { $0 }.map { $0?.usd ?? 0 }
    #expect(stored.count == 2 && stored[0] > 1 && stored[1] > stored[0])
    #expect(run.spent == Spending(usd: 0.06, tokens: 24))
    #expect(run.status == .completed)
  }

  @Test func `a failure that nobody bills costs nothing, one that may be billed its worst case`() async throws {
    func spent(_ error: ModelError) async throws -> Double {
      let client = ScriptedClient { _, _ throws(ModelError) in throw error }
      let bench = Bench([client])
      return try await bench.engine.run(request(bench, 1, usd: 100)).spent?.usd ?? -1
    }
    #expect(try await spent(ModelError(.badRequest, "400")) == 0)
    #expect(try await spent(ModelError(.rateLimited, "429", isRetryable: false)) == 0)
    #expect(try await spent(ModelError(.network, "no route", isRetryable: false, mayBeBilled: false)) == 0)
    #expect(try await spent(ModelError(.network, "broken", isRetryable: false)) > 1)
    #expect(try await spent(ModelError(.timeout, "late", isRetryable: false)) > 1)
  }

  @Test func `a local model goes on when the money is spent`() async throws {
    let local = ScriptedClient("local/model", isLocal: true, concurrency: 1) { call, _ in call.sampleID }
    let bench = Bench([ScriptedClient.right(), local])
    var request = request(bench, 30, usd: 2)
    request.models = ["fake/model", "local/model"]
    let run = try await bench.engine.run(request)
    #expect(run.status == .budgetExhausted)
    #expect(run.models.map(\.passed).last == 30)
    #expect((run.models.first?.passed ?? 30) < 30)
  }

  @Test func `a budget that cannot be held is refused with what to do`() async throws {
    let client = ScriptedClient.right()
    let bench = Bench([client])
    func refusal(_ change: (inout RunRequest) -> Void) async -> ServiceError? {
      var request = request(bench, 3, usd: 1)
      change(&request)
      do {
        _ = try await bench.engine.run(request)
        return nil
      } catch { return error as? ServiceError }
    }
    let unlimited = await refusal { $0.maximumOutputTokens = nil }
    #expect(unlimited?.kind == .invalidParams && unlimited?.message.contains("--max-tokens") == true)
    let unknown = await refusal { $0.prices = nil }
    #expect(unknown?.kind == .priceUnknown && unknown?.details["model"] == "fake/model")
    #expect(unknown?.message.contains("--allow-unknown-price") == true)
    for budget in [Budget(usd: 0), Budget(usd: -1), Budget(usd: .nan), Budget(tokens: 0), Budget(usd: 1e9)] {
      #expect(await refusal { $0.budget = budget }?.kind == .invalidParams)
    }
    #expect(client.totalCalls == 0)
    let allowed = await refusal {
      $0.prices = nil
      $0.allowUnknownPrice = true
    }
    #expect(allowed == nil)
    #expect(client.totalCalls == 3)
  }

  @Test func `a budget of time counts what a run was at work before`() async throws {
    let time = VirtualTime()
    let client = ScriptedClient("fake/model", concurrency: 1) { call, earlier throws(ModelError) in
      if call.sampleID == "echo/2", earlier == 0 {
        time.advance(by: .seconds(11))
        while !Task.isCancelled { await Task.yield() }
        throw ModelError(.cancelled, "cancelled")
      }
      return call.sampleID
    }
    let bench = Bench([client], time: time.keeper)
    var request = bench.request(3)
    request.concurrency = 1
    request.budget = Budget(seconds: 10)
    let run = try await bench.engine.run(request)
    #expect(run.status == .budgetExhausted && run.completedSamples == 1)
    let again = try await bench.engine.resume(BenchmarkResume.Params(runId: run.runId))
    #expect(again.status == .budgetExhausted && again.completedSamples == 1)
    var more = BenchmarkResume.Params(runId: run.runId)
    more.budget = Budget(seconds: 1000)
    #expect(try await bench.engine.resume(more).status == .completed)
  }
}
