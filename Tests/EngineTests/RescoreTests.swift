import Benchmark
import Contract
import Engine
import JSON
import Models
import Results
import Synchronization
import Testing

/// A suite whose grader, prompts and samples a test may change between a run and its rescoring.
private final class ChangingSuite: Suite, SuitePlan {
  struct Behaviour: Sendable {
    var version = "1"
    var ids = (1...4).map { "item/\($0)" }
    var prompt: @Sendable (String) -> String = { "say \($0)" }
    var grade: @Sendable (String, Sample) async throws -> Score = { answer, sample in
      answer == sample.id ? Score(1) : Score(0, reason: "different")
    }
    var references: @Sendable (Sample) -> [ReferenceAnswer] = { _ in [] }
  }

  let behaviour = Mutex(Behaviour())

  var descriptor: SuiteDescriptor {
    SuiteDescriptor(name: "echo", version: behaviour.withLock(\.version), summary: "Echoes.", options: [])
  }
  var sampleIDs: [String] { behaviour.withLock(\.ids) }
  var seed: UInt64? { nil }

  func plan(options: SuiteOptions) async throws -> any SuitePlan { self }

  func sample(at index: Int) throws -> Sample {
    let (ids, prompt) = behaviour.withLock { ($0.ids, $0.prompt) }
    if ids[index] == "item/broken" { throw ServiceError(.fileNotFound, "Its file is gone.") }
    return Sample(
      id: ids[index], messages: [ChatMessage(.user, prompt(ids[index]))], expected: .string(ids[index]), metadata: [:])
  }

  func score(_ answer: String, of sample: Sample) async throws -> Score {
    try await behaviour.withLock(\.grade)(answer, sample)
  }

  func referenceAnswers() throws -> [ReferenceAnswer] {
    try behaviour.withLock(\.references)(sample(at: 0))
  }

  func change(_ change: (inout Behaviour) -> Void) { behaviour.withLock { change(&$0) } }
}

private final class FlipWatcher: RescoreObserver {
  private let seen = Mutex<(flips: [ScoreFlip], progress: [RunProgress])>(([], []))
  var flips: [ScoreFlip] { seen.withLock { $0.flips } }
  var progress: [RunProgress] { seen.withLock { $0.progress } }

  func began(_ run: RunSummary, total: Int) {}
  func flipped(_ flip: ScoreFlip) { seen.withLock { $0.flips.append(flip) } }
  func advanced(_ progress: RunProgress) { seen.withLock { $0.progress.append(progress) } }
}

@Suite(.timeLimit(.minutes(2))) struct RescoreTests {
  private let suite = ChangingSuite()

  private func bench(_ script: @escaping ScriptedClient.Script) -> (bench: Bench, client: ScriptedClient) {
    let client = ScriptedClient("fake/model", concurrency: 1, script)
    return (Bench([client], suite: suite), client)
  }

  private var request: RunRequest { RunRequest(suite: "echo", models: ["fake/model"]) }

  private func samples(_ bench: Bench, _ runId: String) async throws -> [String: SampleRecord] {
    let page = try await bench.engine.results().samples(ResultsSamples.Params(runId: runId))
    return Dictionary(uniqueKeysWithValues: page.samples.map { ($0.sampleId, $0) })
  }

  private func lenient(_ answer: String, _ sample: Sample) -> Score {
    answer.lowercased() == sample.id ? Score(1) : Score(0.5, reason: "nearly", detail: "Half a point.")
  }

  @Test func `verdicts that flipped are listed, the new ones count and the old ones are kept`() async throws {
    let (bench, client) = bench { call, _ in
      ["item/1": "item/1", "item/2": "ITEM/2", "item/3": "no", "item/4": "item/4"][call.sampleID] ?? ""
    }
    let before = try await bench.engine.run(request)
    #expect(before.models.first?.passed == 2)
    #expect(before.scorings == [])
    suite.change {
      $0.version = "2"
      $0.grade = lenient
    }
    let watcher = FlipWatcher()
    let result = try await bench.engine.rescore(.init(runId: "latest"), observer: watcher)
    #expect(client.totalCalls == 4)
    #expect(result.runId == before.runId)
    #expect(result.revision == 2)
    #expect((result.rescored, result.flipped, result.withoutAnswer, result.skippedSamples) == (4, 2, 0, 0))
    #expect(result.flips.map(\.sampleId) == ["item/2", "item/3"])
    #expect(result.flips.map(\.before.outcome) == [.failed, .failed])
    #expect(result.flips.map(\.after.outcome) == [.passed, .partial])
    #expect(result.flips.map(\.before.reason) == ["different", "different"])
    #expect(result.flips.map(\.after.reason) == [nil, "nearly"])
    #expect(result.flips.map(\.after.detail) == [nil, "Half a point."])
    #expect(result.flips.map(\.epoch) == [1, 1] && result.flips.map(\.sequence) == [2, 3])
    #expect(watcher.flips == result.flips)
    #expect(watcher.progress.last?.completed == 4 && watcher.progress.last?.total == 4)

    let after = try await bench.engine.results().run(before.runId)
    #expect(after == result.run)
    #expect(after.models.first?.passed == 3)
    #expect(after.models.first?.partial == 1)
    #expect(after.models.first?.score == 0.875)
    #expect(after.suiteVersion == "1")
    #expect(after.scorings.map(\.revision) == [1, 2])
    #expect(after.scorings.map(\.suiteVersion) == ["1", "2"])
    #expect(after.scorings.map { $0.models.first?.score } == [0.5, 0.875])
    #expect(after.scorings.map(\.flipped) == [nil, 2])
    #expect(after.scorings.first?.scoredAt == before.startedAt)
    let samples = try await samples(bench, before.runId)
    #expect(samples.values.allSatisfy { $0.scoringRevision == 2 })
    #expect(samples["item/1"]?.earlierScores == [])
    let old = EarlierScore(
      revision: 1, outcome: .failed, score: 0, reason: "different", detail: nil, extracted: nil)
    #expect(samples["item/3"]?.earlierScores == [old])
    #expect(samples["item/3"]?.verdict == result.flips.last?.after)
  }

  @Test func `each scoring keeps the one before, and one that changes nothing is told of too`() async throws {
    let (bench, _) = bench { call, _ in call.sampleID == "item/2" ? "no" : call.sampleID }
    let runId = try await bench.engine.run(request).runId
    let same = try await bench.engine.rescore(.init(runId: runId))
    #expect((same.revision, same.flipped) == (2, 0))
    suite.change { $0.grade = { _, _ in Score(1) } }
    #expect(try await bench.engine.rescore(.init(runId: runId)).flipped == 1)
    suite.change { $0.grade = { _, _ in Score(0, reason: "strict") } }
    let last = try await bench.engine.rescore(.init(runId: runId))
    #expect((last.revision, last.flipped) == (4, 4))
    #expect(last.run.scorings.map(\.revision) == [1, 2, 3, 4])
    #expect(last.run.scorings.map { $0.models.first?.score } == [0.75, 0.75, 1, 0])
    let samples = try await samples(bench, runId)
    // The first verdict was confirmed by the second scoring.
    #expect(samples["item/2"]?.earlierScores.map(\.revision) == [2, 3])
    #expect(samples["item/2"]?.earlierScores.map(\.outcome) == [.failed, .passed])
    #expect(samples["item/1"]?.earlierScores.map(\.revision) == [3])
  }

  @Test func `samples without an answer stay as they are, and one that could not be judged is judged`() async throws {
    let isSandboxThere = Mutex(false)
    suite.change {
      $0.grade = { answer, sample in
        if sample.id == "item/3", !isSandboxThere.withLock({ $0 }) { throw ServiceError(.sandboxUnavailable, "None.") }
        return answer == sample.id ? Score(1) : Score(0)
      }
    }
    let (bench, _) = bench { call, _ throws(ModelError) in
      if call.sampleID == "item/1" { throw ModelError(.badRequest, "400") }
      if call.sampleID == "item/2" { throw ModelError(.contextTooLong, "too long") }
      return call.sampleID
    }
    let before = try await bench.engine.run(request)
    #expect(before.models.first?.errors == 2)
    isSandboxThere.withLock { $0 = true }
    let result = try await bench.engine.rescore(.init(runId: before.runId))
    #expect((result.rescored, result.withoutAnswer, result.flipped, result.skippedSamples) == (2, 2, 1, 0))
    #expect(result.flips.first?.before.reason == "scoringFailed")
    #expect(result.flips.first?.after.outcome == .passed)
    #expect(result.run.models.first?.errors == 1)
    let samples = try await samples(bench, before.runId)
    #expect(samples["item/1"]?.outcome == .infrastructureError && samples["item/1"]?.scoringRevision == 1)
    #expect(samples["item/2"]?.outcome == .failed && samples["item/2"]?.reason == "contextTooLong")
  }

  @Test func `samples that cannot be made or judged again are named and keep their scores`() async throws {
    let (bench, _) = bench { call, _ in call.sampleID }
    let runId = try await bench.engine.run(request).runId
    suite.change {
      $0.ids = ["item/1", "item/3", "item/4"]
      $0.prompt = { $0 == "item/3" ? "tell me \($0)" : "say \($0)" }
      $0.grade = { _, sample in
        if sample.id == "item/4" { throw ServiceError(.sandboxUnavailable, "Install the sandbox.") }
        return Score(0, reason: "strict")
      }
    }
    let result = try await bench.engine.rescore(.init(runId: runId))
    #expect((result.rescored, result.flipped, result.skippedSamples) == (1, 1, 3))
    #expect(result.skipped.map(\.sampleId) == ["item/2", "item/3", "item/4"])
    #expect(result.skipped.map(\.reason) == [.sampleGone, .promptChanged, .scoringFailed])
    #expect(result.skipped.last?.detail == "Install the sandbox.")
    #expect(result.run.models.first?.passed == 3)
    let samples = try await samples(bench, runId)
    #expect(samples["item/1"]?.scoringRevision == 2 && samples["item/3"]?.scoringRevision == 1)
    #expect(result.run.scorings.last?.skipped == 3)
  }

  @Test func `where nothing can be judged again there is no new scoring`() async throws {
    suite.change { $0.ids = ["item/1", "item/good"] }
    let (bench, _) = bench { call, _ in call.sampleID }
    let before = try await bench.engine.run(request)
    suite.change {
      $0.ids = ["item/broken", "item/1"]
      $0.prompt = { "now say \($0)" }
    }
    let result = try await bench.engine.rescore(.init(runId: before.runId))
    #expect(result.revision == nil)
    #expect(result.skipped.map(\.reason) == [.promptChanged, .sampleGone])
    #expect(try await bench.engine.results().run(before.runId) == before)
  }

  @Test func `a dry run tells the flips and stores nothing`() async throws {
    let (bench, _) = bench { call, _ in call.sampleID }
    let before = try await bench.engine.run(request)
    suite.change { $0.grade = { _, _ in Score(0, reason: "strict") } }
    let result = try await bench.engine.rescore(.init(runId: before.runId, dryRun: true))
    #expect((result.revision, result.flipped) == (nil, 4))
    #expect(try await bench.engine.results().run(before.runId) == before)
    #expect(try await samples(bench, before.runId).values.allSatisfy { $0.outcome == .passed })
  }

  @Test func `a run under way is refused, and so is resuming one whose answers are being judged`() async throws {
    let (reached, release) = (Gate(), Gate())
    let (bench, _) = bench { call, _ in
      if call.sampleID == "item/3" {
        reached.open()
        await release.wait()
      }
      return call.sampleID
    }
    let run = Task { try await bench.engine.run(request) }
    await reached.wait()
    let refused = await #expect(throws: ServiceError.self) { try await bench.engine.rescore(.init(runId: "latest")) }
    #expect(refused?.kind == .serverBusy)
    #expect(refused?.message.contains("is under way in process") == true)
    release.open()
    let summary = try await run.value

    let (judging, judged) = (Gate(), Gate())
    suite.change {
      $0.grade = { _, _ in
        judging.open()
        await judged.wait()
        return Score(0)
      }
    }
    let rescoring = Task { try await bench.engine.rescore(.init(runId: summary.runId)) }
    await judging.wait()
    for attempt in [0, 1] {
      let busy = await #expect(throws: ServiceError.self) {
        switch attempt {
        case 0: _ = try await bench.engine.rescore(.init(runId: summary.runId))
        default:
          // A completed run has nothing to resume and is given as it is.
          try bench.execute("UPDATE benchmark_runs SET status = 'cancelled'")
          _ = try await bench.engine.resume(.init(runId: summary.runId))
        }
      }
      #expect(busy?.kind == .serverBusy)
      #expect(busy?.message.contains("being judged") == true)
    }
    judged.open()
    #expect(try await rescoring.value.flipped == 4)
  }

  @Test func `a cancelled rescoring changes nothing, and the next one works`() async throws {
    let (bench, _) = bench { call, _ in call.sampleID }
    let before = try await bench.engine.run(request)
    let (judging, judged) = (Gate(), Gate())
    suite.change {
      $0.grade = { _, _ in
        judging.open()
        await judged.wait()
        return Score(0)
      }
    }
    let rescoring = Task { try await bench.engine.rescore(.init(runId: before.runId)) }
    await judging.wait()
    rescoring.cancel()
    judged.open()
    await #expect(throws: CancellationError.self) { try await rescoring.value }
    #expect(try await bench.engine.results().run(before.runId) == before)
    #expect(try await bench.engine.rescore(.init(runId: before.runId)).flipped == 4)
  }

  @Test func `an answer that comes in the place of another has no past`() async throws {
    let isDown = Mutex(true)
    let (bench, _) = bench { call, _ throws(ModelError) in
      if call.sampleID == "item/2", isDown.withLock({ $0 }) { throw ModelError(.badRequest, "400") }
      return call.sampleID
    }
    suite.change {
      // Judged, and then not: an answer with a verdict that resuming replaces.
      $0.grade = { answer, sample in
        if sample.id == "item/1" { throw ServiceError(.sandboxUnavailable, "None.") }
        return Score(1)
      }
    }
    let runId = try await bench.engine.run(request).runId
    suite.change { $0.grade = { _, _ in Score(0, reason: "strict") } }
    _ = try await bench.engine.rescore(.init(runId: runId))
    try bench.execute("UPDATE problem_results SET outcome = 'infrastructureError' WHERE problem_id = 'item/1'")
    isDown.withLock { $0 = false }
    let resumed = try await bench.engine.resume(.init(runId: runId))
    #expect(resumed.scorings.map(\.revision) == [1, 2])
    let samples = try await samples(bench, runId)
    #expect(samples["item/1"]?.earlierScores == [] && samples["item/1"]?.scoringRevision == 2)
    #expect(samples["item/2"]?.earlierScores == [] && samples["item/2"]?.scoringRevision == 2)
    #expect(samples["item/3"]?.earlierScores.map(\.outcome) == [.passed])
  }

  @Test func `more samples than a page are judged, each once`() async throws {
    suite.change { $0.ids = (1...1203).map { "item/\($0)" } }
    let (bench, _) = bench { call, _ in call.sampleID }
    let runId = try await bench.engine.run(request).runId
    let judged = Mutex<[String: Int]>([:])
    suite.change {
      $0.grade = { _, sample in
        judged.withLock { $0[sample.id, default: 0] += 1 }
        return sample.id.hasSuffix("7") ? Score(0) : Score(1)
      }
    }
    let result = try await bench.engine.rescore(.init(runId: runId))
    #expect(result.rescored == 1203 && result.flipped == 120)
    #expect(result.run.models.first?.passed == 1083)
    #expect(judged.withLock { $0.count == 1203 && $0.values.allSatisfy { $0 == 1 } })
  }

  // MARK: - The gate

  private static let unsound: [(String, String, String, @Sendable (Sample) -> [ReferenceAnswer])] = [
    ("refuses", "the right word", "failed", { [.right("the right word", to: $0, "something else")] }),
    ("accepts", "a wrong word", "passed", { [.right("fine", to: $0, $0.id), .wrong("a wrong word", to: $0, $0.id)] }),
    ("could not judge", "boom", "infrastructureError", { [.right("boom", to: $0, "boom")] }),
  ]

  @Test(arguments: 0..<3) func `no run begins with a grader that misjudges a reference`(_ index: Int) async throws {
    let (word, name, outcome, references) = Self.unsound[index]
    let (bench, client) = bench { call, _ throws(ModelError) in
      if call.sampleID == "item/1" { throw ModelError(.badRequest, "400") }
      return call.sampleID
    }
    suite.change {
      $0.grade = { answer, sample in
        if answer == "boom" { throw ServiceError(.sandboxUnavailable, "None.") }
        return answer == sample.id ? Score(1) : Score(0, reason: "different", detail: "Not the same.")
      }
    }
    let runId = try await bench.engine.run(request).runId
    let calls = client.totalCalls
    suite.change { $0.references = references }
    for attempt in 0..<3 {
      let error = await #expect(throws: ServiceError.self) {
        switch attempt {
        case 0: _ = try await bench.engine.run(request)
        case 1: _ = try await bench.engine.resume(.init(runId: runId))
        default: _ = try await bench.engine.rescore(.init(runId: runId))
        }
      }
      #expect(error?.kind == .graderUnsound)
      #expect(error?.message.contains(word) == true && error?.message.contains("\"\(name)\"") == true)
      #expect(error?.details["reference"] == .string(name) && error?.details["sampleId"] == "item/1")
      #expect(error?.details["outcome"] == .string(outcome))
    }
    #expect(client.totalCalls == calls)
    #expect(try await bench.engine.results().query(.init()).runs.map(\.runId) == [runId])
    let check = try await bench.engine.check(.init(suite: "echo"))
    #expect(!check.isSound)
    #expect(check.references.filter { !$0.isAsExpected }.map(\.name) == [name])
  }

  @Test func `a sound grader lets the run begin, and a suite without references too`() async throws {
    let (bench, _) = bench { call, _ in call.sampleID }
    #expect(try await bench.engine.check(.init(suite: "echo")).references == [])
    suite.change { $0.references = { [.right("it", to: $0, $0.id), .wrong("another", to: $0, "x")] } }
    let check = try await bench.engine.check(.init(suite: "echo"))
    #expect(check.isSound && check.references.map(\.isAsExpected) == [true, true])
    #expect(try await bench.engine.run(request).status == .completed)
  }
}
