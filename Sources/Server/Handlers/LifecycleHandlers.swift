import Contract
import JSON
import JSONRPC

struct LifecycleHandlers: Sendable {
  let suites: [String]
  let methods: [String]

  func register(in registry: inout MethodRegistry) {
    let names = (methods + [Initialize.name, Shutdown.name]).sorted()
    registry.register(Initialize.self) { _, _ in
      Initialize.Result(
        serverInfo: .init(name: "llmbench", version: ProgramVersion.current),
        capabilities: .init(
          methods: names,
          workDoneProgress: [BenchmarkRun.name, BenchmarkResume.name, DataGenerate.name, DataProcess.name],
          partialResults: [BenchmarkRun.name, BenchmarkResume.name], suites: suites))
    }
    registry.register(Shutdown.self) { _, _ in nil }
  }
}
