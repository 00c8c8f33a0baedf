#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Threads for work that blocks, which must not hold up the few threads that Swift's tasks share.
enum RunThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs the body on a new thread on which every signal is blocked, SIGPIPE included.
  static func run<Success: Sendable>(
    _ body: @escaping @Sendable () -> Result<Success, ExecutionError>
  ) async throws(ExecutionError) -> Success {
    let result = await withCheckedContinuation { continuation in
      let code = start { continuation.resume(returning: body()) }
      if code != 0 {
        let error = ExecutionError(.spawnFailed, "cannot start a thread: \(systemError(code))")
        continuation.resume(returning: .failure(error))
      }
    }
    return try result.get()
  }

  /// Runs the body on such a thread and does not wait for it.
  ///
  /// - Throws: ``ExecutionError`` with `spawnFailed`; the body is not called then.
  static func detach(_ body: @escaping @Sendable () -> Void) throws(ExecutionError) {
    let code = start(body)
    guard code == 0 else { throw ExecutionError(.spawnFailed, "cannot start a thread: \(systemError(code))") }
  }

  /// Returns 0, or the error code when there is no thread and the body will not be called.
  private static func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 1 << 20)
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    // A new thread starts with the mask of its maker: none of its instructions can be interrupted.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let code = pthread_create(&thread, &attributes, runWork, work.toOpaque())
    if code != 0 { work.release() }
    return code
  }

  #if canImport(Glibc)
    private static let runWork: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
      return nil
    }
  #else
    private static let runWork: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { context in
      Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
      return nil
    }
  #endif
}
