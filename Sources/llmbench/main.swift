import Assembly
import Commands
import Server

// The engine joins here: every command and `serve` reach it through this one factory.
await Program.main(
  factory: ServiceFactory { settings in
    let configuration = ServiceConfiguration(
      databasePath: settings.databasePath, environment: settings.environment)
    let service = ServiceAssembly.makeService(configuration)
    return ServiceHandle(
      handler: service, shutdown: { await service.shutdown() }, onProblem: { service.onProblem($0) })
  })
