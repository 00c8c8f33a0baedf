import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Takes SIGINT, SIGTERM and SIGHUP for the process, and lets a write to a closed pipe fail instead of killing it.
///
/// Handlers are set rather than signals ignored or blocked: a program started from here gets the defaults back.
package enum SignalWatch {
  /// - Parameter onSignal: called on a queue of its own, once a signal.
  package static func start(onSignal: @escaping @Sendable () -> Void) {
    install(SIGPIPE) { _ in }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    signalPipe.store(ends[1], ordering: .releasing)
    watch(ends[0], onSignal)
    for number in [SIGINT, SIGTERM] { install(number, writeToPipe) }
    // `nohup` has it ignored, and means it.
    if !isIgnored(SIGHUP) { install(SIGHUP, writeToPipe) }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Glibc)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func install(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = handler
    #else
      action.__sigaction_u.__sa_handler = handler
    #endif
    action.sa_flags = Int32(SA_RESTART)
    sigaction(number, &action, nil)
  }

  private static func watch(_ end: Int32, _ onSignal: @escaping @Sendable () -> Void) {
    let source = DispatchSource.makeReadSource(
      fileDescriptor: end, queue: DispatchQueue(label: "llmbench.signals", qos: .userInteractive))
    source.setEventHandler {
      // The handler keeps its own source alive: the watch lasts as long as the process.
      withExtendedLifetime(source) {
        var byte: UInt8 = 0
        while read(end, &byte, 1) == 1 { onSignal() }
      }
    }
    source.activate()
  }
}

/// Where the handler tells of a signal; only an atomic may be touched there.
private let signalPipe = Atomic<Int32>(-1)

private func writeToPipe(_ number: Int32) {
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(signalPipe.load(ordering: .acquiring), &byte, 1)
  errno = saved
}
