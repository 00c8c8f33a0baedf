import Commands
import Contract
import Dispatch
import JSON
import Synchronization
import Testing

/// The pieces of the server's log and trace.
@Suite(.timeLimit(.minutes(1))) struct ServiceLogTests {
  // MARK: Lines

  private func line(_ fields: [(key: String, value: String)]) -> String {
    LogLine(.info, "rpc", "Something", fields).text(at: Timestamp(millisecondsSinceEpoch: 1_769_846_950_123))
  }

  @Test func `a line has a fixed form`() {
    #expect(line([]) == "2026-01-31T08:09:10.123Z info rpc Something\n")
    #expect(line([("a", "1"), ("b", "x/y")]) == "2026-01-31T08:09:10.123Z info rpc Something a=1 b=x/y\n")
  }

  @Test(arguments: [
    ("plain", "plain"), ("two words", #""two words""#), ("", #""""#), ("a=b", #""a=b""#), (#"a"b"#, #""a\"b""#),
    (#"a\b"#, #""a\\b""#), ("a\nb", #""a↵b""#), ("a\u{1B}[2J", #""a\\u{1b}[2J""#), ("ü", #""ü""#),
  ])
  func `a value is written so that it can be read back`(value: String, written: String) throws {
    #expect(line([("k", value)]).hasSuffix(" k=\(written)\n"))
    if written.hasPrefix("\"") { #expect(try JSONParser().parse(written).stringValue != nil) }
  }

  @Test func `a long value is cut`() {
    #expect(line([("k", String(repeating: "x", count: 100_000))]).utf8.count < 300)
  }

  @Test func `levels are ordered by what they leave out`() {
    #expect(LogLevel.allCases == LogLevel.allCases.sorted())
    #expect(LogLevel.error < .warning && LogLevel.info < .debug)
  }

  // MARK: The writer

  /// Blocks every write until it is opened.
  private final class Gate: TextSink {
    private let isOpen = DispatchSemaphore(value: 0)
    private let text = Mutex("")

    var written: String { text.withLock { $0 } }

    func write(_ added: String) {
      isOpen.wait()
      isOpen.signal()
      text.withLock { $0 += added }
    }

    func open() { isOpen.signal() }
  }

  @Test func `a sink that blocks costs lines, which are counted, and neither time nor memory`() {
    let gate = Gate()
    let writer = BoundedWriter(gate, label: "test", room: 1000) { "lost \($0)\n" }
    for number in 0..<100_000 { writer.add("line \(number)\n") }
    writer.flush(milliseconds: 1)
    gate.open()
    writer.flush(milliseconds: 30_000)
    let lines = gate.written.split(separator: "\n")
    let lost = lines.compactMap { $0.hasPrefix("lost ") ? Int($0.dropFirst(5)) : nil }
    #expect(gate.written.utf8.count < 2100)
    #expect(lines.count - lost.count + lost.reduce(0, +) == 100_000)
    writer.add("after\n")
    writer.flush(milliseconds: 30_000)
    #expect(gate.written.hasSuffix("\nafter\n"))
  }

  @Test func `lines keep their order, and one that is larger than the room is taken`() {
    let sink = BufferSink()
    let writer = BoundedWriter(sink, label: "test", room: 1 << 20) { "lost \($0)\n" }
    for number in 0..<5000 { writer.add("\(number)\n") }
    writer.flush(milliseconds: 30_000)
    writer.add(String(repeating: "x", count: 2 << 20))
    writer.flush(milliseconds: 30_000)
    #expect(sink.text.hasPrefix((0..<5000).map { "\($0)\n" }.joined()))
    #expect(sink.text.hasSuffix("xxx"))
  }

  @Test func `a failure is told once, and nothing is written from then on`() {
    let failures = Mutex<[SinkError]>([])
    let writer = BoundedWriter(
      BufferSink(failing: .failed(28)), label: "test", room: 1000, lostLine: { _ in "" },
      onFailure: { error in failures.withLock { $0.append(error) } })
    for _ in 0..<10 {
      writer.add("x\n")
      writer.flush(milliseconds: 30_000)
    }
    #expect(failures.withLock { $0 } == [.failed(28)])
  }

  // MARK: Tokens

  private func redacted(_ text: String, token: String? = "0123456789abcdef") -> String? {
    TokenRedaction(token: token).redacted(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    #"{"jsonrpc":"2.0", "id":1.50,"method":"benchmark.run","params":{"workDoneToken":"t"}}"#,
    #"{"method":"$/progress","params":{"token":"t","value":"\u00e9"}}"#, "no JSON", "", "[",
    #"{"method":"initialize","params":{"capabilities":{}}}"#,
  ])
  func `what holds no token is kept as it is`(_ text: String) { #expect(redacted(text) == text) }

  @Test(arguments: [
    #"{"method":"initialize","params":{"token":"secret"}}"#,
    #"{"method":"initialize","params":{"initializationOptions":{"token":"secret"}}}"#,
    #"{"method":"initialize","params":{"token":["secret"]}}"#,
    #"[{"method":"initialize","params":{"token":"secret"}}]"#,
    #"{"method":"initi\u0061lize","params":{"\u0074oken":"secret"}}"#,
    #"{"method":"auth","params":{"a":["0123456789abcdef secret"]}}"#,
    #"{"method":"auth","params":{"a":"\u00301234567\u0038 9abcdef"},"x":"0123456789abcdef secret"}"#,
  ])
  func `a token is replaced`(_ text: String) throws {
    let clean = try #require(redacted(text))
    #expect(!clean.contains("secret"))
    #expect(!clean.contains("0123456789abcdef"))
    #expect(clean.contains("[redacted]"))
    #expect((try? JSONParser().parse(clean)) != nil)
  }

  @Test(arguments: [
    #"{"method":"initialize","params":{"token":"secret"#, #"{"0123456789abcdef":1}"#, "0123456789abcdef",
    #"{"\u0030123456789abcdef":1}"#,
  ])
  func `a message that cannot be cleaned is withheld`(_ text: String) { #expect(redacted(text) == nil) }

  @Test func `without a token of its own a server looks at initialize alone`() {
    let text = #"{"method":"auth","params":{"a":"0123456789abcdef"}}"#
    #expect(redacted(text, token: nil) == text)
    #expect(redacted(#"{"method":"initialize","params":{"token":"x"}}"#, token: nil)?.contains("[redacted]") == true)
  }

  // MARK: Sizes

  @Test(arguments: [
    ("1", 1), ("4096", 4096), ("64KB", 64_000), ("64kb", 64_000), ("64KiB", 65_536), ("16MB", 16_000_000),
    ("16MiB", 16 << 20), ("1GiB", 1 << 30), ("2g", 2_000_000_000), ("3k", 3000), ("5m", 5_000_000),
  ])
  func `a number of bytes is read`(text: String, bytes: Int) { #expect(ByteSize(argument: text)?.bytes == bytes) }

  @Test(arguments: ["", "KB", "-1", "1.5MB", "1 MB", "0x10", "99999999999999999999", "9999999999999GiB", "1TB"])
  func `what is no number of bytes is refused`(_ text: String) { #expect(ByteSize(argument: text) == nil) }

  @Test(arguments: [(16 << 20, "16MiB"), (64_000, "64000"), (1024, "1KiB"), (0, "0")])
  func `a number of bytes is written the short way`(bytes: Int, text: String) {
    #expect("\(ByteSize(bytes: bytes))" == text)
  }
}
