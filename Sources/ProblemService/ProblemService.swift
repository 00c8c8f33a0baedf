package import Execution
package import HTTP

/// The work behind `code.grade`, `data.check` and `data.fetch`.
package struct ProblemService: Sendable {
  let executor: @Sendable () async throws(ExecutionError) -> CodeExecutor
  let http: HTTPClient

  /// - Parameter executor: asked for when answers are to be run.
  package init(executor: @escaping @Sendable () async throws(ExecutionError) -> CodeExecutor, http: HTTPClient) {
    self.executor = executor
    self.http = http
  }
}
