import Execution
import Testing

@Suite(.timeLimit(.minutes(5))) struct CalibrationTests {
  @Test func `limits grow with a slower machine and never shrink`() {
    let limits = ExecutionLimits(cpuSeconds: 6, wallSeconds: 30)
    let slow = TimeCalibration(measuredSeconds: 2.5 * TimeCalibration.referenceSeconds, runtime: "python 3")
    #expect(slow.factor == 2.5)
    #expect(slow.scaled(limits).cpuSeconds == 15)
    #expect(slow.scaled(limits).wallSeconds == 75)
    #expect(slow.scaled(limits).memoryBytes == limits.memoryBytes)
    for seconds in [0, 0.01, TimeCalibration.referenceSeconds, .nan, -1] {
      #expect(TimeCalibration(measuredSeconds: seconds, runtime: "").factor == 1)
    }
    #expect(TimeCalibration(measuredSeconds: 1000, runtime: "").factor == 20)
  }

  @Test(.needs(.python)) func `this machine is measured`() async throws {
    let calibration = try await Machine.executor(.python).calibrate(rounds: 2)
    #expect(calibration.measuredSeconds > 0.001)
    #expect(calibration.runtime.hasPrefix("python 3."))
  }

  /// Programs well under and well over the limit keep their verdicts, however many others run beside them.
  @Test(.needs(.python)) func `a busy machine does not change a verdict`() async throws {
    let all = try await Machine.executor()
    let executor = CodeExecutor(catalog: all.catalog.only(.python), sandbox: all.sandbox, maximumConcurrentRuns: 12)
    let limits = ExecutionLimits(cpuSeconds: 0.5, wallSeconds: 3)
    let source = "import time\nend = time.process_time() + float(input())\nwhile time.process_time() < end: pass"
    let program = TestProgram(source: source, entry: .standardInput)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<12 {
        group.addTask {
          let isLong = number.isMultiple(of: 2)
          try await executor.withSession(testing: program, limits: limits) { session in
            let outcome = try await session.run(ProgramTest(.standardInput(Array((isLong ? "3" : "0.2").utf8))))
            #expect(outcome.ending == (isLong ? .cpuTime : .finished(exitCode: 0)))
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
