import Contract
import JSON
import JSONRPC

struct LifecycleHandlers: Sendable {
  let suites: [String]
  let methods: [String]

  func register(in registry: inout MethodRegistry) {
    let names = (methods + [Initialize.name, Shutdown.name]).sorted()
    let runs = [BenchmarkRun.name, BenchmarkResume.name, BenchmarkAttach.name]
    registry.register(Initialize.self) { _, _ in
      Initialize.Result(
        serverInfo: .init(name: "llmbench", version: ProgramVersion.current),
        capabilities: .init(
          methods: names,
          workDoneProgress: runs + [DataGenerate.name, DataProcess.name], partialResults: runs, suites: suites))
    }
    registry.register(Shutdown.self) { _, _ in nil }
  }
}
