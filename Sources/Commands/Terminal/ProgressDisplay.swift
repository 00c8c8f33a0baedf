package import Client
import Synchronization

/// Shows how work goes on standard error: a line that is redrawn on a terminal, otherwise a line now and then.
package final class ProgressDisplay: Sendable {
  package enum Mode: Sendable, Equatable {
    /// Redrawn in place, at most ten times a second, and cleared at the end.
    case bar
    /// At most one line in five seconds, and one at the end. Work without a count is told of only when it takes
    /// that long.
    case lines
    case none
  }

  private struct State {
    var current: ProgressLine?
    /// What the work calls itself.
    var title: String?
    var startedAt: ContinuousClock.Instant?
    var shownAt: ContinuousClock.Instant?
    var shownText = ""
    var isFinished = false
  }

  private let console: Console
  private let mode: Mode
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  package init(
    console: Console, mode: Mode, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.console = console
    self.mode = mode
    self.now = now
  }

  package func show(_ line: ProgressLine) {
    guard mode != .none else { return }
    state.withLock { state in
      guard !state.isFinished else { return }
      state.current = line
      let time = now()
      let pause: Duration = mode == .bar ? .milliseconds(100) : .seconds(5)
      let isPatient = mode == .lines && line.total == nil
      let last = state.shownAt ?? (isPatient ? state.startedAt ?? time : nil)
      state.startedAt = state.startedAt ?? time
      if let last, time - last < pause { return }
      state.shownAt = time
      draw(&state)
    }
  }

  /// Clears the bar, or prints how things stand for the last time. Later calls do nothing.
  package func finish() {
    state.withLock { state in
      guard !state.isFinished else { return }
      state.isFinished = true
      if mode == .bar, state.shownAt != nil { console.writeError("\r\u{1B}[K") }
      if mode == .lines, state.shownAt != nil || state.current?.total != nil { draw(&state) }
    }
  }

  private func draw(_ state: inout State) {
    guard let line = state.current else { return }
    let text = mode == .bar ? line.bar(columns: console.columns()) : line.plain
    guard text != state.shownText else { return }
    state.shownText = text
    if mode == .bar {
      console.writeError("\r\(TerminalText.singleLine(text))\u{1B}[K")
    } else {
      console.note(StyledText(text))
    }
  }
}

extension ProgressDisplay {
  /// Shows progress while the work lasts: once a second also what came too fast to be shown at once.
  package func during<Value: Sendable>(_ work: () async throws -> Value) async rethrows -> Value {
    let ticker = Task {
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(1))
        refresh()
      }
    }
    defer {
      ticker.cancel()
      finish()
    }
    return try await work()
  }

  /// Shows what an event tells.
  ///
  /// - Parameters:
  ///   - title: what the work is called as long as it does not say so itself.
  ///   - keepsTitle: whether it is called so in any case.
  package func show(_ event: ProgressEvent, title: String, keepsTitle: Bool = false) {
    let title = state.withLock { state in
      if !keepsTitle, let title = event.title { state.title = title }
      return state.title ?? title
    }
    // The end tells nothing new, and not even how far the work came.
    if event.kind != .end { show(ProgressLine(event, title: title)) }
  }

  /// Shows the latest line if that was held back.
  package func refresh() {
    if let line = state.withLock({ $0.current }) { show(line) }
  }
}
