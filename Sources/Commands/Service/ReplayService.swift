import Contract
import Dispatch
import JSON
import JSONRPC

/// Serves a session that was traced once more, and prints what the server says, a message a line.
///
/// Each message is sent when the answers have come that had come before it in the session, so that what built on an
/// answer does so again.
struct ReplayService {
  private let context: CommandContext
  private let session: SessionTrace
  private let limits: ServeLimits
  private let diagnostics: ServiceDiagnostics

  init(_ context: CommandContext, _ session: SessionTrace, limits: ServeLimits, diagnostics: ServiceDiagnostics) {
    self.context = context
    self.session = session
    self.limits = limits
    self.diagnostics = diagnostics
  }

  func run() async throws -> ExitStatus {
    let handle = try context.factory.make(context.settings)
    // Nothing waits for room: the session is in memory as it is.
    let (mine, theirs) = MemoryStream.pair(capacity: .max)
    var options = ConnectionOptions.server
    options.limits = limits.connectionLimits
    options.onEvent = diagnostics.record
    let connection = Connection(stream: theirs, options: options)
    connection.start(handler: handle.handler)
    await withTaskCancellationHandler {
      await play(to: mine)
    } onCancel: {
      connection.close()
    }
    let end = await connection.waitUntilClosed()
    await handle.shutdown()
    if session.withheldCount > 0 {
      let count = "\(session.withheldCount)"
      diagnostics.log.log(.warning, "server", "Messages were withheld from the trace", [("count", count)])
    }
    return end.exitCode == 0 ? .success : .failure
  }

  private func play(to stream: MemoryStream) async {
    var messages = Self.messages(from: stream, session.steps.first?.framing ?? .newline).makeAsyncIterator()
    var awaited = AwaitedAnswers(session.answers)
    let missing = session.withheldCount
    func hear(upTo count: Int) async {
      awaited.await(upTo: count)
      while awaited.outstanding > missing, let message = await messages.next() {
        context.console.printDocument(String(decoding: message, as: UTF8.self))
        if let key = SessionTrace.answerKey(message) { awaited.take(key) }
      }
    }
    for step in session.steps {
      await hear(upTo: step.answersBefore)
      guard (try? stream.writeAvailable(step.framing.frame(step.message)[...])) != nil else { break }
    }
    await hear(upTo: session.answers.count)
    stream.finishWriting()
    while let message = await messages.next() {
      context.console.printDocument(String(decoding: message, as: UTF8.self))
    }
  }

  private static func messages(from stream: MemoryStream, _ framing: Framing) -> AsyncStream<[UInt8]> {
    let (messages, continuation) = AsyncStream<[UInt8]>.makeStream()
    DispatchQueue(label: "llmbench.replay").async {
      var limits = ConnectionLimits()
      limits.maximumMessageBytes = .max
      var decoder = FrameDecoder(framing: framing, limits: limits)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case .bytes(let count) = stream.read(into: &buffer, timeout: nil) {
        decoder.append(buffer[..<count])
        while case .frame(let body)? = decoder.next() { continuation.yield(body) }
      }
      continuation.finish()
    }
    return messages
  }
}

/// Which of a session's answers have yet to come once more, in whatever order they come.
private struct AwaitedAnswers {
  private let answers: [String]
  private var awaitedCount = 0
  /// Answers awaited less those that came, by their key; below zero for one that came early.
  private var balance: [String: Int] = [:]
  private(set) var outstanding = 0

  init(_ answers: [String]) { self.answers = answers }

  mutating func await(upTo count: Int) {
    while awaitedCount < count {
      let key = answers[awaitedCount]
      awaitedCount += 1
      balance[key, default: 0] += 1
      if balance[key, default: 0] > 0 { outstanding += 1 }
    }
  }

  mutating func take(_ key: String) {
    balance[key, default: 0] -= 1
    if balance[key, default: 0] >= 0 { outstanding -= 1 }
  }
}
