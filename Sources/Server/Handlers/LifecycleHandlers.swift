import Contract
import JSON
import JSONRPC
import OpenRPC

struct LifecycleHandlers: Sendable {
  let suites: [String]
  let methods: [String]

  func register(in registry: inout MethodRegistry) {
    let names = (methods + [Initialize.name, Shutdown.name, Discover.name]).sorted()
    registry.register(Initialize.self) { _, _ in
      Initialize.Result(
        serverInfo: .init(name: "llmbench", version: ProgramVersion.current),
        capabilities: .init(
          methods: names,
          workDoneProgress: Self.names { $0 is any ProgressParams.Type },
          partialResults: Self.names { $0 is any PartialResultParams.Type }, suites: suites))
    }
    registry.register(Shutdown.self) { _, _ in nil }
    registry.register(Discover.self) { _, _ in try OpenRPCDocument.make() }
  }

  /// The methods whose parameters are of a kind.
  private static func names(_ isOfKind: (any Decodable.Type) -> Bool) -> [String] {
    func params<M: Method>(_ method: M.Type) -> any Decodable.Type { M.Params.self }
    return MethodTable.all.filter { isOfKind(params($0)) }.map { $0.name }
  }
}
