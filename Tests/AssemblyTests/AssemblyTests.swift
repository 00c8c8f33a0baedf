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
}
