import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Notices that the process that started a server, as `processId` of `initialize` names it, is gone.
///
/// Only for a server on stdio: over TCP the number may belong to another machine.
package final class ParentWatch: Sendable {
  private let isStopped = Atomic(false)

  /// Looks now and then on a thread of its own, and calls `onExit` once when the process has ended.
  ///
  /// - Parameters:
  ///   - processID: a positive number; otherwise nothing is watched.
  ///   - interval: between two looks.
  package init(processID: Int, interval: Duration = .seconds(3), onExit: @escaping @Sendable () -> Void) {
    guard processID > 0, let process = pid_t(exactly: processID) else { return }
    let isParent = getppid() == process
    let (seconds, attoseconds) = interval.components
    let pause = UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    _ = BackgroundThread.start { [weak self] in
      while true {
        guard let isStopped = self?.isStopped.load(ordering: .relaxed), !isStopped else { return }
        // A parent that ended but was not waited for still answers to signals; its child has a new parent, though.
        if Self.isGone(process) || isParent && getppid() != process { return onExit() }
        usleep(max(1000, pause))
      }
    }
  }

  deinit { stop() }

  package func stop() { isStopped.store(true, ordering: .relaxed) }

  private static func isGone(_ process: pid_t) -> Bool { kill(process, 0) != 0 && errno == ESRCH }
}
