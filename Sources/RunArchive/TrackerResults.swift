import Contract
import Hashing
import JSON
import Statistics

/// The results file of a LiveCodeBench tracker, as its runner writes it: one run of one model, with a verdict for each
/// problem but no prompt and no answer.
struct TrackerResults: Sendable {
  private struct File: Codable {
    struct Problem: Codable {
      var problemID: String
      var passed: Bool
      var errorType: String?
      var latencyMilliseconds: Double?

      private enum CodingKeys: String, CodingKey {
        case problemID = "problem_id"
        case passed
        case errorType = "error_type"
        case latencyMilliseconds = "latency_ms"
      }
    }

    var id: String?
    var modelID: String
    var runDate: String
    var sampleSize: Int?
    var score: Double
    var passedCount: Int
    var totalCount: Int
    var inputTokens: Int?
    var outputTokens: Int?
    var inputCost: Double?
    var outputCost: Double?
    var durationSeconds: Double?
    var githubRunID: JSONValue?
    var problems: [Problem]?

    private enum CodingKeys: String, CodingKey {
      case id, score, problems
      case modelID = "model_id"
      case runDate = "run_date"
      case sampleSize = "sample_size"
      case passedCount = "passed_count"
      case totalCount = "total_count"
      case inputTokens = "input_tokens"
      case outputTokens = "output_tokens"
      case inputCost = "input_cost"
      case outputCost = "output_cost"
      case durationSeconds = "duration_seconds"
      case githubRunID = "github_run_id"
    }
  }

  let run: RunSummary
  let samples: [SampleRecord]
  private let file: File

  /// Reads one run, or an array of them.
  ///
  /// - Throws: ``ServiceError`` of kind `invalidData` that says what is wrong.
  static func read(_ text: [UInt8], named name: String) throws(ServiceError) -> [TrackerResults] {
    func fault(_ problem: String) -> ServiceError {
      ServiceError(.invalidData, "\(name.prefix(1).uppercased() + name.dropFirst()) cannot be imported: \(problem).")
    }
    let value: JSONValue
    do {
      value = try JSONParser().parse(text)
    } catch {
      throw fault("it is neither an export of llmbench nor a tracker's results (\(error.message))")
    }
    let objects = value.arrayValue ?? [value]
    guard !objects.isEmpty, objects.allSatisfy({ $0["model_id"] != nil }) else {
      throw fault("it is neither an export of llmbench nor a tracker's results (which have a \"model_id\")")
    }
    var results: [TrackerResults] = []
    for (index, object) in objects.enumerated() {
      do {
        let file = try JSONValueDecoder().decode(File.self, from: object)
        results.append(try TrackerResults(file))
      } catch {
        let problem = JSONDecodingProblem(error)?.message ?? "\(error)"
        throw fault(objects.count == 1 ? problem : "run \(index + 1): \(problem)")
      }
    }
    return results
  }

  private init(_ file: File) throws {
    // Python writes a time of UTC without its zone.
    guard let date = Timestamp(file.runDate) ?? Timestamp(file.runDate + "Z") else {
      throw ArchiveFault("\"run_date\" is no RFC 3339 time")
    }
    guard (0...1).contains(file.score) else { throw ArchiveFault("\"score\" is not within 0…1") }
    guard file.totalCount >= 0, (0...file.totalCount).contains(file.passedCount) else {
      throw ArchiveFault("\"passed_count\" is not within 0…\"total_count\"")
    }
    let problems = file.problems.flatMap { $0.isEmpty ? nil : $0 }
    let passed = problems.map { $0.count(where: \.passed) }
    if let problems, problems.count != file.totalCount || passed != file.passedCount {
      throw ArchiveFault("its problems are not those that \"passed_count\" and \"total_count\" count")
    }
    let amounts = [
      file.inputTokens.map(Double.init), file.outputTokens.map(Double.init), file.inputCost, file.outputCost,
      file.durationSeconds,
    ]
    guard amounts.allSatisfy({ ($0 ?? 0) >= 0 }) else {
      throw ArchiveFault("tokens, costs and \"duration_seconds\" are 0 or more")
    }
    self.file = file
    let model = Self.reference(file.modelID)
    let runId = file.id ?? "tracker-\(SHA256.hex("\(file.modelID)\n\(file.runDate)").prefix(12))"
    var request = RunRequest(suite: "code-problems", models: [model])
    if let size = file.sampleSize, size > 0 { request.sample = SampleSelection(count: size) }
    var machine: JSONObject = ["source": "tracker"]
    if let github = file.githubRunID { machine["githubRunId"] = github }
    var run = RunSummary(
      runId: runId, suite: "code-problems", suiteVersion: "tracker", status: .completed, startedAt: date,
      plannedSamples: file.totalCount, models: [ModelSummary(model: model)], request: request, seed: nil,
      programVersion: "tracker", machine: machine)
    let seconds = max(0, file.durationSeconds ?? 0)
    run.durationSeconds = seconds
    run.finishedAt = Timestamp(
      millisecondsSinceEpoch: date.millisecondsSinceEpoch + Int64(min(seconds, 1e9) * 1000))
    self.run = run
    samples = (file.problems ?? []).map { Self.sample($0, run, model) }
  }

  private static func sample(_ problem: File.Problem, _ run: RunSummary, _ model: String) -> SampleRecord {
    var sample = SampleRecord(
      runId: run.runId, model: model, sampleId: problem.problemID, epoch: 1,
      outcome: problem.passed ? .passed : problem.errorType == "api_error" ? .infrastructureError : .failed,
      prompt: "", expected: .null, startedAt: run.startedAt, finishedAt: run.finishedAt ?? run.startedAt)
    sample.score = sample.outcome == .infrastructureError ? nil : problem.passed ? 1 : 0
    sample.reason = problem.errorType
    sample.latencyMilliseconds = problem.latencyMilliseconds
    sample.attempts = 1
    return sample
  }

  /// A tracker names its models without their provider.
  private static func reference(_ model: String) -> String {
    if model.contains("/") { return model }
    let known = [("claude", "anthropic"), ("gpt", "openai"), ("chatgpt", "openai"), ("gemini", "google")]
    if let (_, provider) = known.first(where: { model.hasPrefix($0.0) }) { return "\(provider)/\(model)" }
    let isReasoner = model.first == "o" && model.dropFirst().first?.isNumber == true
    return isReasoner ? "openai/\(model)" : "tracker/\(model)"
  }

  /// Adds what the file says of the run as a whole, and nobody can work out from its problems.
  func adjust(_ model: inout ModelSummary) {
    model.promptTokens = file.inputTokens ?? 0
    model.completionTokens = file.outputTokens ?? 0
    if file.inputCost != nil || file.outputCost != nil {
      model.costUSD = (file.inputCost ?? 0) + (file.outputCost ?? 0)
    }
    model.durationSeconds = max(0, file.durationSeconds ?? 0)
    guard samples.isEmpty else { return }
    let interval = Wilson.interval(successes: file.passedCount, trials: file.totalCount)
    model.score = file.totalCount > 0 ? file.score : nil
    (model.low, model.high) = (interval?.low, interval?.high)
    (model.n, model.passed, model.failed) = (file.totalCount, file.passedCount, file.totalCount - file.passedCount)
    model.missing = 0
  }
}
