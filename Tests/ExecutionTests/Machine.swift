import Execution
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What this machine can run, looked up once for all tests.
enum Machine {
  static let environment: [String: String] = {
    var found: [String: String] = [:]
    for name in ["PATH", "HOME", "VIRTUAL_ENV", "LLMBENCH_BUN", "LLMBENCH_DENO", "LLMBENCH_NODE", "LLMBENCH_PYTHON"] {
      if let value = getenv(name) { found[name] = String(cString: value) }
    }
    return found
  }()

  private static let detection = Task { () -> Result<CodeExecutor, ExecutionError> in
    do throws(ExecutionError) {
      return .success(try await CodeExecutor.detect(environment: environment))
    } catch {
      return .failure(error)
    }
  }

  /// An executor with everything there is.
  static func executor() async throws -> CodeExecutor { try await detection.value.get() }

  /// An executor with that runtime only.
  static func executor(_ name: LanguageRuntime.Name) async throws -> CodeExecutor {
    let all = try await executor()
    _ = try #require(all.catalog.runtime(named: name), "\(name.rawValue) is not installed")
    return CodeExecutor(catalog: all.catalog.only(name), sandbox: all.sandbox)
  }

  static func has(_ name: LanguageRuntime.Name) async -> Bool {
    ((try? await executor())?.catalog.runtime(named: name)) != nil
  }

  static func python(
    _ code: String, input: [UInt8] = [], inputs: [InputFile] = [],
    limits: ExecutionLimits = ExecutionLimits(cpuSeconds: 20, wallSeconds: 60)
  ) async throws -> ExecutionResult {
    try await executor(.python).run(
      ExecutionRequest(language: .python, code: code, standardInput: input, inputs: inputs, limits: limits))
  }

  static func javaScript(
    _ name: LanguageRuntime.Name, _ code: String, input: [UInt8] = [],
    limits: ExecutionLimits = ExecutionLimits(cpuSeconds: 20, wallSeconds: 60)
  ) async throws -> ExecutionResult {
    try await executor(name).run(
      ExecutionRequest(language: .javascript, code: code, standardInput: input, limits: limits))
  }
}

extension ExecutionResult {
  var output: String { String(decoding: standardOutput, as: UTF8.self) }
  var errors: String { String(decoding: standardError, as: UTF8.self) }
}

extension Trait where Self == ConditionTrait {
  /// Leaves a test out where the runtime is not installed.
  static func needs(_ name: LanguageRuntime.Name) -> Self {
    .enabled("\(name.rawValue) is not installed") { await Machine.has(name) }
  }
}

extension Machine {
  /// One test of a program in a session of its own.
  static func test(
    _ source: String, language: ProgramLanguage = .python, entry: TestProgram.Entry = .standardInput,
    dialect: TestProgram.Dialect = .strict, _ input: ProgramTest.Input? = nil, input text: String = "",
    limits: ExecutionLimits = ExecutionLimits(cpuSeconds: 20, wallSeconds: 60)
  ) async throws -> TestOutcome {
    let program = TestProgram(language: language, source: source, entry: entry, dialect: dialect)
    return try await executor().withSession(testing: program, limits: limits) {
      try await $0.run(ProgramTest(input ?? .standardInput(Array(text.utf8))))
    }
  }
}

extension TestOutcome {
  var output: String { String(decoding: standardOutput, as: UTF8.self) }
  var errors: String { String(decoding: standardError, as: UTF8.self) }
}
