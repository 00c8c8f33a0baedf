import Commands
import Contract
import JSON
import JSONRPC
import Synchronization

/// A service that answers with a closure and remembers what it was asked.
final class FakeService: MessageHandler {
  typealias Answer = @Sendable (RequestContext) async throws -> JSONValue

  private let answer: Answer
  private let log = Mutex<[(method: String, params: JSONValue?)]>([])

  init(_ answer: @escaping Answer) { self.answer = answer }

  var requests: [(method: String, params: JSONValue?)] { log.withLock { $0 } }

  func handle(_ request: RequestContext) async throws -> JSONValue {
    log.withLock { $0.append((request.method, request.params)) }
    return try await answer(request)
  }

  func error(for error: any Error, in request: RequestContext) -> RPCError? {
    guard let error = error as? ServiceError else { return nil }
    return RPCError(RPCErrorCode(rawValue: Int64(error.kind.code)), error.message, data: error.data)
  }
}

/// Keeps what is written; can refuse to take any more.
final class BufferSink: TextSink {
  private let buffer = Mutex("")
  private let error: SinkError?

  init(failing error: SinkError? = nil) { self.error = error }

  var text: String { buffer.withLock { $0 } }

  func write(_ text: String) throws(SinkError) {
    if let error { throw error }
    buffer.withLock { $0 += text }
  }
}

/// A command line in this process, on a fake service.
struct TestProgram {
  let output: BufferSink
  let errors: BufferSink
  let interruption = Interruption()
  let program: Program
  let settings = Recorder<ServiceSettings>()

  init(
    environment: [String: String] = [:], output: BufferSink = BufferSink(), errorIsTerminal: Bool = false,
    input: (@Sendable () -> String?)? = nil, _ service: FakeService = FakeService { _ in nil }
  ) {
    self.output = output
    errors = BufferSink()
    let console = Console(
      output: output, errorOutput: errors, errorIsTerminal: errorIsTerminal, allowsColor: false, columns: { 80 },
      input: input)
    let settings = settings
    let factory = ServiceFactory { given in
      settings.add(given)
      return ServiceHandle(handler: service, shutdown: {})
    }
    program = Program(console: console, environment: environment, factory: factory, interruption: interruption)
  }

  func run(_ arguments: String...) async -> Int32 { await program.run(arguments) }
}

/// A list that several threads add to.
final class Recorder<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  func add(_ element: Element) { elements.withLock { $0.append(element) } }
  var all: [Element] { elements.withLock { $0 } }
}

/// Runs to show and compare.
enum Sample {
  /// A sample that a failure outside the model left without an answer.
  static func unanswered(_ detail: String) -> SampleRecord {
    let time = Timestamp(millisecondsSinceEpoch: 0)
    var sample = SampleRecord(
      runId: "r", model: "local/smollm2", sampleId: "s", epoch: 1, outcome: .infrastructureError, prompt: "p",
      expected: nil, startedAt: time, finishedAt: time)
    sample.detail = detail
    return sample
  }

  static func model(_ name: String, score: Double?, low: Double?, high: Double?, n: Int = 90) -> ModelSummary {
    var model = ModelSummary(model: name)
    model.score = score
    model.low = low
    model.high = high
    model.n = n
    model.passed = score.map { Int((Double(n) * $0).rounded()) } ?? 0
    model.failed = n - model.passed
    return model
  }

  static func run(
    _ id: String = "01JD3Q8ZT4", suite: String = "sorting", status: RunStatus = .completed,
    models: [ModelSummary] = [Sample.model("local/smollm2", score: 0.5, low: 0.4, high: 0.6)]
  ) -> RunSummary {
    let start = Timestamp(millisecondsSinceEpoch: 1_769_846_950_000)  // 2026-01-31T08:09:10Z
    var run = RunSummary(
      runId: id, suite: suite, suiteVersion: "1", status: status, startedAt: start, plannedSamples: 90, models: models,
      request: RunRequest(suite: suite, models: models.map(\.model)), seed: 7, programVersion: "0.1.0", machine: [:])
    run.completedSamples = 90
    run.durationSeconds = 12.34
    return run
  }

  /// Two runs of one model side by side, the first better by 0.4.
  static func comparison(_ first: RunSummary, _ second: RunSummary, isReal: Bool) -> RunComparison {
    func side(_ label: String, _ run: RunSummary) -> ComparedSide {
      ComparedSide(
        label: label, runId: run.runId, model: run.models.first?.model ?? "", startedAt: run.startedAt, n: 100)
    }
    var comparison = RunComparison(
      suite: first.suite, metric: .score, alpha: 0.05, sides: [side("A", first), side("B", second)])
    var pair = PairComparison(first: "A", second: "B")
    pair.items = 100
    pair.difference = -0.4
    pair.pValue = isReal ? 0.012 : 0.3
    pair.adjustedPValue = pair.pValue
    pair.verdict = isReal ? .firstIsBetter : .noDifferenceShown
    comparison.pairs = [pair]
    return comparison
  }

  static func json(_ value: some Encodable) throws -> JSONValue { try JSONValueEncoder().encode(value) }
}

extension [StyledText] {
  /// The lines as they read without colour.
  var text: String { map(\.plain).joined(separator: "\n") }
}
