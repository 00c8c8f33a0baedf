#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A stream to a server that this process starts, over the child's standard input and output.
///
/// The child has a process group of its own, so that an interrupt at the terminal reaches it as the end of its
/// input and it can finish in order.
package final class ChildProcessStream: ByteStream {
  /// How a child ended.
  package enum Exit: Sendable, Equatable {
    case code(Int32)
    case signal(Int32)
  }

  /// Where the child's standard error goes.
  package enum StandardError: Sendable, Equatable {
    case inherited
    case discarded
  }

  package let peer: String
  package let processID: Int32
  private let stream: FileDescriptorStream
  private let exit: Monitor<Exit?>
  private let terminationGrace: Duration

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the program, looked up in `PATH` when it has no slash, and what it is called with.
  ///   - environment: `NAME=VALUE`; nil for this process's own.
  ///   - terminationGrace: how long ``close()`` waits after each step: the end of input, SIGTERM, SIGKILL.
  /// - Throws: ``ByteStreamError`` when it can not be started.
  package init(
    arguments: [String], environment: [String]? = nil, standardError: StandardError = .inherited,
    terminationGrace: Duration = .seconds(2)
  ) throws(ByteStreamError) {
    guard let program = arguments.first else { throw ByteStreamError("no program to start") }
    let (mine, theirs) = try Descriptors.socketPair()
    stream = try FileDescriptorStream(input: mine, output: mine, peer: program)
    peer = program
    self.terminationGrace = terminationGrace
    processID = try Self.spawn(program, arguments, environment, theirs, standardError)
    exit = Monitor(nil)
    let (process, exit) = (processID, exit)
    let isStarted = BackgroundThread.start {
      let result = Self.wait(for: process)
      exit.update { $0 = result }
    }
    if !isStarted {
      kill(-processID, SIGKILL)
      throw ByteStreamError("the system has no thread left to watch \(program)")
    }
  }

  deinit { close() }

  package func read(into buffer: inout [UInt8], timeout: Duration?) -> ReadOutcome {
    stream.read(into: &buffer, timeout: timeout)
  }

  package func writeAvailable(_ bytes: ArraySlice<UInt8>) throws(ByteStreamError) -> Int {
    try stream.writeAvailable(bytes)
  }

  package func waitUntilWritable() { stream.waitUntilWritable() }

  package func stopReading() { stream.stopReading() }

  /// Ends the child's input at once. A child that stays gets SIGTERM and then SIGKILL, with its whole group.
  package func close() {
    stream.close()
    guard exit.withLock({ $0 == nil }) else { return }
    let (process, exit, grace) = (processID, exit, terminationGrace)
    _ = BackgroundThread.start {
      for signal in [SIGTERM, SIGKILL] {
        if exit.wait(timeout: grace, for: { $0 }) != nil { return }
        kill(-process, signal)
      }
    }
  }

  /// Blocks until the child has ended; nil when the time is over first. Not for async functions.
  package func waitForExit(timeout: Duration? = nil) -> Exit? { exit.wait(timeout: timeout) { $0 } }

  /// How the child ended; nil while it runs.
  package var exitStatus: Exit? { exit.withLock { $0 } }
}

extension ChildProcessStream {
  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String]?, _ wire: Descriptor,
    _ standardError: StandardError
  ) throws(ByteStreamError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, wire.number, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, wire.number, STDOUT_FILENO)
    if standardError == .discarded {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    configure(&attributes)

    var process: pid_t = 0
    let code = withCStrings(arguments) { arguments in
      withCStrings(environment ?? inheritedEnvironment) { environment in
        posix_spawnp(&process, program, &actions, &attributes, arguments, environment)
      }
    }
    guard code == 0 else { throw .of(code, "cannot start \(program)") }
    return process
  }

  /// A group of its own, and the usual signals: this process ignores SIGPIPE, which children would inherit.
  private static func configure(_ attributes: inout posix_spawnattr_t) {
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  private static var inheritedEnvironment: [String] {
    var entries: [String] = []
    var next = environ
    while let entry = next.pointee {
      entries.append(String(cString: entry))
      next += 1
    }
    return entries
  }

  private static func withCStrings<Value>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }

  private static func wait(for process: pid_t) -> Exit {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { return .code(-1) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .code((status >> 8) & 0xFF) : .signal(signal)
  }
}
