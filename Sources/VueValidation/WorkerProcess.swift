#if os(Linux)
  import CSpawn
  import Glibc

  /// A running worker. Belongs to the thread that started it, whose end kills it.
  final class WorkerProcess {
    private let pid: pid_t
    private let input: Int32
    private let output: Int32
    private let errors: Int32
    private let answerBytes: Int
    private var buffer: [UInt8] = []
    private var errorTail: [UInt8] = []
    private(set) var hasEnded = false
    /// How many requests it has answered.
    private(set) var answered = 0

    /// - Throws: ``WorkerFailure`` with `unavailable` where it cannot be started.
    init(_ command: WorkerCommand, limits: WorkerLimits) throws(WorkerFailure) {
      answerBytes = limits.answerBytes
      let payload = command.payload()
      let file = payload.withUnsafeBytes { llmbench_memory_file($0.baseAddress, $0.count) }
      guard file >= 0 else { throw .unavailable("no file in memory can be made") }
      defer { close(file) }
      var pipes: [[Int32]] = []
      for _ in 0..<3 {
        var ends: [Int32] = [-1, -1]
        guard llmbench_pipe(&ends) == 0 else {
          for pipe in pipes { for end in pipe { close(end) } }
          throw .unavailable("no pipe can be made: raise the limit on open files")
        }
        pipes.append(ends)
      }
      let (inputPipe, outputPipe, errorPipe) = (pipes[0], pipes[1], pipes[2])
      let started = Self.spawn(
        command.arguments(limits), descriptors: [inputPipe[0], outputPipe[1], errorPipe[1], file])
      for end in [inputPipe[0], outputPipe[1], errorPipe[1]] { close(end) }
      (input, output, errors) = (inputPipe[1], outputPipe[0], errorPipe[0])
      for end in [input, output, errors] { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
      switch started {
      case .success(let process): pid = process
      case .failure(let failure):
        pid = -1
        hasEnded = true
        throw failure
      }
    }

    deinit {
      end()
      for descriptor in [input, output, errors] { close(descriptor) }
    }

    private static func spawn(_ arguments: [String], descriptors: [Int32]) -> Result<pid_t, WorkerFailure> {
      var pid: pid_t = -1
      var step = ""
      let code = withCStrings(arguments) { arguments -> Int32 in
        withCStrings(["NO_COLOR=1", "DENO_NO_UPDATE_CHECK=1", "HOME=/nonexistent"]) { environment -> Int32 in
          descriptors.withUnsafeBufferPointer { descriptors -> Int32 in
            guard let first = descriptors.baseAddress, let executable = arguments[0] else { return EINVAL }
            var request = llmbench_spawn_request(
              executable: executable, arguments: arguments, environment: environment, descriptors: first,
              descriptor_count: descriptors.count, groups: nil, group_count: 0, staged_sources: nil, staged_count: 0,
              staging: nil, user: -1, cpu_seconds: 0, file_bytes: 0, open_files: 0, address_space_bytes: 0)
            var failed: UnsafePointer<CChar>?
            let code = llmbench_spawn(&request, &pid, &failed)
            step = failed.map { String(cString: $0) } ?? ""
            return code
          }
        }
      }
      guard code == 0 else {
        return .failure(
          .unavailable("\(arguments.first ?? "") cannot be started: \(step): \(String(cString: strerror(code)))"))
      }
      return .success(pid)
    }

    // MARK: - Exchange

    /// Sends a line and waits for one.
    ///
    /// - Parameters:
    ///   - cpuSeconds: processor time that the worker may use until it answers; nil for no limit.
    ///   - isCancelled: asked every 50 ms.
    func exchange(
      _ line: [UInt8]?, cpuSeconds: Double?, wallSeconds: Double, isCancelled: () -> Bool
    ) throws(WorkerFailure) -> [UInt8] {
      guard !hasEnded else { throw .crashed(errorText) }
      var unsent = (line.map { $0 + [UInt8(ascii: "\n")] } ?? [])[...]
      let start = Self.now()
      let cpuStart = cpuTime()
      while true {
        if let answer = takeLine() {
          answered += 1
          return answer
        }
        guard buffer.count <= answerBytes else {
          end()
          throw .crashed("the worker wrote more than \(answerBytes >> 20) MB without an end")
        }
        if isCancelled() {
          end()
          throw .cancelled
        }
        let elapsed = Self.now() - start
        if elapsed > wallSeconds {
          end()
          throw .limit("the check took longer than \(Self.text(wallSeconds)) s")
        }
        if let cpuSeconds, elapsed > cpuSeconds / 16, cpuTime() - cpuStart > cpuSeconds {
          end()
          throw .limit("the check took more than \(Self.text(cpuSeconds)) s of processor time")
        }
        wait(isSending: !unsent.isEmpty)
        if !unsent.isEmpty { send(&unsent) }
        readErrors()
        guard readOutput() else {
          if let answer = takeLine() {
            answered += 1
            return answer
          }
          end()
          let text = errorText
          if text.contains("heap out of memory") || text.contains("Fatal JavaScript out of memory") {
            throw .limit("the check needed more memory than a worker has")
          }
          throw .crashed(text)
        }
      }
    }

    private func wait(isSending: Bool) {
      var waits = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isSending ? input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      _ = poll(&waits, nfds_t(waits.count), 50)
    }

    private func send(_ unsent: inout ArraySlice<UInt8>) {
      let count = unsent.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count > 0 {
        unsent = unsent.dropFirst(count)
      } else if count < 0, errno == EPIPE {
        unsent = []
      }
    }

    /// False at the end of the output.
    private func readOutput() -> Bool {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output, &chunk, chunk.count)
      if count > 0 { buffer += chunk.prefix(count) }
      return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
    }

    private func readErrors() {
      var chunk = [UInt8](repeating: 0, count: 1 << 14)
      let count = read(errors, &chunk, chunk.count)
      guard count > 0 else { return }
      errorTail = Array((errorTail + chunk.prefix(count)).suffix(1 << 14))
    }

    private func takeLine() -> [UInt8]? {
      guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      let line = Array(buffer[..<end])
      buffer.removeSubrange(...end)
      return line
    }

    private var errorText: String {
      readErrors()
      let text = String(decoding: errorTail, as: UTF8.self)
      return text.isEmpty ? "it wrote nothing about it" : String(text.suffix(2000))
    }

    // MARK: - Facts

    /// Memory it has now, in bytes; 0 when unknown.
    var residentBytes: Int {
      let words = procFile("statm").split(separator: " ")
      return words.count > 1 ? (Int(words[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }

    /// Processor time used so far, in seconds.
    private func cpuTime() -> Double {
      // The name stands in parentheses and may hold anything; user and system time are fields 14 and 15.
      let fields = procFile("stat").split(separator: ")").last?.split(separator: " ") ?? []
      guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
      return (user + system) / Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
    }

    private func procFile(_ name: String) -> String {
      String(decoding: FileSystem.read("/proc/\(pid)/\(name)", largest: 1 << 16) ?? [], as: UTF8.self)
    }

    /// Kills it with all it has started.
    func end() {
      guard !hasEnded else { return }
      hasEnded = true
      kill(-pid, SIGKILL)
      kill(pid, SIGKILL)
      var (exitCode, signal, seconds): (Int32, Int32, Double) = (0, 0, 0)
      _ = llmbench_collect(pid, 1, &exitCode, &signal, &seconds)
    }

    private static func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func text(_ seconds: Double) -> String {
      seconds == seconds.rounded() && seconds < 1e6 ? "\(Int(seconds))" : "\(seconds)"
    }
  }

  /// Calls the body with a NULL-terminated array of C strings that lives as long as the call.
  private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
      withUnsafePointer(to: nil as UnsafeMutablePointer<CChar>?) { empty in body(buffer.baseAddress ?? empty) }
    }
  }
#endif
