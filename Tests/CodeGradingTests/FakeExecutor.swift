import Execution
import Synchronization

/// Answers tests as it is told, and remembers what it was asked.
final class FakeExecutor: TestExecutor {
  private let answer: @Sendable (TestProgram, ProgramTest) -> TestOutcome
  private let asked = Mutex<[(TestProgram, ProgramTest)]>([])
  private let open = Mutex<(now: Int, opened: Int)>((0, 0))

  init(_ answer: @escaping @Sendable (TestProgram, ProgramTest) -> TestOutcome) { self.answer = answer }

  var requests: [(program: TestProgram, test: ProgramTest)] { asked.withLock { $0 } }
  /// Sessions that are not closed.
  var openSessions: Int { open.withLock { $0.now } }
  var openedSessions: Int { open.withLock { $0.opened } }

  func openSession(
    testing program: TestProgram, limits: ExecutionLimits
  ) async throws(ExecutionError) -> any TestSession {
    open.withLock { $0 = ($0.now + 1, $0.opened + 1) }
    return Session(executor: self, program: program)
  }

  private struct Session: TestSession {
    let executor: FakeExecutor
    let program: TestProgram
    let runtime = "fake 1"

    func run(_ test: ProgramTest) async throws(ExecutionError) -> TestOutcome {
      executor.asked.withLock { $0.append((program, test)) }
      return executor.answer(program, test)
    }

    func close() async { executor.open.withLock { $0.now -= 1 } }
  }
}
