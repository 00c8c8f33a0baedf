package import Contract
package import Execution
package import GPUMetrics
package import ProblemService

/// What the methods outside a run need: made once, where the product is put together.
package struct ServiceTools: Sendable {
  package var executor: @Sendable () async throws(ExecutionError) -> CodeExecutor
  package var validateVue: @Sendable (ValidateVue.Params) async throws -> ValidateVue.Result
  package var providers: @Sendable () -> [ModelsList.Provider]
  package var inspect: @Sendable (ModelsInspect.Params) async throws(ServiceError) -> ModelsInspect.Result
  package var gpu: GPUMonitor
  package var checks: @Sendable () async -> [SystemDoctor.Check]
  package var problems: ProblemService

  package init(
    executor: @escaping @Sendable () async throws(ExecutionError) -> CodeExecutor,
    validateVue: @escaping @Sendable (ValidateVue.Params) async throws -> ValidateVue.Result,
    providers: @escaping @Sendable () -> [ModelsList.Provider],
    inspect: @escaping @Sendable (ModelsInspect.Params) async throws(ServiceError) -> ModelsInspect.Result,
    gpu: GPUMonitor, checks: @escaping @Sendable () async -> [SystemDoctor.Check], problems: ProblemService
  ) {
    self.executor = executor
    self.validateVue = validateVue
    self.providers = providers
    self.inspect = inspect
    self.gpu = gpu
    self.checks = checks
    self.problems = problems
  }
}
