#if os(Linux)
  import CSpawn
  import Glibc

  /// One run of a process under limits, from start to the end of its last descendant. Blocks the calling thread,
  /// which must be a thread of its own with all signals blocked.
  struct ProgramRun: ~Copyable {
    /// Why the run was ended before the program did.
    enum StopReason { case cpuTime, wallTime, memory, output, processes, cancelled }

    struct Outcome: Sendable {
      var stopReason: StopReason?
      /// How the started process itself ended.
      var ending: SpawnedProcess.Ending?
      /// The exit code that the sandbox reported for the program; nil when the program never started.
      var reportedExitCode: Int?
      var memoryKills = 0
      var standardOutput: [UInt8] = []
      var standardError: [UInt8] = []
      var outputTruncated = false
      var cpuSeconds = 0.0
      var wallSeconds = 0.0
      var peakMemoryBytes: Int?
    }

    private let limits: ExecutionLimits
    private let process: SpawnedProcess
    private let group: MemoryGroup?
    private let cancellation: CancellationSignal
    private let processDescriptor: Descriptor
    private var input: StreamFeed
    private var output: StreamBuffer
    private var errors: StreamBuffer
    private var status: StreamBuffer
    private var sandboxRoot: pid_t?
    private var stopReason: StopReason?
    private var stopTime: Double?
    private var ending: SpawnedProcess.Ending?
    private var peakBytes: Int?
    private var polledCPUSeconds = 0.0
    private let startTime = Self.now()
    private var nextReadingTime = 0.0

    /// Between two readings of the process tree, in seconds.
    private static let readingInterval = 0.015
    /// How long a killed tree may take to disappear before it is killed by other means.
    private static let patience = 1.0
    private static let statusBytes = 4096

    /// Starts the process.
    ///
    /// - Throws: ``ExecutionError`` with `spawnFailed` or `invalidRequest`.
    private init(
      _ plan: LaunchPlan, standardInput: [UInt8], limits: ExecutionLimits, group: MemoryGroup?,
      cancellation: CancellationSignal
    ) throws(ExecutionError) {
      let inputPipe = try Descriptor.Pipe()
      let outputPipe = try Descriptor.Pipe()
      let errorPipe = try Descriptor.Pipe()
      let statusPipe = try Descriptor.Pipe()
      let files = try PassedDescriptors(plan.passedFiles)
      let entrance = group?.openEntrance()
      let entranceNumber: [Int32] =
        switch entrance {
        case .some(let entrance): [entrance.number]
        case .none: []
        }
      if group != nil, entranceNumber.isEmpty {
        throw ExecutionError(.spawnFailed, "the control group made for the run has disappeared: run it again")
      }
      let standard = [
        inputPipe.readEnd.number, outputPipe.writeEnd.number, errorPipe.writeEnd.number, statusPipe.writeEnd.number,
      ]
      if let owner = plan.streamOwner { for stream in standard.prefix(3) { _ = fchown(stream, owner, owner) } }
      let process = try SpawnedProcess(plan, descriptors: standard + files.numbers, groups: entranceNumber)
      let pidfd = llmbench_pidfd_open(process.pid)
      if pidfd < 0 {
        let reason = lastSystemError()
        kill(process.pid, SIGKILL)
        _ = process.collect(waiting: true)
        throw ExecutionError(.spawnFailed, "cannot watch the process: \(reason); a kernel of 5.3 or later is needed")
      }
      self.process = process
      processDescriptor = Descriptor(pidfd)
      self.limits = limits
      self.group = group
      self.cancellation = cancellation
      input = StreamFeed(inputPipe.writeEnd, bytes: standardInput)
      output = StreamBuffer(outputPipe.readEnd, limit: limits.outputBytes)
      errors = StreamBuffer(errorPipe.readEnd, limit: limits.outputBytes)
      status = StreamBuffer(statusPipe.readEnd, limit: Self.statusBytes)
    }

    /// Runs the process to its end.
    static func perform(
      _ plan: LaunchPlan, standardInput: [UInt8], limits: ExecutionLimits, group: MemoryGroup?,
      cancellation: CancellationSignal
    ) throws(ExecutionError) -> Outcome {
      var run = try ProgramRun(
        plan, standardInput: standardInput, limits: limits, group: group, cancellation: cancellation)
      withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
        while run.ending == nil { run.step(buffer) }
        run.waitForSandboxRoot()
        run.readAll(buffer)
      }
      return run.outcome()
    }

    private mutating func step(_ buffer: UnsafeMutableRawBufferPointer) {
      let isStopping = stopReason != nil
      var waits = [
        pollfd(fd: processDescriptor.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isStopping ? -1 : cancellation.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: status.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isStopping ? -1 : output.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isStopping ? -1 : errors.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isStopping ? -1 : input.descriptor, events: Int16(POLLOUT), revents: 0),
      ]
      let wait = max(min(nextReadingTime, startTime + limits.wallSeconds) - Self.now(), 0)
      _ = poll(&waits, nfds_t(waits.count), Int32(min((wait * 1000).rounded(.up), isStopping ? 20 : 1000)))
      if waits[1].revents != 0 { stop(.cancelled) }
      if waits[2].revents != 0 { readStatus(buffer) }
      if !isStopping {
        if waits[3].revents != 0 { output.read(into: buffer) }
        if waits[4].revents != 0 { errors.read(into: buffer) }
        if waits[5].revents != 0 { input.write() }
        if output.overflowed || errors.overflowed { stop(.output) }
      }
      // Limits before the end: a program that ends just after it went over a limit went over it.
      takeReadingIfDue()
      if waits[0].revents != 0 { ending = process.collect(waiting: true) ?? .init(cpuSeconds: polledCPUSeconds) }
      insistOnStop()
    }

    private mutating func readAll(_ buffer: UnsafeMutableRawBufferPointer) {
      readStatus(buffer)
      if stopReason == nil || stopReason == .output {
        output.read(into: buffer)
        errors.read(into: buffer)
        if output.overflowed || errors.overflowed { stopReason = .output }
      } else {
        output.read(into: buffer)
        errors.read(into: buffer)
      }
    }

    // MARK: - Limits

    private mutating func takeReadingIfDue() {
      let now = Self.now()
      if now - startTime >= limits.wallSeconds { stop(.wallTime) }
      guard now >= nextReadingTime, stopReason == nil else { return }
      nextReadingTime = now + Self.readingInterval
      guard let sandboxRoot else { return }
      let reading = ProcessTree(root: sandboxRoot).read()
      polledCPUSeconds = max(polledCPUSeconds, reading.cpuSeconds)
      if reading.cpuSeconds > limits.cpuSeconds { stop(.cpuTime) }
      // The shell that starts the program does not count.
      if reading.processes.count > limits.processes + 2 { stop(.processes) }
      if let group {
        if group.killCount > 0 { stop(.memory) }
      } else {
        checkMemory(reading)
      }
    }

    private mutating func checkMemory(_ reading: ProcessTree.Reading) {
      var bytes = reading.residentBytes
      if bytes > limits.memoryBytes { bytes = ProcessTree.proportionalBytes(of: reading.processes) }
      peakBytes = max(peakBytes ?? 0, bytes)
      if bytes > limits.memoryBytes { stop(.memory) }
    }

    // MARK: - Ending the run

    private mutating func stop(_ reason: StopReason) {
      guard stopReason == nil else { return }
      stopReason = reason
      stopTime = Self.now()
      // The first process inside goes first: the sandbox then collects it, and with it the time all have used.
      if let sandboxRoot { kill(sandboxRoot, SIGKILL) } else { killGroup() }
    }

    private mutating func insistOnStop() {
      guard ending == nil, let stopTime, Self.now() - stopTime > Self.patience else { return }
      killGroup()
      if let sandboxRoot { kill(sandboxRoot, SIGKILL) }
    }

    /// Everything that is not yet behind a session of its own: the sandbox while it is being set up.
    private func killGroup() {
      kill(-process.pid, SIGKILL)
      _ = llmbench_pidfd_kill(processDescriptor.number, SIGKILL)
    }

    /// When the sandbox itself was killed, the kernel ends what was inside a moment later.
    private mutating func waitForSandboxRoot() {
      guard let sandboxRoot, stopReason != nil else { return }
      for _ in 0..<500 where kill(sandboxRoot, 0) == 0 && isOurs(sandboxRoot) { usleep(2_000) }
    }

    /// Whether the process is still in a namespace of its own and not a later process with the same number.
    private func isOurs(_ pid: pid_t) -> Bool {
      ProcessTree.text("/proc/\(pid)/status").split(separator: "\n").contains {
        $0.hasPrefix("NSpid:") && $0.split(separator: "\t").count > 2
      }
    }

    // MARK: - Reports

    private mutating func readStatus(_ buffer: UnsafeMutableRawBufferPointer) {
      status.read(into: buffer)
      guard sandboxRoot == nil, let pid = reported("child-pid").flatMap(pid_t.init(exactly:)), pid > 1 else { return }
      sandboxRoot = pid
      nextReadingTime = 0
      if stopReason != nil { kill(pid, SIGKILL) }
    }

    /// The number after a key in what the sandbox has reported.
    private func reported(_ key: String) -> Int? {
      let text = String(decoding: status.bytes, as: UTF8.self)
      guard let start = text.split(separator: "\"\(key)\":").dropFirst().first else { return nil }
      return Int(start.drop { $0 == " " }.prefix { $0.isNumber })
    }

    private func outcome() -> Outcome {
      Outcome(
        stopReason: stopReason, ending: ending, reportedExitCode: reported("exit-code"),
        memoryKills: group?.killCount ?? 0, standardOutput: output.bytes, standardError: errors.bytes,
        outputTruncated: output.overflowed || errors.overflowed,
        cpuSeconds: max(ending?.cpuSeconds ?? 0, polledCPUSeconds), wallSeconds: Self.now() - startTime,
        peakMemoryBytes: group.map { $0.peakBytes } ?? peakBytes)
    }

    private static func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
  }

  /// The open descriptors of the files that a process inherits; closed when the value goes.
  struct PassedDescriptors: ~Copyable {
    private(set) var numbers: [Int32] = []

    init(_ files: [LaunchPlan.PassedFile]) throws(ExecutionError) {
      for file in files {
        let number: Int32
        switch file {
        case .bytes(let bytes):
          number = bytes.withUnsafeBytes { llmbench_memory_file($0.baseAddress, $0.count) }
          if number < 0 {
            throw ExecutionError(.spawnFailed, "cannot hold a file in memory: \(lastSystemError())")
          }
        case .hostFile(let path):
          number = open(path, O_RDONLY | O_CLOEXEC)
          if number < 0 {
            throw ExecutionError(.invalidRequest, "cannot read \(path): \(lastSystemError())")
          }
        }
        numbers.append(number)
      }
    }

    deinit { for number in numbers { close(number) } }
  }
#endif
