#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells a thread that waits in `poll` that its run is no longer wanted.
final class CancellationSignal: Sendable {
  private let readEnd: Descriptor
  private let writeEnd: Descriptor

  init() throws(ExecutionError) {
    let pipe = try Descriptor.Pipe()
    readEnd = pipe.readEnd
    writeEnd = pipe.writeEnd
  }

  /// A descriptor that is readable once the signal was given.
  var descriptor: Int32 { readEnd.number }

  /// Waits for one giving of the signal and takes it back.
  func await() {
    var byte: UInt8 = 0
    while read(readEnd.number, &byte, 1) < 0, errno == EINTR {}
  }

  func cancel() {
    var byte: UInt8 = 1
    _ = write(writeEnd.number, &byte, 1)
  }
}
