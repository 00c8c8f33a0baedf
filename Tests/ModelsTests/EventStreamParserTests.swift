import Models
import Testing

@Suite struct EventStreamParserTests {
  private func events(_ pieces: [[UInt8]]) -> [ServerSentEvent] {
    var parser = EventStreamParser()
    return pieces.flatMap { parser.append($0) }
  }

  private func events(_ text: String) -> [ServerSentEvent] { events([Array(text.utf8)]) }

  @Test(arguments: ["\n", "\r\n", "\r"]) func `each line ending of the standard ends a line`(_ end: String) {
    let text = ["data: a", "", ": comment", "event: x", "data:b", "data: c", "", "data", "", ""].joined(separator: end)
    #expect(
      events(text) == [
        ServerSentEvent(data: "a"), ServerSentEvent(type: "x", data: "b\nc"), ServerSentEvent(data: ""),
      ])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func `every split gives the same events`(_ end: String) {
    let lines = ["\u{FEFF}data: ä€😀", "id: 1", "retry: 10", "", ":", "data: {\"a\": \"b:c\"}", "data:  x", "", ""]
    let bytes = Array(lines.joined(separator: end).utf8)
    let whole = events([bytes])
    #expect(whole.map(\.data) == ["ä€😀", "{\"a\": \"b:c\"}\n x"])
    #expect(events(bytes.map { [$0] }) == whole)
    for cut in 0...bytes.count { #expect(events([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole) }
  }

  @Test func `an event without data is none, and type does not leak into the next`() {
    #expect(events("event: ping\n\ndata: x\n\n") == [ServerSentEvent(data: "x")])
  }

  @Test func `unknown fields are passed over`() {
    #expect(events("datax: 1\nfoo\ndata: y\n\n") == [ServerSentEvent(data: "y")])
  }

  @Test func `the end of the stream gives up what was not ended`() {
    var parser = EventStreamParser()
    #expect(parser.append(Array("data: a\n\ndata: [DO".utf8)) == [ServerSentEvent(data: "a")])
    #expect(parser.finish() == ServerSentEvent(data: "[DO"))
    #expect(parser.finish() == nil)
  }

  @Test func `an event without end stays bounded`() {
    var parser = EventStreamParser(maximumEventBytes: 1000)
    for _ in 0..<100 { _ = parser.append(Array(repeating: 0x78, count: 100)) }
    #expect(parser.isOverflowing)
    var lines = EventStreamParser(maximumEventBytes: 1000)
    for _ in 0..<100 { _ = lines.append(Array("data: xxxxxxxxxxxxxxxxxxxxxxxx\n".utf8)) }
    #expect(lines.isOverflowing)
  }
}
