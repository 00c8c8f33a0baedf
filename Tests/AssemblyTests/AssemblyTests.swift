import Assembly
import Contract
import JSON
import JSONRPC
import Server
import Testing

@Suite struct AssemblyTests {
  private let service = ServiceAssembly.makeService(
    ServiceConfiguration(databasePath: "/nowhere/store.sqlite", environment: [:]))

  @Test func `every declared method is answered`() {
    #expect(Set(service.methodNames) == Set(MethodTable.all.map { $0.name }))
  }

  /// What may wait must not be answered on the thread that reads.
  @Test func `only what neither waits nor takes long is answered at once`() throws {
    let quick = service.methodNames.filter { service.quickAnswer(to: $0) != nil }
    #expect(quick == ["benchmark.list", "models.list"])
    #expect(service.quickAnswer(to: "no.such") != nil)
  }

  // MARK: What `initialize` promises

  private func capabilities() async throws -> JSONValue {
    let (mine, theirs) = MemoryStream.pair()
    let server = Connection(stream: theirs, options: .server)
    server.start(handler: service)
    let client = Connection(stream: mine, options: .client)
    client.start(handler: NoMethods())
    let result = try await client.request("initialize", ["capabilities": [:]])
    client.close()
    await server.waitUntilClosed()
    return try #require(result["capabilities"])
  }

  private func takesTokens<M: Method>(_ method: M.Type) -> Bool { M.Params.self is any ProgressParams.Type }

  @Test func `every method that takes a token for progress is named, and no other`() async throws {
    let named = try await capabilities()["workDoneProgress"]?.arrayValue?.compactMap(\.stringValue) ?? []
    #expect(Set(named) == Set(MethodTable.all.filter { takesTokens($0) }.map { $0.name }))
    #expect(named.count == Set(named).count)
  }

  /// Some clients turn members into attributes of objects.
  @Test func `names of capabilities are identifiers`() async throws {
    let names = try #require(try await capabilities().objectValue).keys
    #expect(!names.isEmpty)
    for name in names { #expect(name.wholeMatch(of: /[a-z][A-Za-z0-9]*/) != nil, "\(name)") }
  }
}
