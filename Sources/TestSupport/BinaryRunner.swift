#if os(Linux)
  import Dispatch
  package import Glibc
  import Synchronization

  /// Starts the built `llmbench` as a person would, with a limit on its time.
  package final class BinaryRunner: Sendable {
    package struct Ending: Equatable, Sendable {
      /// The exit code; 128 + the number of the signal that ended it.
      package var code: Int32
      package var output: String
      package var errors: String

      package init(code: Int32, output: String, errors: String) {
        self.code = code
        self.output = output
        self.errors = errors
      }
    }

    package struct Failure: Error, CustomStringConvertible {
      package let description: String
    }

    /// Where standard output and standard error of the program go.
    package enum Streams: Sendable { case pipes, terminal }

    package let processID: pid_t
    private let input: Mutex<Int32?>
    private let output: Stream
    private let errors: Stream
    private let status: Mutex<Int32?> = Mutex(nil)

    /// - Parameters:
    ///   - environment: all that the program sees, beside `PATH`.
    ///   - input: what it reads from standard input, which then ends; nil keeps it open for ``send(_:)``.
    ///   - streams: `terminal` gives it a pseudo-terminal of 80 columns for both outputs; what it writes there is
    ///     told as `output`.
    ///   - folder: where it is started; nil for this process's own.
    ///   - readsErrors: whether standard error is read at once; otherwise ``readErrors()`` begins.
    package init(
      _ arguments: [String], environment: [String: String] = [:], input: String? = "", streams: Streams = .pipes,
      folder: String? = nil, readsErrors: Bool = true
    ) throws {
      let path = try Self.binaryPath()
      let inputPipe = try Self.inputPair()
      let outputPipe = streams == .pipes ? try ClosingPipe.make() : try Self.terminal()
      let errorPipe = streams == .pipes ? try ClosingPipe.make() : nil
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_adddup2(&actions, inputPipe.read, 0)
      posix_spawn_file_actions_adddup2(&actions, outputPipe.write, 1)
      posix_spawn_file_actions_adddup2(&actions, errorPipe?.write ?? outputPipe.write, 2)
      // The Glibc module lacks the file action that changes the folder.
      let command = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [path] + arguments
      var process: pid_t = 0
      var variables = environment
      variables["PATH"] = getenv("PATH").map { String(cString: $0) }
      let code = Self.withCStrings(command) { arguments in
        Self.withCStrings(variables.map { "\($0)=\($1)" }) { environment in
          posix_spawn(&process, command[0], &actions, nil, arguments, environment)
        }
      }
      for end in [inputPipe.read, outputPipe.write, errorPipe?.write].compactMap({ $0 }) { close(end) }
      guard code == 0 else { throw Failure(description: "cannot start \(path): \(String(cString: strerror(code)))") }
      processID = process
      output = Stream(outputPipe.read)
      errors = Stream(errorPipe?.read, isPaused: !readsErrors)
      self.input = Mutex(inputPipe.write)
      guard let input else { return }
      send(input)
      endInput()
    }

    deinit {
      endInput()
      guard status.withLock({ $0 == nil }) else { return }
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }

    /// Runs the program to its end.
    package static func run(
      _ arguments: String..., environment: [String: String] = [:], input: String = ""
    ) async throws -> Ending {
      try await BinaryRunner(arguments, environment: environment, input: input).wait()
    }

    package func signal(_ number: Int32) { kill(processID, number) }

    /// Writes to standard input, as long as the program reads it.
    package func send(_ text: String) { send(bytes: Array(text.utf8)) }

    package func send(bytes: [UInt8]) {
      var bytes = bytes[...]
      input.withLock { input in
        while let descriptor = input, !bytes.isEmpty {
          let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
          guard count > 0 else { return }
          bytes = bytes.dropFirst(count)
        }
      }
    }

    /// Ends standard input.
    package func endInput() {
      input.withLock { input in
        if let descriptor = input { close(descriptor) }
        input = nil
      }
    }

    /// What was printed so far.
    package var outputText: String { output.text }
    package var errorText: String { errors.text }

    /// Whether nobody holds the other end of standard output any more.
    package var outputIsAtEnd: Bool { output.isAtEnd }

    /// Stops reading standard output, as `head` does when it has seen enough.
    package func closeOutput() { output.close() }

    /// Begins to read standard error that was left alone.
    package func readErrors() { errors.start() }

    /// Waits until standard error holds the text.
    package func waitForErrors(_ text: String, seconds: Double = 20) async throws {
      try await waitUntil("standard error to hold '\(text)'", seconds) { self.errors.text.contains(text) }
    }

    /// Waits until standard output holds the text.
    package func waitForOutput(_ text: String, seconds: Double = 20) async throws {
      try await waitUntil("standard output to hold '\(text)'", seconds) { self.output.text.contains(text) }
    }

    /// Waits for the end; kills the program when it takes too long.
    package func wait(seconds: Double = 30) async throws -> Ending {
      try await waitUntil("the end", seconds) { self.reap() && self.output.isAtEnd && self.errors.isAtEnd }
      let code = status.withLock { $0 ?? -1 }
      return Ending(code: code, output: output.text, errors: errors.text)
    }

    private func reap() -> Bool {
      status.withLock { status in
        if status != nil { return true }
        var raw: Int32 = 0
        guard waitpid(processID, &raw, WNOHANG) == processID else { return false }
        status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
        return true
      }
    }

    /// - Throws: ``Failure`` with all that was printed, when the time is over.
    package func waitUntil(_ what: String, _ seconds: Double = 20, _ condition: () -> Bool) async throws {
      let deadline = ContinuousClock.now + .seconds(seconds)
      while !condition() {
        guard ContinuousClock.now < deadline else {
          kill(processID, SIGKILL)
          throw Failure(description: "waited for \(what) in vain; errors: \(errors.text); output: \(output.text)")
        }
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  // MARK: - The system's side

  extension BinaryRunner {
    /// Collects what comes out of a descriptor on a queue of its own.
    private final class Stream: Sendable {
      private struct State {
        var bytes: [UInt8] = []
        var descriptor: Int32?
        var isAtEnd = false
      }

      private let state: Mutex<State>

      init(_ descriptor: Int32?, isPaused: Bool = false) {
        state = Mutex(State(descriptor: descriptor, isAtEnd: descriptor == nil))
        if !isPaused { start() }
      }

      func start() {
        guard let descriptor = state.withLock({ $0.descriptor }) else { return }
        DispatchQueue(label: "output").async { self.readAll(descriptor) }
      }

      var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }
      var isAtEnd: Bool { state.withLock { $0.isAtEnd } }

      func close() {
        state.withLock { state in
          if let descriptor = state.descriptor { Glibc.close(descriptor) }
          state.descriptor = nil
          state.isAtEnd = true
        }
      }

      private func readAll(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
          var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
          if poll(&entry, 1, 20) == 0 {
            if state.withLock({ $0.descriptor == nil }) { return }
            continue
          }
          // A pseudo-terminal whose other side has gone gives an error, not an end.
          let count = state.withLock { $0.descriptor == nil ? -1 : read(descriptor, &buffer, buffer.count) }
          if count <= 0 { return close() }
          state.withLock { $0.bytes.append(contentsOf: buffer.prefix(count)) }
        }
      }
    }

    /// The program lies beside the test bundle.
    package static func binaryPath() throws -> String {
      for argument in CommandLine.arguments where argument.contains(".xctest") {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard let bundle = parts.firstIndex(where: { $0.hasSuffix(".xctest") }) else { continue }
        let path = (parts[..<bundle] + ["llmbench"]).joined(separator: "/")
        if access(path, X_OK) == 0 { return path }
      }
      throw Failure(description: "llmbench is not beside the test bundle: \(CommandLine.arguments)")
    }

    /// A socket pair serves like a pipe, and writing to it raises no signal when the program is gone.
    private static func inputPair() throws -> (read: Int32, write: Int32) {
      var ends: [Int32] = [-1, -1]
      let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Failure(description: "cannot make a socket pair") }
      return (ends[0], ends[1])
    }

    private static func terminal() throws -> (read: Int32, write: Int32) {
      // What `posix_openpt`, `unlockpt` and `ptsname` do, which the Glibc module lacks: TIOCSPTLCK and TIOCGPTN.
      let near = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var isLocked: Int32 = 0
      var number: UInt32 = 0
      guard near >= 0, ioctl(near, 0x4004_5431, &isLocked) == 0, ioctl(near, 0x8004_5430, &number) == 0 else {
        throw Failure(description: "cannot make a terminal")
      }
      let far = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
      guard far >= 0 else { throw Failure(description: "cannot open the terminal") }
      var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(near, UInt(TIOCSWINSZ), &size)
      return (near, far)
    }

    private static func withCStrings<Value>(
      _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
      let pointers = strings.map { strdup($0) }
      defer { for pointer in pointers { free(pointer) } }
      return body(pointers + [nil])
    }
  }
#endif
