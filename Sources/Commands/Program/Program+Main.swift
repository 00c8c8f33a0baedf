#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Program {
  /// Runs the command line of this process and ends it.
  package static func main(factory: ServiceFactory) async -> Never {
    fillStandardDescriptors()
    let environment = systemEnvironment()
    shareHeaps(environment)
    let console = Console.system(environment: environment)
    let interruption = Interruption {
      if console.errorIsTerminal { console.writeError("\r\u{1B}[K") }
      ChildProcesses.killAll()
      _exit(ExitStatus.interrupted.rawValue)
    }
    SignalWatch.start { interruption.signal() }
    let program = Program(
      console: console, environment: environment, factory: factory, interruption: interruption)
    let code = await program.run(Array(CommandLine.arguments.dropFirst()))
    // Other threads may be at work still, which a library's destructors would pull the ground from under.
    fflush(nil)
    _exit(code)
  }

  /// Opens what of the descriptors 0, 1 and 2 was started closed: a database that got number 1 would be printed
  /// into. Writing to them still fails, so that lost output is told.
  private static func fillStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is taken, which is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// glibc gives threads heaps of their own, eight for each processor, and none gets back what another has free: on a large
  /// machine memory would grow with the machine, not with the work. Small pieces come from a cache of each thread in any
  /// case. `MALLOC_ARENA_MAX` still says otherwise.
  private static func shareHeaps(_ environment: [String: String]) {
    #if canImport(Glibc)
      // <malloc.h>, which Swift's module of glibc leaves out.
      let arenaMax: Int32 = -8
      guard environment["MALLOC_ARENA_MAX"] == nil, let symbol = dlsym(nil, "mallopt") else { return }
      _ = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)(arenaMax, 2)
    #endif
  }

  private static func systemEnvironment() -> [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text)
      if let separator = pair.firstIndex(of: "=") {
        result[String(pair[..<separator])] = String(pair[pair.index(after: separator)...])
      }
      entry += 1
    }
    return result
  }
}
