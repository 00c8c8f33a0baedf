import JSON
import OpenRPC
import TestSupport
import Testing

/// The sessions in Protocol/examples, which authors of clients rely on.
@Suite(.timeLimit(.minutes(3))) struct TranscriptTests {
  private static let transcripts = Result { try Transcript.names().map(Transcript.init(named:)) }

  @Test func `there are transcripts, and all can be read`() throws {
    #expect(try Self.transcripts.get().count >= 12)
  }

  @Test(arguments: (try? transcripts.get()) ?? [])
  func `a session goes as it is written down`(_ transcript: Transcript) async throws {
    let schemas = try MessageSchemas(document: OpenRPCDocument.make())
    let silent = try SilentServer()
    #expect(!transcript.framings.isEmpty)
    for framing in transcript.framings {
      try await Workplace.with { place in
        var player = try TranscriptPlayer(
          transcript, framing, in: place, silentURL: silent.baseURL, schemas: schemas)
        try await player.play()
      }
    }
  }

  @Test(
    arguments: [
      ("1", 1, true), ("\"<integer>\"", 1, true), ("\"<integer>\"", 1.5, false), ("\"<number|null>\"", nil, true),
      ("\"<number>\"", nil, false), ("{\"a\":\"<any>\"}", ["a": [1]], true), ("{\"a\":\"<any>\"}", [:], false),
      ("{\"a\":\"<any>\"}", ["a": 1, "b": 2], false), ("{\"a\":[1,\"<string>\"]}", ["a": [1, "x"]], true),
      ("{\"a\":[1]}", ["a": [1, 2]], false), ("{\"a\":\"<time>\"}", ["a": "2026-01-31T08:09:10.123Z"], true),
      ("{\"a\":\"<time>\"}", ["a": "now"], false), ("{\"a\":0.1}", ["a": 0.100000000001], true),
      ("{\"a\":0.1}", ["a": 0.1001], false),
      ("{\"a\":\"<run:1>\",\"b\":\"run <run:1>\"}", ["a": "x", "b": "run x"], true),
      ("{\"a\":\"<run:1>\",\"b\":\"<run:1>\"}", ["a": "x", "b": "y"], false),
      ("[{\"id\":1},{\"id\":2}]", [["id": 2], ["id": 1]], true), ("[{\"id\":1}]", [["id": 2]], false),
    ] as [(String, JSONValue, Bool)])
  func `placeholders stand for what they say`(_ expected: String, _ actual: JSONValue, _ fits: Bool) throws {
    var pattern = MessagePattern(names: [:])
    #expect((pattern.difference(actual, from: try JSONParser().parse(expected)) == nil) == fits)
  }

  @Test(arguments: [
    #"{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"<string>","data":"<any>"}}"#,
    #"{"jsonrpc":"2.0","id":2,"error":"<any>"}"#,
  ])
  func `a session that goes otherwise is found`(_ answer: String) async throws {
    let schemas = try MessageSchemas(document: OpenRPCDocument.make())
    let lines = [
      #"{"transcript":1,"framings":["lines"],"arguments":["serve","--stdio"]}"#,
      #"{"from":"client","message":{"jsonrpc":"2.0","id":1,"method":"no.such.method"}}"#,
      "{\"from\":\"server\",\"message\":\(answer)}",
    ]
    let transcript = try Transcript(named: "made up", text: lines.joined(separator: "\n"))
    try await Workplace.with { place in
      var player = try TranscriptPlayer(transcript, .lines, in: place, silentURL: "", schemas: schemas)
      await #expect(throws: Unexpected.self) { try await player.play() }
    }
  }
}
