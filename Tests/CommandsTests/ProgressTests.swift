import Commands
import Synchronization
import Testing

@Suite struct ProgressLineTests {
  private var line: ProgressLine {
    var line = ProgressLine()
    line.title = "sorting"
    line.completed = 45
    line.total = 90
    line.passed = 40
    line.errors = 1
    line.perSecond = 12.34
    line.remainingSeconds = 4
    return line
  }

  @Test func `a wide terminal shows everything`() {
    #expect(
      line.bar(columns: 100)
        == "sorting [==============>               ] 45 of 90, 0:04 left, 40 passed, 1 error, 12/s")
  }

  @Test func `a narrow terminal shows less and less`() {
    #expect(line.bar(columns: 60) == "[====>      ] 45 of 90, 0:04 left, 40 passed, 1 error, 12/s")
    #expect(line.bar(columns: 50) == "[=======>        ] 45 of 90, 0:04 left, 40 passed")
    #expect(line.bar(columns: 30) == "sorting [====>     ] 45 of 90")
    #expect(line.bar(columns: 22) == "[====>     ] 45 of 90")
    #expect(line.bar(columns: 10) == "sorting …")
    #expect(line.bar(columns: 1) == "")
    #expect(line.bar(columns: 0) == "")
  }

  @Test(arguments: 0...140)
  func `no width is exceeded`(_ columns: Int) {
    #expect(TerminalText.width(line.bar(columns: columns)) <= max(columns - 1, 0))
  }

  @Test func `a log line has no bar`() {
    #expect(line.plain == "sorting, 45 of 90, 0:04 left, 40 passed, 1 error, 12/s")
  }

  @Test func `work without a count shows its percentage and message`() {
    var line = ProgressLine()
    line.title = "generate"
    line.percentage = 42.4
    line.message = "events-1m\u{1B}[2J"
    #expect(line.plain == #"generate, 42 %, events-1m\u{1b}[2J"#)
    #expect(line.bar(columns: 80).hasPrefix("generate [===========> "))
  }

  @Test func `odd figures do no harm`() {
    var line = ProgressLine()
    line.completed = 5
    line.total = 0
    line.errors = 0
    #expect(line.fraction == nil)
    #expect(line.bar(columns: 80) == "5 of 0")
    line.total = 2
    #expect(line.fraction == 1)
    line.completed = nil
    line.percentage = .nan
    #expect(line.fraction == nil)
    line.percentage = 1e308
    #expect(line.fraction == 1)
    line.remainingSeconds = .infinity
    line.perSecond = .nan
    #expect(line.plain.contains("–"))
  }
}

@Suite struct ProgressDisplayTests {
  /// A clock that a test moves.
  private final class Clock: Sendable {
    private let time = Mutex(ContinuousClock.now)
    func advance(_ duration: Duration) { time.withLock { $0 += duration } }
    var now: ContinuousClock.Instant { time.withLock { $0 } }
  }

  private func line(_ completed: Int) -> ProgressLine {
    var line = ProgressLine()
    line.title = "t"
    line.completed = completed
    line.total = 10
    return line
  }

  private func display(_ mode: ProgressDisplay.Mode, _ sink: BufferSink, _ clock: Clock) -> ProgressDisplay {
    let console = Console(output: BufferSink(), errorOutput: sink, errorIsTerminal: true, columns: { 20 })
    return ProgressDisplay(console: console, mode: mode, now: { clock.now })
  }

  @Test func `a bar is drawn ten times a second at most and cleared at the end`() {
    let (sink, clock) = (BufferSink(), Clock())
    let display = display(.bar, sink, clock)
    display.show(line(1))
    display.show(line(2))
    clock.advance(.milliseconds(100))
    display.show(line(3))
    display.finish()
    display.show(line(4))
    display.finish()
    #expect(sink.text == "\rt 1 of 10\u{1B}[K\rt 3 of 10\u{1B}[K\r\u{1B}[K")
  }

  @Test func `lines come every five seconds and at the end`() {
    let (sink, clock) = (BufferSink(), Clock())
    let display = display(.lines, sink, clock)
    display.show(line(1))
    clock.advance(.seconds(4))
    display.show(line(2))
    clock.advance(.seconds(1))
    display.show(line(3))
    display.show(line(4))
    display.finish()
    #expect(sink.text == "t, 1 of 10\nt, 3 of 10\nt, 4 of 10\n")
  }

  @Test func `quick work without a count leaves no lines`() {
    let (sink, clock) = (BufferSink(), Clock())
    let quick = display(.lines, sink, clock)
    var line = ProgressLine()
    line.title = "generate"
    line.percentage = 10
    quick.show(line)
    clock.advance(.seconds(4))
    quick.show(line)
    quick.finish()
    #expect(sink.text == "")
    let slow = display(.lines, sink, clock)
    slow.show(line)
    clock.advance(.seconds(5))
    slow.refresh()
    line.percentage = 100
    slow.show(line)
    slow.finish()
    #expect(sink.text == "generate, 10 %\ngenerate, 100 %\n")
  }

  @Test func `what was held back is shown later`() {
    let (sink, clock) = (BufferSink(), Clock())
    let display = display(.bar, sink, clock)
    display.show(line(1))
    display.show(line(2))
    clock.advance(.seconds(1))
    display.refresh()
    display.refresh()
    #expect(sink.text == "\rt 1 of 10\u{1B}[K\rt 2 of 10\u{1B}[K")
  }

  @Test func `no progress is no progress`() {
    let (sink, clock) = (BufferSink(), Clock())
    let display = display(.none, sink, clock)
    display.show(line(1))
    display.finish()
    #expect(sink.text == "")
  }
}
