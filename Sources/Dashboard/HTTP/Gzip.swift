import CZlib

/// Compresses bodies (RFC 1952).
enum Gzip {
  /// nil where that would not make it smaller.
  static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    // A header of its own takes more than this saves.
    guard bytes.count > 256, bytes.count < Int(UInt32.max) / 2 else { return nil }
    var stream = z_stream()
    // 15 bits of window, and 16 to ask for a gzip header.
    guard
      deflateInit2_(
        &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, uLong(bytes.count)))
    var input = bytes
    let result = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      count = input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = uInt(output.count)
        return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
      }
    }
    return result.isEmpty || result.count >= bytes.count ? nil : result
  }
}
