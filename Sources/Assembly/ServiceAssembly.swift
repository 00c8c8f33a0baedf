import Benchmark
import CodeProblemsSuite
import ContextWindowSuite
import Contract
import Engine
import EventsSuite
import Execution
import GPUMetrics
import ProblemService
import Results
package import Server
import SortingSuite
import VueSuite
import VueValidation

/// Puts the product together: the one place that names every suite, and where a new one is registered.
package enum ServiceAssembly {
  package static func makeService(_ configuration: ServiceConfiguration) -> Service {
    let executors = SharedExecutor(environment: configuration.environment)
    let vue = VueValidator(environment: configuration.environment)
    let behaviours = BehaviourRunner(validator: vue, environment: configuration.environment) {
      () async throws(ExecutionError) in try await executors.executor()
    }
    let suites: [any Suite] = [
      EventsContextSuite(),
      EventsCodegenSuite { () async throws(ExecutionError) in try await executors.executor() },
      SortingSuite(),
      CodeProblemsSuite { () async throws(ExecutionError) in try await executors.executor() },
      VueSuite(validator: vue, behaviours: behaviours),
      ContextWindowSuite(),
    ]
    let models = ModelDirectory(environment: configuration.environment)
    let path = configuration.databasePath ?? ResultStore.defaultPath(environment: configuration.environment)
    let prices = PriceSource(environment: configuration.environment)
    let gpu = GPUMonitor(GPUConfiguration(environment: configuration.environment))
    let engine = Engine(
      suites: suites, clients: models, prices: { () throws(ServiceError) in try prices.book() }, gpu: gpu,
      storeExists: { ResultStore.exists(path: path) },
      openStore: { () throws(ServiceError) in try ResultStore.open(path: path) })
    let doctor = Doctor(
      databasePath: path, openStore: { () throws(ServiceError) in try engine.results() }, executors: executors,
      models: models, vue: vue, behaviours: behaviours, gpu: gpu)
    let tools = ServiceTools(
      executor: { () async throws(ExecutionError) in try await executors.executor() },
      validateVue: { try await vue.validate($0) },
      providers: { models.providers },
      inspect: { (params) async throws(ServiceError) in try await models.inspect(params) },
      gpu: gpu,
      checks: { await doctor.checks() },
      problems: ProblemService(
        executor: { () async throws(ExecutionError) in try await executors.executor() },
        http: models.http))
    return Service(engine: engine, tools: tools)
  }
}
