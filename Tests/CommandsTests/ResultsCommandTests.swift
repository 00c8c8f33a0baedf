import Commands
import Contract
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct ResultsCommandTests {
  /// A run of 250 samples, handed out in pages. Pages of more than `most` do not fit into a message.
  private func service(most: Int = .max) -> FakeService {
    FakeService { request in
      let start = request.params?["cursor"]?.stringValue.flatMap { Int($0) } ?? 0
      let limit = request.params?["limit"]?.intValue ?? 100
      guard limit <= most else { throw RPCError(.responseTooLarge, "The result is too large.") }
      let end = min(start + limit, 250)
      let samples = try (start..<end).map { try Sample.json(Self.sample($0)) }
      return ["samples": .array(samples), "nextCursor": end < 250 ? .string(String(end)) : nil]
    }
  }

  private static func sample(_ index: Int) -> SampleRecord {
    let start = Timestamp(millisecondsSinceEpoch: 0)
    return SampleRecord(
      runId: "r", model: "a/b", sampleId: "s\(index)", epoch: 1, outcome: .passed, prompt: "p", expected: nil,
      startedAt: start, finishedAt: start)
  }

  private func count(_ test: TestProgram) throws -> Int? {
    try JSONParser().parse(test.output.text)["samples"]?.arrayValue?.count
  }

  @Test func `a hundred samples come unless more are wanted`() async throws {
    let test = TestProgram(service())
    #expect(await test.run("results", "samples", "r", "--json") == 0)
    #expect(try count(test) == 100)
    let people = TestProgram(service())
    #expect(await people.run("results", "samples", "r", "--limit", "120") == 0)
    #expect(people.output.text.split(separator: "\n").count == 121)
    #expect(people.errors.text == "There are more: --all, or --cursor 120\n")
  }

  @Test(arguments: [Int.max, 30, 1])
  func `all samples come, in pages that fit`(_ most: Int) async throws {
    let test = TestProgram(service(most: most))
    #expect(await test.run("results", "samples", "r", "--all", "--json") == 0)
    let samples = try JSONParser().parse(test.output.text)["samples"]?.arrayValue
    #expect(samples?.compactMap { $0["sampleId"]?.stringValue } == (0..<250).map { "s\($0)" })
  }

  @Test func `one sample too large for a message is an error`() async {
    let test = TestProgram(service(most: 0))
    #expect(await test.run("results", "samples", "r") == 1)
    #expect(test.errors.text == "error: The result is too large.\n")
  }

  @Test func `filters are passed on`() async {
    let service = service()
    _ = await TestProgram(service).run(
      "results", "samples", "r", "--outcome", "failed", "--model", "a/b", "--limit", "3", "--cursor", "7")
    #expect(
      service.requests.first?.params
        == ["runId": "r", "outcome": "failed", "model": "a/b", "limit": 3, "cursor": "7"])
  }

  @Test func `reading in full stops when nobody reads`() async {
    let service = service()
    let test = TestProgram(output: BufferSink(failing: .brokenPipe), service)
    #expect(await test.run("results", "samples", "r", "--all", "--full") == 0)
    #expect(service.requests.count == 1)
    #expect(test.errors.text == "")
  }

  @Test func `runs are filtered by the server`() async throws {
    let service = FakeService { _ in ["runs": [], "nextCursor": nil] }
    let test = TestProgram(service)
    #expect(
      await test.run(
        "results", "list", "--suite", "sorting", "--model", "a/b", "--status", "interrupted", "--since", "2026-01-31",
        "--limit", "5") == 0)
    #expect(
      service.requests.first?.params
        == [
          "suite": "sorting", "model": "a/b", "status": "interrupted", "since": "2026-01-31T00:00:00.000Z", "limit": 5,
        ])
    #expect(test.output.text == "")
    #expect(test.errors.text == "No stored run fits.\n")
  }
}

@Suite(.timeLimit(.minutes(1))) struct DataShowCommandTests {
  private let service = FakeService { request in
    let offset = request.params?["offset"]?.intValue ?? 0
    let limit = request.params?["limit"]?.intValue ?? 100
    let end = max(offset, min(offset + limit, 2500))
    return [
      "schema": "long", "codec": "null", "total": 2500,
      "records": .array((offset..<end).map { .integer(Int64($0)) }),
    ]
  }

  @Test(arguments: [
    ([], 2500, 0), (["--limit", "3"], 3, 0), (["--offset", "2400"], 100, 2400), (["--offset", "9999"], 0, 0),
  ])
  func `JSON lines come until the limit or the end`(_ options: [String], _ count: Int, _ first: Int) async {
    let test = TestProgram(service)
    #expect(await test.program.run(["data", "show", "x.avro", "--json-lines"] + options) == 0)
    let lines = test.output.text.split(separator: "\n")
    #expect(lines.count == count)
    if count > 0 { #expect(lines.first == "\(first)") }
  }
}
