extension CodeExecutor {
  /// Measures how fast this machine runs programs now: the processor time of a fixed piece of work, in the sandbox in
  /// which programs are tested. Takes about a second.
  ///
  /// A machine whose processors are busy with other work often gives a program less for a second of processor time
  /// (shared caches, shared cores): measured at the start of a run, that is in the factor.
  ///
  /// - Throws: ``ExecutionError`` when there is no sandbox or no runtime, `spawnFailed` when the work was not done, and
  ///   `cancelled`.
  package func calibrate(rounds: Int = 5) async throws(ExecutionError) -> TimeCalibration {
    let program = TestProgram(source: Self.work, entry: .standardInput, hasPrelude: false)
    let session = try await openSession(testing: program, limits: ExecutionLimits(cpuSeconds: 60, wallSeconds: 300))
    var seconds: [Double] = []
    var failure: ExecutionError?
    do throws(ExecutionError) {
      for _ in 0..<max(rounds, 1) {
        let outcome = try await session.run(ProgramTest(.standardInput([])))
        guard outcome.ending == .finished(exitCode: 0) else {
          throw ExecutionError(.spawnFailed, "the work that calibrates time limits ended with \(outcome.ending)")
        }
        seconds.append(outcome.cpuSeconds)
      }
    } catch {
      failure = error
    }
    let runtime = session.runtime
    await session.close()
    if let failure { throw failure }
    return TimeCalibration(measuredSeconds: seconds.sorted()[seconds.count / 2], runtime: runtime)
  }

  /// Arithmetic, strings, lists, dictionaries and calls, as solutions to problems have them.
  private static let work = """
    def step(state, table):
        state = (state * 1103515245 + 12345) & 0x7fffffff
        table[state % 1009] = table.get(state % 1009, 0) + 1
        return state
    table = {}
    state = 1
    for _ in range(\(workSteps)):
        state = step(state, table)
    words = sorted(str(key) for key in table)
    total = sum(int(word) for word in words for _ in range(20))
    assert total == 20 * sum(table)
    """
  private static let workSteps = 300_000
}
