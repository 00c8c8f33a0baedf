import Execution

/// Looks for language runtimes once, when code is first to be run: starting each of them to ask for its version
/// takes longer than the service's own start.
actor SharedExecutor {
  private let environment: [String: String]
  private var found: CodeExecutor?

  init(environment: [String: String]) { self.environment = environment }

  /// - Throws: ``ExecutionError`` without a sandbox. Looked for again the next time: it may be installed by then.
  func executor() async throws(ExecutionError) -> CodeExecutor {
    if let found { return found }
    let executor = try await CodeExecutor.detect(environment: environment)
    found = executor
    return executor
  }
}
