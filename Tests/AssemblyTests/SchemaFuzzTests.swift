import Assembly
import Contract
import Foundation
import JSON
import JSONRPC
import JSONSchema
import OpenRPC
import SeededRandom
import Server
import TestSupport
import Testing

/// Parameters made from the document's schemas, right and wrong ones, through the whole service.
@Suite(.timeLimit(.minutes(5))) struct SchemaFuzzTests {
  private struct Case {
    let method: String
    let params: JSONObject
    /// Whether nothing was changed in what the schema allows.
    let isRight: Bool
  }

  private static let caseCount = 1200
  /// Of these few are enough: they take long, or have nothing to choose.
  private static let rare: Set<String> = [
    "code.execute", "system.doctor", "rpc.discover", "models.list", "benchmark.list", "benchmark.check",
  ]

  @Test(arguments: [1, 2]) func `params are understood or refused as the document says`(_ seed: UInt64) async throws {
    try await withTemporaryFolder { folder in
      let service = ServiceAssembly.makeService(
        ServiceConfiguration(
          databasePath: "\(folder)/results.sqlite",
          environment: [
            "HOME": folder, "TMPDIR": folder, "PATH": "/usr/bin:/bin",
            "LLMBENCH_LOCAL_BASE_URL": "http://127.0.0.1:1/v1",
          ]))
      let (near, far) = MemoryStream.pair(capacity: 1 << 20)
      let server = Connection(stream: far, options: .server)
      server.start(handler: service)
      let client = Connection(stream: near, options: ConnectionOptions(role: .client, framing: .newline))
      client.start(handler: NoMethods())
      try await fuzz(client, seed, folder)
      client.close()
      await server.waitUntilClosed()
      await service.shutdown()
    }
  }

  private func fuzz(_ client: Connection, _ seed: UInt64, _ folder: String) async throws {
    let document = try OpenRPCDocument.make()
    let schemas = try MessageSchemas(document: document)
    try FileManager.default.copyItem(
      atPath: "\(packageFolder)/Protocol/examples/files/sorting.jsonl", toPath: "\(folder)/sorting.jsonl")
    _ = try await client.request("data.generate", ["sizes": [100], "output": .string(folder)])
    let run = try await client.request(
      "benchmark.run",
      [
        "suite": "sorting", "models": [.string("replay/\(folder)/sorting.jsonl")],
        "options": ["sizes": [3, 5], "samples": 2],
      ])
    #expect(run["status"] == "completed")
    var generator = ParamsGenerator(
      random: SeededGenerator(seed: seed), components: document["components"]?["schemas"]?.objectValue ?? [:],
      values: Self.values(folder, runId: run["runId"] ?? "latest"))
    var counts: [String: Int] = [:]
    for _ in 0..<Self.caseCount {
      guard let made = makeCase(document, &generator, folder) else { continue }
      let verdict = try await judge(made, client, try #require(schemas.entries[made.method]), schemas)
      counts[verdict, default: 0] += 1
    }
    // The choice is of use only as long as it reaches both sides.
    #expect(counts["accepted", default: 0] > Self.caseCount / 8, "\(counts)")
    #expect(counts["refused", default: 0] > Self.caseCount / 8, "\(counts)")
  }

  private func makeCase(_ document: JSONValue, _ generator: inout ParamsGenerator, _ folder: String) -> Case? {
    let methods = (document["methods"]?.arrayValue ?? []).filter { method in
      let name = method["name"]?.stringValue ?? ""
      return method["result"] != nil && !["initialize", "shutdown"].contains(name)
    }
    guard let method = generator.pick(methods), let name = method["name"]?.stringValue else { return nil }
    if Self.rare.contains(name), !generator.chance(15) { return nil }
    let values = generator.values
    defer { generator.values = values }
    // The options of an answer are not those of a suite.
    if name == "validate.answer" { generator.values["options"] = nil }
    let schema = MessageSchemas.paramsSchema(method)
    var params = generator.object(schema)
    let isRight = generator.chance(40)
    if !isRight { params = generator.mutated(params, schema) }
    // Nothing may be written outside the folder.
    if name == "data.generate", params["output"].map({ $0.isNull || $0.stringValue != nil }) ?? true {
      params["output"] = .string("\(folder)/out")
    }
    if ["results.export", "report.render"].contains(name), params["path"]?.stringValue != nil {
      params["path"] = .string("\(folder)/exported.jsonl")
    }
    if name == "data.fetch" {
      // Nor may anybody be asked.
      if params["output"].map({ $0.isNull || $0.stringValue != nil }) ?? true {
        params["output"] = .string("\(folder)/fetched")
      }
      if params["baseURL"].map({ $0.isNull || $0.stringValue != nil }) ?? true {
        params["baseURL"] = "http://127.0.0.1:1/set"
      }
    }
    if name == "code.grade", params["export"]?.stringValue != nil { params["export"] = .string("\(folder)/eval.json") }
    if params["record"]?.stringValue != nil { params["record"] = .string("\(folder)/recorded.jsonl") }
    return Case(method: name, params: params, isRight: isRight)
  }

  private func judge(
    _ made: Case, _ client: Connection, _ entry: MessageSchemas.Entry, _ schemas: MessageSchemas
  ) async throws -> String {
    let params = JSONValue.object(made.params)
    let text = "\(made.method) \(params.description.prefix(2000))"
    let problems = entry.params.problems(in: params)
    if made.isRight { #expect(problems == [], "made from the schema, and does not fit it: \(text)") }
    do {
      let result = try await client.request(made.method, params)
      #expect(problems == [], "accepted against the schema: \(text)")
      #expect(entry.result?.problems(in: result) == [], "result of \(text)")
      return "accepted"
    } catch let error as RPCError {
      #expect(error.code != .internalError, "\(error) of \(text)")
      #expect(entry.errorCodes.contains(Int(error.code.rawValue)), "\(error) of \(text)")
      #expect(schemas.problems(inError: error.json) == [], "\(error.json) of \(text)")
      // What the schema lets through may be refused for its meaning, never for its form.
      if problems == [], made.isRight { #expect(!error.message.hasPrefix("Invalid params:"), "\(error) of \(text)") }
      return "refused"
    }
  }

  private static func values(_ folder: String, runId: JSONValue) -> [String: [JSONValue]] {
    let replay = JSONValue.string("replay/\(folder)/sorting.jsonl")
    return [
      "suite": ["sorting", "events-context", "events-codegen", "sort"],
      "models": [
        [replay], [replay, "local/x"], ["nobody/x"], ["openai/x"], ["local/x"], ["x"], ["replay/no-such-file"],
      ],
      "options": [
        nil, ["sizes": [3, 5], "samples": 2], ["sizes": [3], "samples": 1, "seed": 3], ["size": 1], ["sizes": "3"],
        ["sizes": []], ["samples": 0], ["sizes": [3], "minimum": 9, "maximum": 1],
      ],
      "epochs": [nil, 1, 2], "retries": [0, 1], "budget": [nil, ["seconds": 5], ["usd": 1], ["tokens": 10]],
      "attemptTimeoutSeconds": [0.5, 2], "sampleTimeoutSeconds": [0.5, 2],
      "requestsPerMinute": [nil, 600_000],
      "baseURL": [nil, "http://127.0.0.1:1/v1", "not an address", "http://a:b@127.0.0.1/", ""],
      "runId": [runId, runId, "latest", "2", "", "no-such-run"],
      "runIds": [[runId], [runId, runId], ["latest"], ["none"]],
      "since": [nil, "2020-01-01T00:00:00Z", "2026-01-31"], "until": [nil, "2999-01-01T00:00:00.5+01:00"],
      "cursor": [nil, "", "x", "r00"],
      "path": [
        .string("\(folder)/events-100.avro"), .string("\(folder)/sorting.jsonl"), .string(folder), "", "no\u{0}",
      ],
      "sizes": [[1], [10, 20], [300]], "output": [.string("\(folder)/out"), .string("\(folder)/sorting.jsonl")],
      "keyField": [nil, "userId", "duration", "none"], "valueField": [nil, "duration", "userId"],
      "code": ["print(1)", "", "(", "import sys; sys.exit(3)"], "limits": [["cpuSeconds": 1, "wallSeconds": 5]],
      "record": [nil, .string("\(folder)/recorded.jsonl")],
      "rows": [nil, 1, 5, 30], "name": [nil, "tabular", "event-logs", "structural-truncated", "none"],
      "repositories": [nil, nil, .string("\(folder)/sorting.jsonl")],
    ]
  }
}
