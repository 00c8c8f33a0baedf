#if os(Linux)
  /// A session's sandbox, made anew whenever it was lost. For the session's thread.
  struct SessionRoom: ~Copyable {
    private let plan: SessionPlan
    private let cancellation: CancellationSignal
    private var driver: DriverProcess?
    private var group: MemoryGroup?

    init(plan: SessionPlan, cancellation: CancellationSignal) {
      self.plan = plan
      self.cancellation = cancellation
    }

    /// Starts the sandbox, unless it is there, and hands it the program.
    mutating func makeReady(within seconds: Double) throws(ExecutionError) {
      try makeReady(with: plan.program, within: seconds)
    }

    private mutating func makeReady(with program: TestProgram, within seconds: Double) throws(ExecutionError) {
      if driver != nil { return }
      let group = plan.makeGroup()
      let introduction = plan.introduction(of: program, watchesMemory: group == nil)
      do throws(DriverProcess.Failure) {
        var started = try start(group)
        _ = try started.exchange(nil, seconds: seconds)
        _ = try started.exchange(introduction.bytes, seconds: seconds)
        driver = consume started
        self.group = group
      } catch {
        switch error {
        case .cancelled: throw Self.cancelled
        case .timedOut: throw ExecutionError(.spawnFailed, "the sandbox was not ready within \(Int(seconds)) s")
        case .ended(let words): throw ExecutionError(.spawnFailed, "the sandbox did not start: \(words)")
        }
      }
    }

    private func start(_ group: MemoryGroup?) throws(DriverProcess.Failure) -> DriverProcess {
      do throws(ExecutionError) {
        return try plan.start(cancellation: cancellation, group: group)
      } catch {
        throw error.code == .cancelled ? .cancelled : .ended(error.message)
      }
    }

    /// Ends the sandbox with all that is in it.
    mutating func leave() {
      driver = nil
      // After the last process: the kernel keeps a group that is not empty.
      group = nil
    }

    /// Runs a test. A sandbox that breaks is replaced and the test run again; if it breaks again while an empty
    /// program passes in it, the program has broken it.
    mutating func run(_ test: ProgramTest, startSeconds: Double) throws(ExecutionError) -> TestOutcome {
      let request = try plan.request(for: test)
      var words = ""
      for _ in 0..<2 {
        try makeReady(within: startSeconds)
        let killsBefore = group?.killCount ?? 0
        do throws(DriverProcess.Failure) {
          return try perform(request, test, killsBefore)
        } catch {
          let kills = (group?.killCount ?? 0) - killsBefore
          leave()
          switch error {
          case .cancelled: throw Self.cancelled
          case .timedOut: return TestOutcome(.wallTime, wallSeconds: patience(for: test))
          case .ended(let text): words = text
          }
          if kills > 0 { return TestOutcome(.memory) }
        }
      }
      if try isSound(startSeconds) { return TestOutcome(.signal(9)) }
      return TestOutcome(.engineError("the sandbox broke twice: \(words)"))
    }

    private mutating func perform(
      _ request: DriverMessage, _ test: ProgramTest, _ killsBefore: Int
    ) throws(DriverProcess.Failure) -> TestOutcome {
      let seconds = patience(for: test)
      guard let answer = try driver?.exchange(request.bytes, seconds: seconds) else {
        throw .ended("it was not started")
      }
      var limits = plan.limits
      limits.cpuSeconds = test.cpuSeconds ?? limits.cpuSeconds
      let outcome = TestOutcome(
        answer, program: plan.program, limits: limits, memoryKills: (group?.killCount ?? 0) - killsBefore)
      if answer["clean"] != "1" { leave() }
      return outcome
    }

    /// Long after the driver has ended the test by itself: for compiling and running it, both on a busy machine.
    private func patience(for test: ProgramTest) -> Double {
      25 * (test.wallSeconds ?? plan.limits.wallSeconds) + 60
    }

    /// Whether the sandbox works for a program that does nothing.
    private mutating func isSound(_ startSeconds: Double) throws(ExecutionError) -> Bool {
      defer { leave() }
      let nothing = TestProgram(source: "", entry: .standardInput, hasPrelude: false)
      do throws(ExecutionError) {
        try makeReady(with: nothing, within: startSeconds)
      } catch {
        if error.code == .cancelled { throw error }
        return false
      }
      let request = DriverMessage(fields: [("do", "test"), ("cpu", "5"), ("wall", "30")], body: [])
      do throws(DriverProcess.Failure) {
        guard let answer = try driver?.exchange(request.bytes, seconds: 400) else { return false }
        return answer["exitCode"] == "0"
      } catch {
        if case .cancelled = error { throw Self.cancelled }
        return false
      }
    }

    private static let cancelled = ExecutionError(.cancelled, "the run was cancelled")
  }
#endif
