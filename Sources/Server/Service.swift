import Contract
package import Engine
package import JSON
package import JSONRPC

/// Every method of the protocol over one engine. One value serves any number of connections.
package final class Service: MessageHandler {
  private let registry: MethodRegistry
  private let engine: Engine

  /// - Parameter tools: what the methods outside a run need.
  package init(engine: Engine, tools: ServiceTools) {
    self.engine = engine
    var registry = MethodRegistry()
    BenchmarkHandlers(engine: engine).register(in: &registry)
    DataHandlers().register(in: &registry)
    TokenHandlers().register(in: &registry)
    FormatHandlers().register(in: &registry)
    FormatDataHandlers().register(in: &registry)
    CodeHandlers(executor: tools.executor).register(in: &registry)
    ProblemHandlers(service: tools.problems).register(in: &registry)
    VueHandlers(validate: tools.validateVue).register(in: &registry)
    ResultsHandlers(engine: engine).register(in: &registry)
    SystemHandlers(tools: tools).register(in: &registry)
    GPUHandlers(monitor: tools.gpu).register(in: &registry)
    LifecycleHandlers(suites: engine.suiteDescriptors.map(\.name), methods: registry.names)
      .register(in: &registry)
    self.registry = registry
  }

  /// The methods that are answered.
  package var methodNames: [String] { registry.names }

  /// Cancels what outlives connections and waits until it is stored.
  package func shutdown() async { await engine.shutdown() }

  /// Says where to tell, in a sentence, what went wrong with a run that nobody may be waiting for.
  package func onProblem(_ tell: @escaping @Sendable (String) -> Void) { engine.onProblem(tell) }

  package func quickAnswer(to method: String) -> QuickAnswer? {
    if let answer = registry.quickAnswers[method] { return answer }
    if registry.handlers[method] != nil { return nil }
    return { request in throw RPCError.methodNotFound(request.method) }
  }

  package func handle(_ request: RequestContext) async throws -> JSONValue {
    guard let handler = registry.handlers[request.method] else {
      throw RPCError.methodNotFound(request.method)
    }
    return try await handler(request)
  }

  package func error(for error: any Error, in request: RequestContext) -> RPCError? {
    ErrorMapping.rpcError(for: error)
  }
}
