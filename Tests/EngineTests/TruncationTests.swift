import Benchmark
import Contract
import Engine
import JSON
import Models
import Results
import Testing

/// Answers that a model was not let to finish, and questions that it was not given whole.
@Suite(.timeLimit(.minutes(2))) struct TruncationTests {
  private struct AnsweringClient: ModelClient {
    let reference = ModelReference(provider: "fake", name: "model")
    var isLocal = false
    let defaultConcurrency = 1
    let answer: @Sendable (CallIdentity) throws(ModelError) -> ModelResponse

    func complete(
      _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
    ) async throws(ModelError) -> ModelResponse { try answer(call) }
  }

  private static func response(
    _ text: String, reasoning: String? = nil, stop: StopReason = .stop, promptTokens: Int = 10, context: Int? = nil,
    reasoningTokens: Int? = nil, isEstimate: Bool = false
  ) -> ModelResponse {
    var response = ModelResponse(
      text: text, reasoning: reasoning, stopReason: stop,
      usage: TokenUsage(
        promptTokens: promptTokens, completionTokens: 5, reasoningTokens: reasoningTokens, isEstimate: isEstimate),
      timings: ResponseTimings(latencySeconds: 0.01))
    response.contextTokens = context
    return response
  }

  /// Runs one sample and then has its stored answer judged again: both verdicts must be the same.
  private func record(
    isLocal: Bool = false, _ answer: @escaping @Sendable () throws(ModelError) -> ModelResponse
  ) async throws -> SampleRecord {
    let bench = Bench([AnsweringClient(isLocal: isLocal) { _ throws(ModelError) in try answer() }])
    let runId = try await bench.engine.run(bench.request(1)).runId
    let rescored = try await bench.engine.rescore(.init(runId: runId))
    #expect(rescored.flipped == 0, "\(rescored.flips)")
    let page = try await bench.engine.results().samples(ResultsSamples.Params(runId: runId))
    return try #require(page.samples.first)
  }

  @Test func `an answer at the token limit is truncated, unless it is right`() async throws {
    let cut = try await record { Self.response("ech", stop: .length) }
    #expect(cut.outcome == .truncated && cut.reason == "outputLimit" && cut.score == 0)
    #expect(try await record { Self.response("echo/1", stop: .length) }.outcome == .passed)
  }

  private static let empty: [ModelResponse] = [
    response(" \n", reasoning: "Let me see"), response("", reasoningTokens: 800),
    response("<think>What is it? echo/1"), response("\n<think>echo/1</think>\n "),
  ]

  @Test(arguments: 0..<4) func `reasoning without an answer is truncated, not wrong`(_ index: Int) async throws {
    let record = try await record { Self.empty[index] }
    #expect(record.outcome == .truncated && record.reason == "emptyAfterReasoning")
    #expect(record.detail?.contains("--max-tokens") == true)
  }

  @Test func `nothing at all is a wrong answer, and so is one after reasoning`() async throws {
    let nothing = try await record { Self.response("") }
    #expect(nothing.outcome == .failed && nothing.reason == "emptyAnswer")
    #expect(try await record { Self.response("no", reasoning: "Hm.") }.outcome == .failed)
    #expect(try await record { Self.response("<think>Hm.</think> no") }.outcome == .failed)
    #expect(try await record { Self.response("", reasoning: " ", reasoningTokens: 0) }.outcome == .failed)
  }

  @Test func `a prompt that a local server cut is not held against the model`() async throws {
    let cut = try await record(isLocal: true) { Self.response("no", promptTokens: 64, context: 64) }
    #expect(cut.outcome == .truncated && cut.reason == "promptCut")
    #expect(cut.detail?.contains("64 tokens") == true)
    let right = try await record(isLocal: true) { Self.response("echo/1", promptTokens: 64, context: 64) }
    #expect(right.outcome == .passed)
    let fits = try await record(isLocal: true) { Self.response("no", promptTokens: 63, context: 64) }
    #expect(fits.outcome == .failed)
    let hosted = try await record { Self.response("no", promptTokens: 64, context: 64) }
    #expect(hosted.outcome == .failed)
    // "say echo/1" has 10 bytes: not even at 8 bytes a token does it fit into nothing.
    let counted = try await record(isLocal: true) { Self.response("no", context: 0, isEstimate: true) }
    #expect(counted.reason == "promptCut")
    let unsure = try await record(isLocal: true) { Self.response("no", context: 1, isEstimate: true) }
    #expect(unsure.outcome == .failed)
  }

  @Test func `a prompt that a local server refused is truncated, a hosted model's limit is its own`() async throws {
    let local = try await record(isLocal: true) { () throws(ModelError) in throw ModelError(.contextTooLong, "4096") }
    #expect(local.outcome == .truncated && local.reason == "contextTooLong" && local.score == 0)
    let hosted = try await record { () throws(ModelError) in throw ModelError(.contextTooLong, "too long") }
    #expect(hosted.outcome == .failed && hosted.reason == "contextTooLong")
  }

  @Test func `the summary names them and gives the score's bounds, by group too`() async throws {
    let bench = Bench([
      AnsweringClient(isLocal: true) { call throws(ModelError) in
        switch call.sampleID {
        case "echo/1": return Self.response("ech", stop: .length)
        case "echo/2": return Self.response("", reasoning: "Hm.")
        case "echo/3": throw ModelError(.contextTooLong, "too long")
        case "echo/4": return Self.response("wrong")
        case "echo/5": return Self.response("ec", stop: .length)
        default: return Self.response(call.sampleID)
        }
      }
    ])
    let model = try #require(try await bench.engine.run(bench.request(8)).models.first)
    #expect((model.truncated, model.failed, model.passed, model.n) == (4, 1, 3, 8))
    #expect(model.truncations.map(\.reason) == ["outputLimit", "contextTooLong", "emptyAfterReasoning"])
    #expect(model.truncations.map(\.count) == [2, 1, 1])
    #expect(model.reasons.map(\.reason) == ["different"])
    #expect((model.score, model.scoreIfUnknownWrong, model.scoreIfUnknownRight) == (0.375, 0.375, 0.875))
    let low = try #require(model.low)
    let high = try #require(model.high)
    #expect(low < 0.375 && high > 0.875)
    let odd = try #require(model.groups.first { $0.value == "odd" })
    #expect((odd.truncated, odd.scoreIfUnknownWrong, odd.scoreIfUnknownRight) == (3, 0.25, 1))
  }
}
