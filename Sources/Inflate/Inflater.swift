import CZlib

/// Unpacks data packed by zlib (RFC 1950) or gzip (RFC 1952, several members in a row too). Wraps zlib's `inflate`.
///
/// What comes out is bounded: a bomb costs no more than the limit.
package enum Inflater {
  /// Whether data begin as gzip's do.
  package static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// - Parameter limit: the most bytes that may come out.
  /// - Throws: ``InflateError`` for data that are neither, are cut short or damaged, or unpack to more than the limit.
  package static func inflate(_ bytes: [UInt8], limit: Int) throws(InflateError) -> [UInt8] {
    let outcome = bytes.withUnsafeBufferPointer { unpack($0, limit: limit) }
    return try outcome.get()
  }

  private static func unpack(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> Result<[UInt8], InflateError> {
    var stream = z_stream()
    // 32 more than the largest window: zlib tells the two headers apart itself.
    guard inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return .failure(InflateError("zlib cannot start: out of memory"))
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var position = 0
    while true {
      // zlib counts in 32 bits.
      let taken = min(input.count - position, 1 << 30)
      let (code, left, made) = step(&stream, input, from: position, count: taken, into: &piece)
      position += taken - left
      guard made <= limit - output.count else {
        return .failure(InflateError("the data unpack to more than \(limit) bytes"))
      }
      output += piece[..<made]
      switch code {
      case Z_STREAM_END:
        if position == input.count { return .success(output) }
        // Only gzip has members one after the other; zeros after the last are padding (gzip(1)).
        guard isGzip(input) else { return .failure(InflateError("something follows the packed data", at: position)) }
        if input[position...].allSatisfy({ $0 == 0 }) { return .success(output) }
        guard inflateReset(&stream) == Z_OK else { return .failure(InflateError("zlib cannot go on")) }
      case Z_OK, Z_BUF_ERROR:
        if made == 0, left == taken { return .failure(InflateError("the packed data end too early", at: position)) }
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "error \(code)"
        return .failure(InflateError("the packed data are damaged: \(reason)", at: position))
      }
    }
  }

  private static func step(
    _ stream: inout z_stream, _ input: UnsafeBufferPointer<UInt8>, from start: Int, count: Int,
    into piece: inout [UInt8]
  ) -> (code: Int32, inputLeft: Int, outputMade: Int) {
    piece.withUnsafeMutableBufferPointer { output in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.advanced(by: start))
      stream.avail_in = UInt32(count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      let code = CZlib.inflate(&stream, Z_NO_FLUSH)
      return (code, Int(stream.avail_in), output.count - Int(stream.avail_out))
    }
  }
}
