package import Contract
package import Execution
package import GPUMetrics

/// What the methods outside a run need: made once, where the product is put together.
package struct ServiceTools: Sendable {
  package var executor: @Sendable () async throws(ExecutionError) -> CodeExecutor
  package var providers: @Sendable () -> [ModelsList.Provider]
  package var inspect: @Sendable (ModelsInspect.Params) async throws(ServiceError) -> ModelsInspect.Result
  package var gpu: GPUMonitor
  package var checks: @Sendable () async -> [SystemDoctor.Check]

  package init(
    executor: @escaping @Sendable () async throws(ExecutionError) -> CodeExecutor,
    providers: @escaping @Sendable () -> [ModelsList.Provider],
    inspect: @escaping @Sendable (ModelsInspect.Params) async throws(ServiceError) -> ModelsInspect.Result,
    gpu: GPUMonitor,
    checks: @escaping @Sendable () async -> [SystemDoctor.Check]
  ) {
    self.executor = executor
    self.providers = providers
    self.inspect = inspect
    self.gpu = gpu
    self.checks = checks
  }
}
