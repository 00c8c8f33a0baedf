import Benchmark
import Contract
import Engine
import GRDB
import JSON
import Models
import Prices
import Results
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Samples `echo/1`…`echo/n`; the right answer to each is its id.
struct EchoSuite: Suite {
  var version = "1"

  var descriptor: SuiteDescriptor {
    SuiteDescriptor(
      name: "echo", version: version, summary: "Says the sample's name.",
      options: [OptionDescriptor("count", .integer, default: 3, "Samples.")], dimension: "parity")
  }

  func plan(options: SuiteOptions) async throws -> any SuitePlan {
    EchoPlan(count: try options.integer("count", in: 1...1_000_000))
  }
}

struct EchoPlan: SuitePlan {
  let sampleIDs: [String]
  let seed: UInt64? = 5

  init(count: Int) { sampleIDs = (1...count).map { "echo/\($0)" } }

  func sample(at index: Int) throws -> Sample {
    let id = sampleIDs[index]
    return Sample(
      id: id, messages: [ChatMessage(.user, "say \(id)")], expected: .string(id),
      metadata: ["parity": index % 2 == 0 ? "odd" : "even"])
  }

  func score(_ answer: String, of sample: Sample) async throws -> Score {
    if answer == "unjudgeable" { throw ServiceError(.sandboxUnavailable, "Install the sandbox.") }
    return answer == sample.id ? Score(1) : Score(0, reason: "different")
  }
}

/// Answers as its script says and counts the calls of each sample.
final class ScriptedClient: ModelClient {
  typealias Script = @Sendable (CallIdentity, Int) async throws(ModelError) -> String

  let reference: ModelReference
  let isLocal: Bool
  let defaultConcurrency: Int
  let takesMoreConcurrency: Bool
  private let script: Script
  private let calls = Mutex<[CallIdentity: Int]>([:])

  /// - Parameters:
  ///   - grows: whether more calls than `concurrency` may be tried at once.
  ///   - script: given the sample and how often it has been asked before.
  init(
    _ name: String = "fake/model", isLocal: Bool = false, concurrency: Int = 4, grows: Bool = false,
    _ script: @escaping Script
  ) {
    takesMoreConcurrency = grows
    let parts = name.split(separator: "/").map(String.init)
    reference = ModelReference(provider: parts[0], name: parts[1])
    self.isLocal = isLocal
    defaultConcurrency = concurrency
    self.script = script
  }

  /// Answers right every time.
  static func right(_ name: String = "fake/model") -> ScriptedClient {
    ScriptedClient(name) { call, _ in call.sampleID }
  }

  var callCounts: [CallIdentity: Int] { calls.withLock { $0 } }
  var totalCalls: Int { callCounts.values.reduce(0, +) }

  func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse {
    let earlier = calls.withLock { calls in
      calls[call, default: 0] += 1
      return (calls[call] ?? 1) - 1
    }
    let text = try await script(call, earlier)
    let stop: StopReason = text.hasSuffix("✂") ? .length : .stop
    return ModelResponse(
      text: text, stopReason: stop, usage: TokenUsage(promptTokens: 10, completionTokens: 2),
      timings: ResponseTimings(latencySeconds: 0.01))
  }
}

struct Clients: ModelClientSource {
  let clients: [any ModelClient]

  func client(
    for reference: String, request: RunRequest, purpose: ModelClientPurpose
  ) throws(ServiceError) -> any ModelClient {
    if let client = clients.first(where: { $0.reference.description == reference }) { return client }
    throw ServiceError(.unknownModel, "no \(reference)")
  }
}

/// An engine over a store in a folder of its own.
struct Bench {
  let engine: Engine
  let path: String

  init(
    _ clients: [any ModelClient], suite: any Suite = EchoSuite(), path: String? = nil, prices: PriceBook = .builtIn,
    time: Timekeeper = .system, storeExists: Bool = true
  ) {
    let path = path ?? "\(FileManager.default.temporaryDirectory.path)/llmbench-\(UUID().uuidString)/store.sqlite"
    self.path = path
    engine = Engine(
      suites: [suite], clients: Clients(clients: clients), prices: { () throws(ServiceError) in prices }, time: time,
      storeExists: { storeExists }, openStore: { () throws(ServiceError) in try ResultStore.open(path: path) })
  }

  /// Changes the store behind the engine's back.
  func execute(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// How each stored sample ended, by model, sample and epoch: `fake/model echo/1 1`.
  func outcomes(_ runId: String) async throws -> [String: Outcome] {
    try await engine.results().reduceOutcomes(runId: runId, into: [:]) { outcomes, sample in
      outcomes["\(sample.model) \(sample.sampleId) \(sample.epoch)"] = sample.outcome
    }
  }

  func request(_ count: Int, models: [String] = ["fake/model"]) -> RunRequest {
    RunRequest(suite: "echo", models: models, options: ["count": .integer(Int64(count))])
  }
}

/// Remembers what it was told, and may do something at each sample, which then waits for it.
final class Watcher: RunObserver {
  private let seen = Mutex<(progress: [RunProgress], samples: [SampleRecord])>(([], []))
  private let action: @Sendable (SampleRecord) async -> Void
  let wantsSamples: Bool

  init(wantsSamples: Bool = true, _ action: @escaping @Sendable (SampleRecord) async -> Void = { _ in }) {
    self.wantsSamples = wantsSamples
    self.action = action
  }

  var progress: [RunProgress] { seen.withLock { $0.progress } }
  var samples: [SampleRecord] { seen.withLock { $0.samples } }
  var sequences: [Int] { samples.map(\.sequence) }

  func watchBegan(_ run: WatchedRun, _ progress: RunProgress) { seen.withLock { $0.progress.append(progress) } }

  func sampleStored(_ record: SampleRecord) async {
    seen.withLock { $0.samples.append(record) }
    await action(record)
  }

  func runAdvanced(_ progress: RunProgress) { seen.withLock { $0.progress.append(progress) } }
}

/// Opens once, for any number of tasks that wait for it.
final class Gate: Sendable {
  private let state = Mutex<(isOpen: Bool, waiters: [CheckedContinuation<Void, Never>])>((false, []))

  func open() {
    let waiters = state.withLock { state in
      state.isOpen = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiters.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }
}
