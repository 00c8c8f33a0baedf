import CCurl
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The mailbox of the transfer thread: callers leave commands, the thread carries them out.
///
/// The thread starts with the first request. It ends after ``stop()``, having ended every transfer.
final class TransferLoop: Sendable {
  enum Command {
    case start(Exchange)
    case cancel(Exchange)
    case resume(Exchange)
    case expire(Exchange, ContinuousClock.Instant)
  }

  private struct State {
    var commands: [Command] = []
    var hasThread = false
    var isStopped = false
    /// Set while the thread may be woken. Only `curl_multi_wakeup` is ever called on it outside the thread.
    var multi: UnsafeMutableRawPointer?
  }

  let configuration: HTTPConfiguration
  private let state = Mutex(State())

  /// `curl_global_init` must run once and before anything else; a lazy constant does just that.
  private static let globalState: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  init(_ configuration: HTTPConfiguration) { self.configuration = configuration }

  func start(_ exchange: Exchange) {
    let wasStopped = state.withLock { state in
      if !state.isStopped { state.commands.append(.start(exchange)) }
      return state.isStopped
    }
    if wasStopped { return exchange.finish(.failure(.cancelled(exchange.target))) }
    if !hasRunningThread() { return exchange.finish(.failure(Self.cannotStart)) }
    wake()
  }

  func cancel(_ exchange: Exchange) { post(.cancel(exchange)) }
  func resume(_ exchange: Exchange) { post(.resume(exchange)) }
  func expire(_ exchange: Exchange, at instant: ContinuousClock.Instant) { post(.expire(exchange, instant)) }

  func stop() {
    state.withLock { $0.isStopped = true }
    wake()
  }

  private func post(_ command: Command) {
    // Nobody would take it after the end, and the command would keep this object alive.
    state.withLock { state in
      if !state.isStopped { state.commands.append(command) }
    }
    wake()
  }

  private func wake() {
    // Under the lock, so that the thread cannot free the handle meanwhile.
    state.withLock { state in
      if let multi = state.multi { _ = llmbench_curl_multi_wake(multi) }
    }
  }

  // MARK: - The thread

  private static let cannotStart = HTTPError(code: .other, message: "libcurl or its thread could not be started")

  private func hasRunningThread() -> Bool {
    state.withLock { state in
      if state.hasThread { return true }
      guard Self.globalState == CURLE_OK, let multi = llmbench_curl_multi_new() else { return false }
      state.multi = multi
      state.hasThread = startThread()
      if !state.hasThread {
        state.multi = nil
        llmbench_curl_multi_free(multi)
      }
      return state.hasThread
    }
  }

  private func startThread() -> Bool {
    let context = Unmanaged.passRetained(self).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(&thread, nil, { transferThread($0) }, context)
      if code == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, { transferThread($0) }, context)
      if code == 0 { pthread_detach(thread) }
    #endif
    if code != 0 { Unmanaged<TransferLoop>.fromOpaque(context).release() }
    return code == 0
  }

  fileprivate func run() {
    blockSignals()
    guard let multi = state.withLock({ state in UInt(bitPattern: state.multi) }).pointer else { return }
    let worker = TransferWorker(multi: multi, configuration: configuration)
    while true {
      let (commands, isStopped) = state.withLock { state in
        defer { state.commands.removeAll(keepingCapacity: true) }
        return (state.commands, state.isStopped)
      }
      for command in commands { worker.handle(command) }
      if isStopped { break }
      worker.work()
      worker.wait()
    }
    worker.endAll()
    state.withLock { $0.multi = nil }
    llmbench_curl_multi_free(multi)
  }

  /// A write to a closed TLS connection raises SIGPIPE in the writing thread, and no other signal has business here.
  private func blockSignals() {
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}

extension UInt {
  fileprivate var pointer: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: self) }
}

private func transferThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}
