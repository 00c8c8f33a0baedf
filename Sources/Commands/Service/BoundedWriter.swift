import Dispatch
import Synchronization

/// Writes lines on a queue of its own, so that whoever has one never waits for the reader: what does not fit into the
/// room is left out and counted.
package final class BoundedWriter: Sendable {
  private struct State {
    var waiting = ""
    var lostCount = 0
    var isWriting = false
    var hasFailed = false
  }

  private let sink: any TextSink
  /// Bytes that may wait. One line always may.
  private let room: Int
  private let lostLine: @Sendable (Int) -> String
  private let onFailure: (@Sendable (SinkError) -> Void)?
  private let state = Mutex(State())
  private let queue: DispatchQueue

  /// - Parameters:
  ///   - lostLine: says how many lines were left out, with its line feed.
  ///   - onFailure: called once when a line cannot be written; nothing is written from then on. Nil to go on trying.
  package init(
    _ sink: any TextSink, label: String, room: Int, lostLine: @escaping @Sendable (Int) -> String,
    onFailure: (@Sendable (SinkError) -> Void)? = nil
  ) {
    self.sink = sink
    self.room = room
    self.lostLine = lostLine
    self.onFailure = onFailure
    queue = DispatchQueue(label: label)
  }

  /// Takes a line with its line feed.
  package func add(_ line: String) {
    let mustStart = state.withLock { state in
      if state.hasFailed { return false }
      let fits = state.waiting.isEmpty || state.waiting.utf8.count + line.utf8.count <= room
      if fits, state.lostCount == 0 { state.waiting += line } else { state.lostCount += 1 }
      if state.isWriting { return false }
      state.isWriting = true
      return true
    }
    if mustStart { queue.async { self.writeAll() } }
  }

  /// Waits until what was added is written, or for so many milliseconds.
  package func flush(milliseconds: Int) {
    let done = DispatchSemaphore(value: 0)
    queue.async { done.signal() }
    _ = done.wait(timeout: .now() + .milliseconds(milliseconds))
  }

  private func writeAll() {
    while let text = next() {
      do {
        try sink.write(text)
      } catch {
        fail(error)
      }
    }
  }

  private func next() -> String? {
    state.withLock { state in
      let lost = state.lostCount > 0 ? lostLine(state.lostCount) : ""
      let text = state.waiting + lost
      state.waiting = ""
      state.lostCount = 0
      state.isWriting = !text.isEmpty && !state.hasFailed
      return state.isWriting ? text : nil
    }
  }

  private func fail(_ error: SinkError) {
    guard let onFailure else { return }
    let isFirst = state.withLock { state in
      defer { state.hasFailed = true }
      return !state.hasFailed
    }
    if isFirst { onFailure(error) }
  }
}
