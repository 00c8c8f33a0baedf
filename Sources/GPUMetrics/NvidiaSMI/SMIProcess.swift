import CSpawn

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A command whose output is read line by line. It ends with the thread that started it, at the latest.
final class SMIProcess {
  private let pid: pid_t
  private let output: Int32
  private var pending: [UInt8] = []
  private var hasEnded = false
  private(set) var isGone = false

  /// A line that is longer is none of ours.
  private static let longestLine = 4096

  enum Event: Equatable {
    case line(String)
    case end
    case timeout
  }

  /// - Parameter environment: as `NAME=value`.
  init(_ executable: String, _ arguments: [String], environment: [String]) throws(GPUProblem) {
    var ends: [Int32] = [-1, -1]
    guard llmbench_pipe(&ends) == 0 else { throw GPUProblem("no pipe can be made: \(Self.text(errno))") }
    let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer {
      close(ends[1])
      if null >= 0 { close(null) }
    }
    var pid: pid_t = 0
    // Numbers have a decimal point everywhere with this locale.
    let code = Self.spawn(executable, arguments, ["LC_ALL=C"] + environment, [null, ends[1], ends[1]], &pid)
    guard code == 0 else {
      close(ends[0])
      throw GPUProblem("\(executable) cannot be started: \(Self.text(code))")
    }
    self.pid = pid
    output = ends[0]
    _ = fcntl(output, F_SETFL, fcntl(output, F_GETFL) | O_NONBLOCK)
  }

  deinit {
    kill()
    close(output)
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String], _ descriptors: [Int32], _ pid: inout pid_t
  ) -> Int32 {
    var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    return executable.withCString { path in
      words.withUnsafeMutableBufferPointer { words in
        variables.withUnsafeMutableBufferPointer { variables in
          descriptors.withUnsafeBufferPointer { descriptors in
            guard let words = words.baseAddress, let variables = variables.baseAddress,
              let first = descriptors.baseAddress
            else { return EINVAL }
            // What is 0 asks for nothing.
            let request = UnsafeMutableRawPointer.allocate(
              byteCount: MemoryLayout<llmbench_spawn_request>.size,
              alignment: MemoryLayout<llmbench_spawn_request>.alignment)
            defer { request.deallocate() }
            memset(request, 0, MemoryLayout<llmbench_spawn_request>.size)
            let whole = request.assumingMemoryBound(to: llmbench_spawn_request.self)
            whole.pointee.executable = path
            whole.pointee.arguments = UnsafePointer(words)
            whole.pointee.environment = UnsafePointer(variables)
            whole.pointee.descriptors = first
            whole.pointee.descriptor_count = descriptors.count
            whole.pointee.user = -1
            var step: UnsafePointer<CChar>?
            return llmbench_spawn(whole, &pid, &step)
          }
        }
      }
    }
  }

  private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// The next line.
  ///
  /// - Parameter deadline: on the monotonic clock, in seconds; 0 takes only what is there.
  func next(deadline: Double) -> Event {
    while true {
      if let newline = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: pending[..<newline], as: UTF8.self)
        pending.removeSubrange(...newline)
        return .line(line)
      }
      if hasEnded {
        guard !pending.isEmpty else { return .end }
        defer { pending = [] }
        return .line(String(decoding: pending, as: UTF8.self))
      }
      if pending.count > Self.longestLine {
        defer { pending = [] }
        return .line(String(decoding: pending.prefix(200), as: UTF8.self))
      }
      let left = max(0, deadline - MonotonicClock.seconds)
      var poller = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let ready = poll(&poller, 1, Int32(min(left * 1000, 60_000).rounded(.up)))
      if ready == 0 { return .timeout }
      if ready < 0, errno != EINTR { hasEnded = true }
      if ready > 0 { fill() }
    }
  }

  private func fill() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(output, &buffer, buffer.count)
    if count > 0 { pending += buffer[..<count] }
    if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { hasEnded = true }
  }

  /// Ends it. One that hangs in its driver cannot be ended, and is left to itself.
  func kill() {
    guard !isGone else { return }
    _ = Self.signal(-pid)
    _ = Self.signal(pid)
    for attempt in 0..<20 {
      if attempt > 0 { usleep(10_000) }
      var (exitCode, signal, seconds) = (Int32(0), Int32(0), 0.0)
      if llmbench_collect(pid, 0, &exitCode, &signal, &seconds) != 0 { break }
    }
    isGone = true
  }

  private static func signal(_ target: pid_t) -> Int32 {
    #if canImport(Glibc)
      Glibc.kill(target, SIGKILL)
    #else
      Darwin.kill(target, SIGKILL)
    #endif
  }
}

/// Seconds that never go back.
enum MonotonicClock {
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
