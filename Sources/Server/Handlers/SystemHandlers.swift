import Contract
import JSONRPC

struct SystemHandlers: Sendable {
  let tools: ServiceTools

  func register(in registry: inout MethodRegistry) {
    registry.registerConstant(ModelsList.self) { ModelsList.Result(providers: tools.providers()) }
    registry.register(ModelsInspect.self) { params, _ in try await tools.inspect(params) }
    registry.register(SystemDoctor.self) { _, _ in SystemDoctor.Result(checks: await tools.checks()) }
  }
}
