import EventPrograms
import Execution
import JSON
import Testing

#if canImport(Glibc)
  import Glibc
#endif

enum Machine {
  private static let detection = Task { () -> Result<CodeExecutor, ExecutionError> in
    var environment: [String: String] = [:]
    for name in ["PATH", "HOME", "VIRTUAL_ENV", "LLMBENCH_BUN", "LLMBENCH_DENO", "LLMBENCH_NODE"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    do throws(ExecutionError) {
      return .success(try await CodeExecutor.detect(environment: environment))
    } catch {
      return .failure(error)
    }
  }

  /// The JavaScript runtimes of this machine.
  static func runtimes() async throws -> [LanguageRuntime.Name] {
    try await detection.value.get().catalog.runtimes.map(\.name).filter { $0 != .python }
  }

  static func runner(_ name: LanguageRuntime.Name, mostCharacters: Int = 1 << 20) async throws -> EventProgramRunner {
    let executor = try await detection.value.get()
    return EventProgramRunner(
      executor: CodeExecutor(catalog: executor.catalog.only(name), sandbox: executor.sandbox),
      mostResultCharacters: mostCharacters)
  }
}

@Suite(.timeLimit(.minutes(5))) struct EventProgramTests {
  private static let events = [("user1", 100), ("user2", 20), ("user10", 60), ("user1", 51), ("usér", -7)]
  private static let limits = ExecutionLimits(cpuSeconds: 30, wallSeconds: 120)

  /// Runs the snippet on every runtime there is.
  private func run(
    _ snippet: String, file: EventFile? = nil, limits: ExecutionLimits = limits, mostCharacters: Int = 1 << 20,
    _ check: (EventProgramResult) throws -> Void
  ) async throws {
    let file = file ?? EventFile(events: Self.events)
    let names = try await Machine.runtimes()
    try #require(!names.isEmpty)
    for name in names {
      try check(
        try await Machine.runner(name, mostCharacters: mostCharacters).run(
          snippet: snippet, language: .typescript, eventFile: file.path, limits: limits))
    }
  }

  private static let averages: JSONValue = [
    ["id": "user1", "avg": 75.5], ["id": "user10", "avg": 60],
  ]

  private static let body = """
    Object.entries(events.filter(e => e.duration >= 50).reduce((groups, e) => {
      (groups[e.userId] ??= []).push(e.duration);
      return groups;
    }, {} as Record<string, number[]>))
      .map(([id, list]) => ({ id, avg: Math.round(list.reduce((a, b) => a + b, 0) / list.length * 100) / 100 }))
      .sort((a, b) => a.id.localeCompare(b.id))
    """

  @Test func `a snippet that assigns the result gives it, with times`() async throws {
    try await run("result = \(Self.body);") { answer in
      #expect(answer.result == Self.averages, "\(answer.message ?? "")")
      #expect(answer.failure == nil)
      #expect(answer.rows == 5)
      #expect((answer.loadSeconds ?? -1) > 0)
      #expect((answer.computeSeconds ?? -1) > 0)
      #expect(answer.execution.verdict == .ok)
    }
  }

  @Test(arguments: [
    "const result = BODY;",
    "let result: { id: string; avg: number }[] = BODY // done",
    "var result = BODY",
    "interface Event { userId: string; duration: number }\\nreturn BODY",
    "console.log(JSON.stringify(BODY, null, 2))",
    "console.log('working'); console.log(BODY)",
    "function process(events: { userId: string, duration: number }[]) {\\n  return BODY;\\n}",
    "const process = (events: any[]): any => BODY;",
    "const process = async (events: any[]) => { return BODY };",
    "export function process(events: any) {\\n  return BODY;\\n}",
    "export default function (events: any) {\\n  return BODY;\\n}",
    "export default BODY",
    "function process(list: any) {\\n  const events = list;\\n  console.log(BODY);\\n}",
    "result = (events: any) => BODY",
    "result = Promise.resolve(BODY)",
    "await new Promise<void>((done) => setTimeout(done, 1)); result = BODY",
  ])
  func `other ways to leave a result are understood`(snippet: String) async throws {
    let snippet = snippet.replacing("\\n", with: "\n").replacing("BODY", with: Self.body)
    try await run(snippet) { answer in
      #expect(answer.result == Self.averages, "\(answer.message ?? "")")
    }
  }

  @Test func `what a snippet prints does not spoil the result`() async throws {
    let snippet = """
      console.log("[1, 2, 3]"); console.error("x");
      console.log(new Array(1000).fill("noise").join("\\n"));
      await new Promise<void>((done) => setTimeout(done, 1));
      result = { count: events.length, "ключ": "\\u2028 😀 \\n" }
      """
    try await run(snippet) { answer in
      #expect(answer.result == ["count": 5, "ключ": "\u{2028} 😀 \n"])
    }
  }

  @Test(arguments: [
    ("null.x", EventProgramResult.Failure.snippetFailed), ("throw 'up'", .snippetFailed),
    ("const x = 1", .noResult), ("result = undefined", .noResult), ("this is not code", .programFailed),
    ("result = 1n", .snippetFailed), ("(globalThis as any).process?.exit(0)", .programFailed),
    ("const a: any = []; a[0] = a; result = a", .snippetFailed), ("result = 'x'.repeat(2000)", .resultTooLarge),
    ("while (true) {}", .limitReached), ("await new Promise(() => setInterval(() => {}, 1000))", .limitReached),
    ("result = (() => { throw null })()", .snippetFailed),
  ])
  func `a snippet that gives no result has a reason`(
    snippet: String, failure: EventProgramResult.Failure
  ) async throws {
    let limits = ExecutionLimits(cpuSeconds: 1.5, wallSeconds: 6)
    try await run(snippet, limits: limits, mostCharacters: 1000) { answer in
      #expect(answer.failure == failure, "\(answer.message ?? "")")
      #expect(answer.result == nil)
      #expect(answer.message?.isEmpty == false)
    }
  }

  @Test func `a snippet's changes to the language do not reach the report`() async throws {
    let snippet = "JSON.stringify = () => 'false'; console.log = null as any; result = [events[0].userId]"
    try await run(snippet) { #expect($0.result == ["user1"]) }
  }

  @Test func `errors of a snippet carry its own line numbers`() async throws {
    try await run("\n\nconst x: number = 1;\n  throw new Error(String(new Error().stack))") { answer in
      #expect(answer.message?.contains("main.") == true)
      #expect(answer.message?.contains(":4:") == true, "\(answer.message ?? "")")
    }
  }

  @Test func `a deflated file is read`() async throws {
    // Raw DEFLATE with one stored block (RFC 1951, 3.2.4).
    let records = EventFile.string("ä") + EventFile.number(1_000_000) + EventFile.string("") + EventFile.number(-1)
    let length = UInt16(records.count)
    let packed =
      [1, UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)] + records
    try await run("result = events", file: EventFile(codec: "deflate", blocks: [(2, packed)])) { answer in
      #expect(
        answer.result == [["userId": "ä", "duration": 1_000_000], ["userId": "", "duration": -1]],
        "\(answer.message ?? "")")
    }
  }

  @Test func `records of other types are read`() async throws {
    let schema = """
      {"type":"record","name":"R","fields":[{"name":"a","type":["null","long"]},{"name":"b","type":"double"},
      {"name":"c","type":{"type":"array","items":"boolean"}},{"name":"d","type":{"type":"enum","name":"E","symbols":["X","Y"]}},
      {"name":"e","type":{"type":"map","values":"float"}},{"name":"f","type":["null","R"]},{"name":"__proto__","type":"int"}]}
      """
    let number = EventFile.number
    let inner = number(0) + [0, 0, 0, 0, 0, 0, 0xf8, 0x3f] + number(0) + number(1) + number(0) + number(0) + number(5)
    let record =
      number(1) + number(9_007_199_254_740_991) + [0, 0, 0, 0, 0, 0, 0xf8, 0x3f] + number(2) + [1, 0] + number(0)
      + number(0) + number(1) + EventFile.string("k") + [0, 0, 0x20, 0x40] + number(0) + number(1) + inner + number(-3)
    let file = EventFile(schema: schema, codec: nil, blocks: [(1, record)])
    try await run("const e = events[0] as any; result = [e, Object.keys(e).length]", file: file) { answer in
      let first = answer.result?[0]
      #expect(first?["a"]?.intValue == 9_007_199_254_740_991, "\(answer.message ?? "")")
      #expect(first?["b"] == 1.5)
      #expect(first?["c"] == [true, false])
      #expect(first?["d"] == "X")
      #expect(first?["e"]?["k"]?.doubleValue == 2.5)
      #expect(first?["f"]?["d"] == "Y")
      #expect(first?["__proto__"]?.intValue == -3)
      #expect(answer.result?[1]?.intValue == 7)
    }
  }

  @Test func `a damaged or foreign file is not the snippet's fault`() async throws {
    let record = EventFile.string("user1") + EventFile.number(5)
    let files = [
      EventFile(blocks: [(1, record)], cutting: 20), EventFile(codec: "snappy", blocks: [(1, record)]),
      EventFile(blocks: [(1_000_000, record)]), EventFile(blocks: [(-1, record)]),
      EventFile(schema: "\"nonsense\"", blocks: [(1, record)]), EventFile(schema: "{", blocks: []),
      EventFile(blocks: [(1, EventFile.number(-5))]), EventFile(blocks: [(1, EventFile.number(1 << 40))]),
    ]
    for file in files {
      try await run("result = 1", file: file) { answer in
        #expect(answer.failure == .loadFailed)
        #expect(answer.message?.isEmpty == false)
      }
    }
  }

  @Test func `a file without events gives an empty array`() async throws {
    try await run("result = events", file: EventFile(events: [])) { answer in
      #expect(answer.result == [])
      #expect(answer.rows == 0)
    }
  }

  @Test func `a missing file is an error`() async throws {
    let name = try #require(try await Machine.runtimes().first)
    await #expect {
      try await Machine.runner(name).run(snippet: "", language: .javascript, eventFile: "/nonexistent.avro")
    } throws: {
      ($0 as? ExecutionError)?.code == .invalidRequest
    }
  }

  @Test func `a snippet in Python is refused`() async throws {
    let name = try #require(try await Machine.runtimes().first)
    await #expect {
      try await Machine.runner(name).run(snippet: "", language: .python, eventFile: "/etc/passwd")
    } throws: {
      ($0 as? ExecutionError)?.code == .unsupportedLanguage
    }
  }
}
