#if os(Linux)
  import Glibc

  /// The reading end of a child's output stream with what was kept of it.
  struct StreamBuffer: ~Copyable {
    private(set) var bytes: [UInt8] = []
    /// Whether there was more than was to be kept.
    private(set) var overflowed = false
    private var source: Descriptor?
    private let limit: Int

    init(_ source: consuming Descriptor, limit: Int) {
      source.makeNonBlocking()
      self.source = consume source
      self.limit = limit
    }

    /// What to wait for; -1 once the stream has ended.
    var descriptor: Int32 {
      switch source {
      case .some(let source): source.number
      case .none: -1
      }
    }

    /// Reads what is there without waiting, into a buffer lent by the caller.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) {
      while descriptor >= 0 {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 {
          keep(buffer.prefix(count))
          if overflowed { source = nil }
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
          source = nil
        } else if errno == EAGAIN {
          return
        }
      }
    }

    private mutating func keep(_ chunk: Slice<UnsafeMutableRawBufferPointer>) {
      let room = limit - bytes.count
      if chunk.count > room { overflowed = true }
      bytes += chunk.prefix(room)
    }
  }

  /// The writing end of a child's input stream with what is still to be written.
  struct StreamFeed: ~Copyable {
    private let bytes: [UInt8]
    private var written = 0
    private var target: Descriptor?

    init(_ target: consuming Descriptor, bytes: [UInt8]) {
      target.makeNonBlocking()
      self.bytes = bytes
      self.target = bytes.isEmpty ? nil : consume target
    }

    /// What to wait for; -1 once all is written or nobody reads any more.
    var descriptor: Int32 {
      switch target {
      case .some(let target): target.number
      case .none: -1
      }
    }

    /// Writes as much as fits without waiting. SIGPIPE must be blocked in the calling thread.
    mutating func write() {
      while descriptor >= 0 {
        let count = bytes.withUnsafeBytes {
          Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
        }
        if count >= 0 {
          written += count
          if written == bytes.count { target = nil }
        } else if errno == EAGAIN {
          return
        } else if errno != EINTR {
          target = nil
        }
      }
    }
  }
#endif
