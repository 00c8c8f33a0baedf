import Contract
import JSON
import JSONRPC

/// The handlers of all methods, by name. Each is typed: parameters are decoded before it and results encoded after.
struct MethodRegistry: Sendable {
  typealias Handler = @Sendable (RequestContext) async throws -> JSONValue

  private(set) var handlers: [String: Handler] = [:]

  var names: [String] { handlers.keys.sorted() }

  mutating func register<M: Method>(
    _ method: M.Type, _ body: @escaping @Sendable (M.Params, RequestContext) async throws -> M.Result
  ) {
    handlers[M.name] = { request in
      let params = try JSONValueDecoder().decode(M.Params.self, from: try Self.object(request.params))
      return try JSONValueEncoder().encode(try await body(params, request))
    }
  }

  /// Parameters are by name; none at all means an empty object.
  private static func object(_ params: JSONValue?) throws -> JSONValue {
    switch params {
    case nil: .object([:])
    case .object(let object)?: .object(object)
    default:
      throw RPCError.invalidParams("parameters are given by name, as an object")
    }
  }
}
