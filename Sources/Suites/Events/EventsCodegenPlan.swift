import Benchmark
import Contract
import EventData
import EventPrograms
import Execution
import JSON
import Models
import Synchronization
import Threads

/// One prompt; its answer is executed on a file of each size.
final class EventsCodegenPlan: SuitePlan {
  let sampleIDs: [String]
  let seed: UInt64?
  private let language: ProgramLanguage
  private let cpuSeconds: Double
  private let options: EventOptions
  private let runner: EventProgramRunner
  private let sizes: [Int]
  private let data = Mutex<EventFiles?>(nil)

  init(
    sizes: [Int], language: ProgramLanguage, cpuSeconds: Double, options: EventOptions, runner: EventProgramRunner
  ) {
    self.sizes = sizes
    self.language = language
    self.cpuSeconds = cpuSeconds
    self.options = options
    self.runner = runner
    sampleIDs = ["program/\(language.rawValue)"]
    seed = options.seed
  }

  /// Writes the files and works out the right answers.
  func prepare() async throws {
    let files = try await BlockingWork.run { [sizes, options] checkCancellation in
      try EventFiles(sizes: sizes, options: options, checkCancellation: checkCancellation)
    }
    data.withLock { $0 = files }
  }

  func close() async {
    data.withLock { files in
      files?.remove()
      files = nil
    }
  }

  var languageName: String { language.rawValue }
  var threshold: Int { options.threshold }
  var tolerance: Double { options.tolerance }
  var smallDataset: EventDataset? { data.withLock { $0?.small } }
  private var datasets: [EventDataset] { data.withLock { $0?.datasets ?? [] } }

  func sample(at index: Int) throws -> Sample {
    Sample(
      id: sampleIDs[index], messages: [ChatMessage(.user, prompt)],
      expected: .object(
        JSONObject(datasets.map { (String($0.rows), $0.expected.json) })),
      metadata: ["strategy": "code", "language": .string(language.rawValue)])
  }

  private var prompt: String {
    let declaration =
      language == .typescript
      ? "interface Event { userId: string; duration: number } // duration in milliseconds\ndeclare const events: Event[];"
      : "// events: an array of { userId: string, duration: number }, duration in milliseconds"
    return """
      Write \(language == .typescript ? "TypeScript" : "JavaScript") that works out the average duration per user.

      This is in scope already:

      \(declaration)

      The code must:
      1. Leave out every event with a duration below \(options.threshold).
      2. Put the rest together by userId.
      3. Take the mean duration of each user, rounded to two decimals.
      4. Assign to a variable named `result` an array with one object per user, { id: userId, avg: mean }, sorted by id.

      It runs as the body of an async function, on up to a million events. It declares `result` itself, imports nothing and
      prints nothing. Answer with one code block and no explanation.
      """
  }

  func score(_ answer: String, of sample: Sample) async throws -> Score {
    try await score(answer, on: datasets)
  }

  /// On a small file alone: the grader is the same for all.
  func score(_ reference: ReferenceAnswer) async throws -> Score {
    try await score(reference.answer, on: smallDataset.map { [$0] } ?? [])
  }

  private func score(_ answer: String, on datasets: [EventDataset]) async throws -> Score {
    let code: String
    switch CodeExtractor(language: language).extract(from: answer) {
    case .success(let text): code = text
    case .failure(let failure): return Score(0, reason: failure.rawValue, detail: "The answer holds no code.")
    }
    var parts: [SamplePart] = []
    for dataset in datasets {
      try Task.checkCancellation()
      parts.append(try await judge(code, on: dataset))
    }
    return combine(parts, code: code)
  }

  private func judge(_ code: String, on dataset: EventDataset) async throws -> SamplePart {
    var limits = ExecutionLimits()
    limits.cpuSeconds = cpuSeconds
    // The events as JavaScript objects, and as much again for the program.
    limits.memoryBytes += 256 * dataset.rows
    // A backstop for programs that sleep; generous, because a busy machine is not the program's fault.
    limits.wallSeconds = max(60, cpuSeconds * 10)
    let run = try await runner.run(snippet: code, language: language, eventFile: dataset.path, limits: limits)
    let score = try verdict(on: run, dataset)
    var part = SamplePart(
      name: "size=\(dataset.rows)", outcome: score.outcome, score: score.value,
      metadata: ["size": .integer(Int64(dataset.rows))])
    part.reason = score.reason
    part.detail = score.detail
    part.executionMilliseconds = run.execution.wallSeconds * 1000
    return part
  }

  /// - Throws: ``ServiceError`` where this machine kept the program from running.
  private func verdict(on run: EventProgramResult, _ dataset: EventDataset) throws(ServiceError) -> Score {
    switch run.failure {
    case nil:
      guard let rows = run.result?.arrayValue else {
        return Score(0, reason: "noArray", detail: "The program's result is no array.")
      }
      return dataset.expected.score(rows, tolerance: options.tolerance)
    case .loadFailed, .sandboxFailed:
      throw ServiceError(.sandboxUnavailable, run.message ?? "The program could not be started.")
    case .limitReached:
      return Score(0, reason: run.execution.verdict.rawValue, detail: run.message)
    case let failure?:
      return Score(0, reason: failure.rawValue, detail: run.message)
    }
  }

  /// The score is the mean over the sizes.
  private func combine(_ parts: [SamplePart], code: String) -> Score {
    let mean = parts.reduce(0) { $0 + ($1.score ?? 0) } / Double(max(parts.count, 1))
    let failed = parts.first { $0.outcome != .passed }
    var score = Score(failed == nil ? 1 : mean, reason: failed?.reason, detail: failed?.detail)
    score.extracted = .string(code)
    score.parts = parts
    return score
  }
}
