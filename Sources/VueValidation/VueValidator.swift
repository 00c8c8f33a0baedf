package import Contract
import JSON
import Synchronization

/// Checks Vue components with whatever compiler there is. Starts nothing before the first check.
package final class VueValidator: Sendable {
  private let environment: [String: String]
  private let limits: WorkerLimits
  /// One pool for each project that brings a compiler of its own, and one for all others.
  private let pools = Mutex<[String: WorkerPool]>([:])

  package init(environment: [String: String], limits: WorkerLimits = WorkerLimits()) {
    self.environment = environment
    self.limits = limits
  }

  deinit { close() }

  /// The command that brings what is missing.
  var remedy: String {
    WorkerCommand.runtimes(environment).isEmpty ? WorkerCommand.remedy : TypeScriptLocator.remedy
  }

  /// Ends the workers.
  package func close() {
    let all = pools.withLock { pools in
      defer { pools = [:] }
      return Array(pools.values)
    }
    for pool in all { pool.close() }
  }

  /// Checks a component.
  ///
  /// - Throws: ``ServiceError`` for parameters that do not fit and files that cannot be read; `CancellationError`. A
  ///   component that is wrong, and a machine without a compiler, are results.
  package func validate(_ params: ValidateVue.Params) async throws -> ValidateVue.Result {
    let request = try ValidationRequest(params)
    switch request.component {
    case .failure(let missing): return Self.without(missing, request)
    case .success(let component): return try await check(request, component)
    }
  }

  // MARK: - Without a compiler

  private static func without(_ missing: MissingComponent, _ request: ValidationRequest) -> ValidateVue.Result {
    var result = ValidateVue.Result(status: .failed)
    result.compiles = false
    result.score = 0
    result.diagnostics = [
      ValidateVue.Diagnostic(
        stage: .extraction, code: "NO_COMPONENT", message: missing.message, file: request.name, line: 1, column: 1)
    ]
    return result
  }

  // MARK: - With one

  private func check(_ request: ValidationRequest, _ component: AnswerComponent) async throws -> ValidateVue.Result {
    var result = ValidateVue.Result(status: .unavailable)
    if component.origin != .whole {
      result.extraction = ValidateVue.Extraction(from: component.origin.rawValue, line: component.line)
    }
    guard let pool = pool(request.root) else {
      let missing = WorkerCommand.runtimes(environment).isEmpty ? "a JavaScript runtime" : "a TypeScript compiler"
      result.reason = "There is no \(missing) to check components with: \(remedy)."
      return result
    }
    let begin = ContinuousClock.now
    let answer: WorkerJob.Answer
    do throws(WorkerFailure) {
      answer = try await pool.answer(request.line(component), cpuSeconds: request.timeoutSeconds)
    } catch {
      switch error {
      case .cancelled: throw CancellationError()
      case .unavailable(let reason): result.reason = reason
      case .limit(let reason): (result.status, result.reason) = (.timeout, reason)
      case .crashed(let reason): (result.status, result.reason) = (.crashed, "The worker ended twice: \(reason)")
      }
      return result
    }
    let total = (ContinuousClock.now - begin).components
    try fill(&result, from: answer)
    result.durations = ValidateVue.Durations(
      queueSeconds: answer.queueSeconds, checkSeconds: answer.checkSeconds,
      totalSeconds: Double(total.seconds) + Double(total.attoseconds) / 1e18, cold: answer.cold)
    return result
  }

  private func fill(_ result: inout ValidateVue.Result, from answer: WorkerJob.Answer) throws {
    var engine = ValidateVue.Engine(backend: "ts-worker")
    engine.typescript = answer.ready.typescript
    engine.typescriptPath = answer.ready.source.file
    engine.runtime = answer.ready.runtime
    engine.degraded = answer.ready.degraded
    result.engine = engine
    let message: JSONValue
    do throws(JSONParseError) {
      message = try JSONParser(maximumDepth: 64).parse(answer.line)
    } catch {
      result.status = .crashed
      result.reason = "The worker's answer is no JSON: \(error.message)."
      return
    }
    if let error = message["error"] {
      let text = error["message"]?.stringValue ?? "unknown"
      if error["kind"]?.stringValue == "checks" {
        throw ServiceError.invalidParameter(
          "/checks\(error["pointer"]?.stringValue ?? "")", "The checks do not fit: \(text).")
      }
      // A template or type of absurd depth ends the compiler's own recursion.
      let isDeep = text.contains("Maximum call stack")
      result.status = isDeep ? .timeout : .crashed
      result.reason =
        isDeep ? "The component is nested too deep for the compiler." : "The worker failed: \(text.prefix(500))"
      return
    }
    let report = try JSONValueDecoder().decode(WorkerReport.self, from: message["result"] ?? .null)
    report.fill(&result)
  }

  /// nil where nothing here checks components.
  func pool(_ root: String?) -> WorkerPool? {
    let locator = TypeScriptLocator(environment: environment, root: root)
    let sources = locator.sources()
    let runtimes = WorkerCommand.runtimes(environment)
    let commands = runtimes.flatMap { runtime, executable in
      sources.map { WorkerCommand(runtime: runtime, executable: executable, typescript: $0) }
    }
    guard let key = sources.first?.file, !runtimes.isEmpty else { return nil }
    return pools.withLock { pools in
      if let pool = pools[key] { return pool }
      let pool = WorkerPool(commands: commands, limits: limits)
      pools[key] = pool
      return pool
    }
  }
}
