import Contract

struct VueHandlers: Sendable {
  let validate: @Sendable (ValidateVue.Params) async throws -> ValidateVue.Result

  func register(in registry: inout MethodRegistry) {
    registry.register(ValidateVue.self) { params, _ in try await validate(params) }
  }
}
