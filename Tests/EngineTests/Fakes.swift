import Benchmark
import Contract
import Engine
import JSON
import Models
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
  private let script: Script
  private let calls = Mutex<[CallIdentity: Int]>([:])

  /// - Parameter script: given the sample and how often it has been asked before.
  init(_ name: String = "fake/model", isLocal: Bool = false, concurrency: Int = 4, _ script: @escaping Script) {
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

  init(_ clients: [any ModelClient], suite: any Suite = EchoSuite(), path: String? = nil) {
    let path = path ?? "\(FileManager.default.temporaryDirectory.path)/llmbench-\(UUID().uuidString)/store.sqlite"
    self.path = path
    engine = Engine(suites: [suite], clients: Clients(clients: clients)) { () throws(ServiceError) in
      try ResultStore.open(path: path)
    }
  }

  func request(_ count: Int, models: [String] = ["fake/model"]) -> RunRequest {
    RunRequest(suite: "echo", models: models, options: ["count": .integer(Int64(count))])
  }
}

/// Remembers what it saw, and does something at each finished sample.
final class Watcher: RunObserver {
  private let seen = Mutex<[RunProgress]>([])
  private let action: @Sendable (SampleRecord, RunProgress) -> Void

  init(_ action: @escaping @Sendable (SampleRecord, RunProgress) -> Void = { _, _ in }) { self.action = action }

  var progress: [RunProgress] { seen.withLock { $0 } }

  func runBegan(_ progress: RunProgress) { seen.withLock { $0.append(progress) } }

  func sampleFinished(_ record: SampleRecord, _ progress: RunProgress) {
    seen.withLock { $0.append(progress) }
    action(record, progress)
  }
}
