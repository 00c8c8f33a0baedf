import JSONRPC
import Synchronization

/// Takes all that is written and remembers each write.
final class CountingStream: ByteStream {
  private let state = Mutex<[[UInt8]]>([])
  private let input: MemoryStream

  /// - Parameter input: what is read; nothing comes from the default.
  init(input: MemoryStream = MemoryStream.pair().0) { self.input = input }

  let peer = "counter"

  /// The bytes of each write.
  var writes: [[UInt8]] { state.withLock { $0 } }

  func read(into buffer: inout [UInt8], timeout: Duration?) -> ReadOutcome {
    input.read(into: &buffer, timeout: timeout)
  }

  func writeAvailable(_ bytes: ArraySlice<UInt8>) -> Int {
    state.withLock { $0.append(Array(bytes)) }
    return bytes.count
  }

  func waitUntilWritable() {}
  func stopReading() { input.stopReading() }
  func close() { input.close() }
}
