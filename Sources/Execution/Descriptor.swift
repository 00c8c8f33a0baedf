import CSpawn

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file descriptor that is closed when its owner goes.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  func makeNonBlocking() { _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK) }
}

extension Descriptor {
  /// The two ends of a pipe, both closed on exec.
  struct Pipe: ~Copyable {
    let readEnd: Descriptor
    let writeEnd: Descriptor

    /// - Throws: ``ExecutionError`` with `spawnFailed` when no more descriptors can be had.
    init() throws(ExecutionError) {
      var ends: [Int32] = [-1, -1]
      guard llmbench_pipe(&ends) == 0 else {
        throw ExecutionError(.spawnFailed, "cannot make a pipe: \(lastSystemError()); raise the limit on open files")
      }
      readEnd = Descriptor(ends[0])
      writeEnd = Descriptor(ends[1])
    }
  }
}

/// The text of the current `errno`.
func lastSystemError() -> String { systemError(errno) }

func systemError(_ code: Int32) -> String {
  var text = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
  return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
