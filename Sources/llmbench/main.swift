import Commands
import Contract

// The engine joins here: one factory, used by every command and by `serve`.
await Program.main(
  factory: ServiceFactory { _ throws in
    throw ServiceError(.unsupported, "This build has no engine of its own: name a running server with --connect.")
  })
