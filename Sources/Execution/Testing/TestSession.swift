/// Runs tests against programs: ``CodeExecutor`` in a sandbox, or a stand-in.
package protocol TestExecutor: Sendable {
  /// Makes ready to test a program: a sandbox of its own with an interpreter that waits. Runs nothing of it yet, and
  /// does not fail because of it: a program that cannot be compiled says so in each test.
  ///
  /// Waits for a place when as many sessions are open as there are processors, so a caller holds one session at a
  /// time. It must be closed: prefer ``withSession(testing:limits:_:)``.
  ///
  /// - Parameter limits: what one test may use; `scratchBytes` and `memoryBytes` hold for all of its processes.
  /// - Throws: ``ExecutionError`` when there is no sandbox or no runtime, and `cancelled`.
  func openSession(
    testing program: TestProgram, limits: ExecutionLimits
  ) async throws(ExecutionError) -> any TestSession
}

/// A program in a sandbox of its own, ready to be tested.
package protocol TestSession: Sendable {
  /// Name and version of what runs the program: "python 3.11.7".
  var runtime: String { get }

  /// Runs one test, after those before it have ended. Afterwards no process and no file of it is left.
  ///
  /// A sandbox that breaks is an outcome (`engineError`) and is replaced for the next test.
  ///
  /// - Throws: ``ExecutionError`` with `cancelled`, `invalidRequest` when the test does not fit the program's entry,
  ///   or a reason why the sandbox could not be replaced.
  func run(_ test: ProgramTest) async throws(ExecutionError) -> TestOutcome

  /// Ends the session with every process in it. Further calls do nothing.
  func close() async
}

extension TestExecutor {
  /// Opens a session for as long as the body runs.
  package func withSession<Result>(
    testing program: TestProgram, limits: ExecutionLimits = ExecutionLimits(),
    _ body: (any TestSession) async throws -> Result
  ) async throws -> Result {
    let session = try await openSession(testing: program, limits: limits)
    do {
      let result = try await body(session)
      await session.close()
      return result
    } catch {
      await session.close()
      throw error
    }
  }
}
