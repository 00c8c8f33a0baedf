import Client
import Commands
import Contract
import Glibc
import JSON
import JSONRPC
import TestSupport
import Testing

/// The built program with its own engine.
@Suite(.serialized, .timeLimit(.minutes(2))) struct EngineBinaryTests {
  private let folder: TemporaryFolder
  private let database: String

  init() throws {
    folder = try TemporaryFolder()
    database = folder.file("results.sqlite")
  }

  @Test func `events are generated, processed and shown`() async throws {
    let generated = try await BinaryRunner.run(
      "data", "generate", "--sizes", "100,1k", "--seed", "7", "--out", folder.path, "--json")
    #expect(generated.code == 0)
    #expect(generated.errors == "")
    let files = try JSONParser().parse(generated.output)["files"]?.arrayValue ?? []
    #expect(files.compactMap { $0["rows"]?.intValue } == [100, 1000])
    let path = try #require(files.last?["path"]?.stringValue)
    let processed = try await BinaryRunner.run("data", "process", path)
    #expect(processed.code == 0)
    #expect(processed.output.hasPrefix("1,000 rows, 50 groups: read "))
    let shown = try await BinaryRunner.run("data", "show", path, "--json-lines")
    #expect(shown.output.split(separator: "\n").count == 1000)
  }

  @Test func `a file that is not there is an error`() async throws {
    let ending = try await BinaryRunner.run("data", "process", folder.file("none.avro"), "--json")
    #expect(ending.code == 1)
    #expect(try JSONParser().parse(ending.output)["error"]?["kind"] == "fileNotFound")
  }

  @Test(arguments: [
    (["run", "frob", "--model", "local/x"], 2), (["run", "sorting", "--model", "frob/x"], 2),
    (["run", "sorting", "--model", "replay/none.jsonl"], 1),
    (["run", "sorting", "--model", "local/x", "--option", "frob=1"], 2), (["results", "show", "none"], 1),
    (["resume", "none"], 1), (["report", "none"], 1),
  ])
  func `what is unknown is an error that says so`(_ arguments: [String], code: Int) async throws {
    let ending = try await BinaryRunner(arguments + ["--database", database, "--json"]).wait()
    #expect(ending.code == Int32(code))
    let error = try JSONParser().parse(ending.output)["error"]
    #expect(error?["kind"] != nil)
    #expect(error?["message"]?.stringValue?.isEmpty == false)
  }

  @Test func `a server on standard streams answers, and ends when it is told to`() async throws {
    let path = try BinaryRunner.binaryPath()
    let client = try ServiceClient.spawn(path, ["serve", "--stdio", "--database", database])
    let result = try await client.initialize(processId: Int(getpid()))
    #expect(result.serverInfo.name == "llmbench")
    #expect(try await client.call(BenchmarkList.self, Empty()).suites.contains { $0.name == "sorting" })
    try await client.shutdown()
    await client.close()
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `a server stops cleanly on a signal`(_ signal: Int32) async throws {
    let port = folder.file("port")
    let program = try BinaryRunner(["serve", "--tcp", "127.0.0.1:0", "--port-file", port, "--database", database])
    try await program.waitForErrors("Listening on tcp://127.0.0.1:")
    let address = ServerAddress.tcp(
      host: "127.0.0.1", port: try #require(UInt16(try LocalFile.read(port).dropLast())))
    let client = try await ServiceClient.connect(to: address)
    #expect(try await !client.call(BenchmarkList.self, Empty()).suites.isEmpty)
    program.signal(signal)
    #expect(try await program.wait().code == 0)
    await client.close()
  }

  @Test func `an editor's socket is served`() async throws {
    let path = folder.file("editor.sock")
    let program = try BinaryRunner(["serve", "--pipe=\(path)", "--database", database])
    try await program.waitForErrors("Listening on unix://")
    let ending = try await BinaryRunner.run("suites", "--connect", "unix://\(path)", "--json")
    #expect(ending.code == 0)
    program.signal(SIGTERM)
    #expect(try await program.wait().code == 0)
  }
}
