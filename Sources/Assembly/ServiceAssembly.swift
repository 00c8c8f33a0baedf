import Benchmark
import ContextWindowSuite
import Contract
import Engine
import EventsSuite
import Execution
import GPUMetrics
import Results
package import Server
import SortingSuite

/// Puts the product together: the one place that names every suite, and where a new one is registered.
package enum ServiceAssembly {
  package static func makeService(_ configuration: ServiceConfiguration) -> Service {
    let executors = SharedExecutor(environment: configuration.environment)
    let suites: [any Suite] = [
      EventsContextSuite(),
      EventsCodegenSuite { () async throws(ExecutionError) in try await executors.executor() },
      SortingSuite(),
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
      models: models, gpu: gpu)
    let tools = ServiceTools(
      executor: { () async throws(ExecutionError) in try await executors.executor() },
      providers: { models.providers },
      inspect: { (params) async throws(ServiceError) in try await models.inspect(params) },
      gpu: gpu,
      checks: { await doctor.checks() })
    return Service(engine: engine, tools: tools)
  }
}
