package enum CodeExecute: Method {
  package static let name = "code.execute"
  package static let summary = "Runs a program in the sandbox: no network, no secrets, limited CPU time and memory."
  package static let details = "A program that fails, or that is ended at a limit, is a result."
  package static let errors: [ServiceError.Kind] = [.sandboxUnavailable, .runtimeMissing, .unsupported]

  package struct Params: Codable, Sendable, Equatable {
    /// `python`, `javascript` or `typescript`.
    package var language: String
    package var code: String
    package var stdin: String?
    package var arguments: [String]?
    package var limits: Limits?

    package init(language: String, code: String) {
      self.language = language
      self.code = code
    }
  }

  package struct Limits: Codable, Sendable, Equatable {
    package var cpuSeconds: Double?
    package var wallSeconds: Double?
    package var memoryBytes: Int?
    /// For each of the two output streams.
    package var outputBytes: Int?
    package var processes: Int?

    package init() {}
  }

  package struct Result: Codable, Sendable, Equatable {
    /// `ok`, `nonZeroExit`, `signaled`, `cpuTimeLimit`, `wallTimeLimit`, `memoryLimit`, `outputLimit` or
    /// `sandboxFailure`.
    package var verdict: String
    package var exitCode: Int?
    package var signal: Int?
    /// UTF-8; bytes that are not are replaced by U+FFFD.
    package var standardOutput: String
    package var standardError: String
    package var cpuSeconds: Double
    package var wallSeconds: Double
    package var peakMemoryBytes: Int?
    /// Such as `node 20.20.2`.
    package var runtime: String

    package init(
      verdict: String, exitCode: Int?, signal: Int?, standardOutput: String, standardError: String,
      cpuSeconds: Double, wallSeconds: Double, peakMemoryBytes: Int?, runtime: String
    ) {
      self.verdict = verdict
      self.exitCode = exitCode
      self.signal = signal
      self.standardOutput = standardOutput
      self.standardError = standardError
      self.cpuSeconds = cpuSeconds
      self.wallSeconds = wallSeconds
      self.peakMemoryBytes = peakMemoryBytes
      self.runtime = runtime
    }
  }
}
