import Contract

/// The server's log on standard error. A client that does not read it loses lines, and never stops the server.
struct ServiceLog: Sendable {
  private let level: LogLevel
  private let writer: BoundedWriter

  /// Bytes that wait for a reader of standard error.
  private static let room = 1 << 18

  init(_ sink: any TextSink, level: LogLevel) {
    self.level = level
    writer = BoundedWriter(sink, label: "llmbench.log", room: Self.room) { count in
      LogLine(.warning, "server", "Log lines were left out", [("count", "\(count)")]).text(at: .now())
    }
  }

  func log(
    _ level: LogLevel, _ component: String, _ message: @autoclosure () -> String,
    _ fields: @autoclosure () -> [(key: String, value: String)] = []
  ) {
    guard level <= self.level else { return }
    writer.add(LogLine(level, component, message(), fields()).text(at: .now()))
  }

  /// Waits a moment for the last lines to be written.
  func flush() { writer.flush(milliseconds: 200) }
}
