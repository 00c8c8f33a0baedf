#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Wakes threads that wait for requests.
///
/// Sendable because everything in it is touched under its own mutex alone, and nothing of it moves.
final class PoolSignal: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var wakeUps = 0

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func wakeOne() { wake { pthread_cond_signal(condition) } }

  func wakeAll() { wake { pthread_cond_broadcast(condition) } }

  private func wake(_ how: () -> Int32) {
    pthread_mutex_lock(mutex)
    wakeUps &+= 1
    _ = how()
    pthread_mutex_unlock(mutex)
  }

  /// How often was woken up to now.
  var count: Int {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return wakeUps
  }

  /// Waits for a wake-up later than those that were counted. False when none came in the time.
  func wait(after seen: Int, seconds: Int) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    var until = timespec()
    clock_gettime(CLOCK_REALTIME, &until)
    until.tv_sec += seconds
    while wakeUps == seen {
      if pthread_cond_timedwait(condition, mutex, &until) != 0 { return wakeUps != seen }
    }
    return true
  }
}
