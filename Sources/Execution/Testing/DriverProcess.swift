#if os(Linux)
  import CSpawn
  import Glibc

  /// The sandbox of one session with the driver in it, from its start to the end of its last process. Owned by the
  /// thread that made it, whose end kills it. Every call blocks.
  struct DriverProcess: ~Copyable {
    enum Failure: Error {
      /// It has ended, with what it said last.
      case ended(String)
      case timedOut
      case cancelled
    }

    private let process: SpawnedProcess
    private let processDescriptor: Descriptor
    private let requests: Descriptor
    private let responses: Descriptor
    private let cancellation: CancellationSignal
    private var errors: StreamBuffer
    private var status: StreamBuffer
    private var sandboxRoot: pid_t?
    private var received: [UInt8] = []

    private static let errorBytes = 1 << 14
    private static let statusBytes = 4096
    /// A message of the driver is never larger: the limits on output are far below.
    private static let mostBytes = 3 << 30

    /// - Throws: ``ExecutionError`` with `spawnFailed` or `invalidRequest`.
    init(
      _ plan: LaunchPlan, group: MemoryGroup?, cancellation: CancellationSignal
    ) throws(ExecutionError) {
      let requestPipe = try Descriptor.Pipe()
      let responsePipe = try Descriptor.Pipe()
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
        throw ExecutionError(.spawnFailed, "the control group made for the session has disappeared: try it again")
      }
      let standard = [
        requestPipe.readEnd.number, responsePipe.writeEnd.number, errorPipe.writeEnd.number,
        statusPipe.writeEnd.number,
      ]
      let process = try SpawnedProcess(plan, descriptors: standard + files.numbers, groups: entranceNumber)
      let pidfd = llmbench_pidfd_open(process.pid)
      if pidfd < 0 {
        let reason = lastSystemError()
        kill(process.pid, SIGKILL)
        _ = process.collect(waiting: true)
        throw ExecutionError(.spawnFailed, "cannot watch the process: \(reason); a kernel of 5.3 or later is needed")
      }
      self.process = process
      self.cancellation = cancellation
      processDescriptor = Descriptor(pidfd)
      requests = requestPipe.writeEnd
      responses = responsePipe.readEnd
      requests.makeNonBlocking()
      responses.makeNonBlocking()
      errors = StreamBuffer(errorPipe.readEnd, limit: Self.errorBytes)
      status = StreamBuffer(statusPipe.readEnd, limit: Self.statusBytes)
    }

    deinit { end() }

    /// Sends a message, if there is one, and waits for the answer.
    mutating func exchange(_ message: [UInt8]?, seconds: Double) throws(Failure) -> DriverAnswer {
      let deadline = MonotonicClock.now() + seconds
      var unsent = (message ?? [])[...]
      while true {
        if let answer = try takeAnswer() { return answer }
        let isEnded = try wait(until: deadline, isSending: !unsent.isEmpty)
        if !unsent.isEmpty { try send(&unsent) }
        try receive()
        if isEnded, received.isEmpty { throw Failure.ended(lastWords) }
      }
    }

    /// Returns whether the process has ended.
    private mutating func wait(until deadline: Double, isSending: Bool) throws(Failure) -> Bool {
      var waits = [
        pollfd(fd: processDescriptor.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: cancellation.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: responses.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isSending ? requests.number : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: errors.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: status.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let left = deadline - MonotonicClock.now()
      guard left > 0 else { throw Failure.timedOut }
      _ = poll(&waits, nfds_t(waits.count), Int32(min((left * 1000).rounded(.up), 60_000)))
      if waits[1].revents != 0 { throw Failure.cancelled }
      withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { buffer in
        if waits[4].revents != 0 { errors.read(into: buffer) }
        if waits[5].revents != 0 { readStatus(buffer) }
      }
      return waits[0].revents != 0
    }

    private func send(_ unsent: inout ArraySlice<UInt8>) throws(Failure) {
      while !unsent.isEmpty {
        let count = unsent.withUnsafeBytes { write(requests.number, $0.baseAddress, $0.count) }
        if count > 0 {
          unsent = unsent.dropFirst(count)
        } else if errno == EAGAIN {
          return
        } else if errno != EINTR {
          // Its end is noticed by the process's descriptor.
          unsent = []
        }
      }
    }

    private mutating func receive() throws(Failure) {
      let descriptor = responses.number
      let failed = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer -> Bool in
        while true {
          let count = read(descriptor, buffer.baseAddress, buffer.count)
          if count > 0 {
            received += buffer.prefix(count)
            if received.count > Self.mostBytes { return true }
          } else if count == 0 {
            return true
          } else if errno != EINTR {
            return false
          }
        }
      }
      if failed, !hasWholeAnswer { throw Failure.ended(lastWords) }
    }

    private var answerLength: Int? {
      guard received.count >= 4 else { return nil }
      return received.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    private var hasWholeAnswer: Bool { answerLength.map { received.count >= $0 + 4 } ?? false }

    private mutating func takeAnswer() throws(Failure) -> DriverAnswer? {
      guard let length = answerLength, received.count >= length + 4 else { return nil }
      let bytes = received.count == length + 4 ? received : Array(received.prefix(length + 4))
      received.removeFirst(length + 4)
      guard let answer = DriverAnswer(bytes, from: 4) else { throw Failure.ended("it said what is no answer") }
      return answer
    }

    private var lastWords: String {
      let lines = String(decoding: errors.bytes, as: UTF8.self).split(separator: "\n")
      return lines.last.map { String($0.prefix(300)) } ?? "it ended without a word"
    }

    // MARK: - The end

    private mutating func readStatus(_ buffer: UnsafeMutableRawBufferPointer) {
      status.read(into: buffer)
      guard sandboxRoot == nil else { return }
      let text = String(decoding: status.bytes, as: UTF8.self)
      guard let start = text.split(separator: "\"child-pid\":").dropFirst().first else { return }
      sandboxRoot = pid_t(start.drop { $0 == " " }.prefix { $0.isNumber }).flatMap { $0 > 1 ? $0 : nil }
    }

    /// Kills the first process inside, with which the kernel ends all the others, and collects the sandbox.
    private func end() {
      // While the sandbox runs, the number of the process inside is not given to another.
      if let sandboxRoot, !hasEnded(within: 0) { kill(sandboxRoot, SIGKILL) }
      // Without a sandbox only the driver can end what it has started.
      if sandboxRoot == nil {
        var farewell = DriverMessage(fields: [("do", "end")], body: []).bytes[...]
        try? send(&farewell)
      }
      if !hasEnded(within: 1000) {
        kill(-process.pid, SIGKILL)
        _ = llmbench_pidfd_kill(processDescriptor.number, SIGKILL)
      }
      _ = process.collect(waiting: true)
    }

    private func hasEnded(within milliseconds: Int32) -> Bool {
      var wait = pollfd(fd: processDescriptor.number, events: Int16(POLLIN), revents: 0)
      return poll(&wait, 1, milliseconds) > 0
    }
  }
#endif
