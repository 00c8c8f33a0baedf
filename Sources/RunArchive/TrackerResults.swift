import Contract
import Hashing
import JSON
import Statistics

/// The results file of a LiveCodeBench tracker, as its runner writes it: one run of one model, with a verdict for each
/// problem but no prompt and no answer.
struct TrackerResults: Sendable {
  private struct File: Codable {
    struct Problem: Codable {
      var problem_id: String
      var passed: Bool
      var error_type: String?
      var latency_ms: Double?
    }

    var id: String?
    var model_id: String
    var run_date: String
    var sample_size: Int?
    var score: Double
    var passed_count: Int
    var total_count: Int
    var input_tokens: Int?
    var output_tokens: Int?
    var input_cost: Double?
    var output_cost: Double?
    var duration_seconds: Double?
    var github_run_id: JSONValue?
    var problems: [Problem]?
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
    guard let date = Timestamp(file.run_date) else { throw ArchiveFault("\"run_date\" is no RFC 3339 time") }
    guard (0...1).contains(file.score) else { throw ArchiveFault("\"score\" is not within 0…1") }
    guard file.total_count >= 0, (0...file.total_count).contains(file.passed_count) else {
      throw ArchiveFault("\"passed_count\" is not within 0…\"total_count\"")
    }
    let passed = file.problems.map { $0.count(where: \.passed) }
    if let problems = file.problems, problems.count != file.total_count || passed != file.passed_count {
      throw ArchiveFault("its problems are not those that \"passed_count\" and \"total_count\" count")
    }
    self.file = file
    let model = Self.reference(file.model_id)
    let runId = file.id ?? "tracker-\(SHA256.hex("\(file.model_id)\n\(file.run_date)").prefix(12))"
    var request = RunRequest(suite: "code-problems", models: [model])
    if let size = file.sample_size, size > 0 { request.sample = SampleSelection(count: size) }
    var machine: JSONObject = ["source": "tracker"]
    if let github = file.github_run_id { machine["githubRunId"] = github }
    var run = RunSummary(
      runId: runId, suite: "code-problems", suiteVersion: "tracker", status: .completed, startedAt: date,
      plannedSamples: file.total_count, models: [ModelSummary(model: model)], request: request, seed: nil,
      programVersion: "tracker", machine: machine)
    let seconds = max(0, file.duration_seconds ?? 0)
    run.durationSeconds = seconds
    run.finishedAt = Timestamp(
      millisecondsSinceEpoch: date.millisecondsSinceEpoch + Int64(min(seconds, 1e9) * 1000))
    self.run = run
    samples = (file.problems ?? []).map { Self.sample($0, run, model) }
  }

  private static func sample(_ problem: File.Problem, _ run: RunSummary, _ model: String) -> SampleRecord {
    var sample = SampleRecord(
      runId: run.runId, model: model, sampleId: problem.problem_id, epoch: 1,
      outcome: problem.passed ? .passed : problem.error_type == "api_error" ? .infrastructureError : .failed,
      prompt: "", expected: .null, startedAt: run.startedAt, finishedAt: run.finishedAt ?? run.startedAt)
    sample.score = sample.outcome == .infrastructureError ? nil : problem.passed ? 1 : 0
    sample.reason = problem.error_type
    sample.latencyMilliseconds = problem.latency_ms
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
    model.promptTokens = file.input_tokens ?? 0
    model.completionTokens = file.output_tokens ?? 0
    if file.input_cost != nil || file.output_cost != nil {
      model.costUSD = (file.input_cost ?? 0) + (file.output_cost ?? 0)
    }
    model.durationSeconds = max(0, file.duration_seconds ?? 0)
    guard samples.isEmpty else { return }
    let interval = Wilson.interval(successes: file.passed_count, trials: file.total_count)
    model.score = file.total_count > 0 ? file.score : nil
    (model.low, model.high) = (interval?.low, interval?.high)
    (model.n, model.passed, model.failed) = (file.total_count, file.passed_count, file.total_count - file.passed_count)
    model.missing = 0
  }
}
