import CSnappy
import CZlib
import CZstd

/// Decompresses the blocks of one file, one after the other. Wraps zlib, snappy and zstd.
///
/// Output grows with what really comes out and ends at ``AvroLimits/blockBytes``: a bomb costs no more than that.
package final class AvroDecompressor {
  private let codec: AvroCodec
  private let limit: Int
  private let output = AvroBuffer()
  private var zlib: UnsafeMutablePointer<z_stream>?
  private var zstd: OpaquePointer?

  package init(codec: AvroCodec, limits: AvroLimits) {
    self.codec = codec
    limit = limits.blockBytes
  }

  deinit {
    if let zlib {
      inflateEnd(zlib)
      zlib.deinitialize(count: 1)
      zlib.deallocate()
    }
    ZSTD_freeDCtx(zstd)
  }

  /// The decompressed data, valid until the next call; without compression the input itself.
  ///
  /// - Parameter offset: where the input starts in the file, for errors.
  package func decompress(
    _ input: UnsafeRawBufferPointer, offset: Int
  ) throws(AvroError) -> UnsafeRawBufferPointer {
    switch codec {
    case .null: return input
    case .deflate: return try inflate(input, offset: offset)
    case .snappy: return try unsnappy(input, offset: offset)
    case .zstandard: return try unzstd(input, offset: offset)
    }
  }

  private func corrupt(_ message: String, _ offset: Int) -> AvroError {
    AvroError(.corrupt, "the block's \(codec.rawValue) data are corrupt: \(message)", offset: offset)
  }

  private func tooLarge(_ offset: Int) -> AvroError {
    AvroError(.limitExceeded, "a block decompresses to more than \(limit) bytes", offset: offset)
  }

  /// More room after `count` bytes of output: double, within the limit.
  private func grow(after count: Int, input: Int, offset: Int) throws(AvroError) {
    guard count < limit else { throw tooLarge(offset) }
    output.reserve(min(limit, max(4 * input, 2 * count, 1 << 16)), keeping: count)
  }

  // MARK: deflate

  private func stream() throws(AvroError) -> UnsafeMutablePointer<z_stream> {
    if let zlib {
      inflateReset(zlib)
      return zlib
    }
    let new = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    new.initialize(to: z_stream())
    // Negative window bits: raw deflate.
    guard inflateInit2_(new, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      new.deallocate()
      throw AvroError(.system, "zlib cannot start: out of memory")
    }
    zlib = new
    return new
  }

  private func inflate(_ input: UnsafeRawBufferPointer, offset: Int) throws(AvroError) -> UnsafeRawBufferPointer {
    let stream = try stream()
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(input.count)
    var count = 0
    while true {
      if count == output.bytes.count { try grow(after: count, input: input.count, offset: offset) }
      let room = min(limit, output.bytes.count) - count
      guard room > 0 else { throw tooLarge(offset) }
      stream.pointee.next_out = output.bytes.baseAddress?.advanced(by: count).assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(room)
      let code = CZlib.inflate(stream, Z_NO_FLUSH)
      count += room - Int(stream.pointee.avail_out)
      // What follows the end is left alone: some writers leave part of a zlib checksum there.
      if code == Z_STREAM_END { return output.prefix(count) }
      if code == Z_OK, stream.pointee.avail_out == 0 { continue }
      if code == Z_OK || code == Z_BUF_ERROR { throw corrupt("they end early", offset) }
      throw corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)", offset)
    }
  }

  // MARK: snappy

  private func unsnappy(_ input: UnsafeRawBufferPointer, offset: Int) throws(AvroError) -> UnsafeRawBufferPointer {
    guard input.count >= 4 else { throw corrupt("no room for a checksum", offset) }
    let size = input.count - 4
    let start = input.baseAddress?.assumingMemoryBound(to: CChar.self)
    var length = 0
    guard snappy_uncompressed_length(start, size, &length) == SNAPPY_OK else {
      throw corrupt("no length", offset)
    }
    guard length <= limit else { throw tooLarge(offset) }
    // Three bytes of a copy element make at most 64 bytes of output, so a larger claim is false.
    guard length <= 32 * size else { throw corrupt("\(size) bytes cannot become \(length)", offset) }
    output.reserve(max(length, 1))
    let target = output.bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    guard snappy_uncompress(start, size, target, &length) == SNAPPY_OK else {
      throw corrupt("they cannot be decompressed", offset)
    }
    let data = output.prefix(length)
    let stored = UInt32(bigEndian: input.loadUnaligned(fromByteOffset: size, as: UInt32.self))
    guard checksum(data) == stored else { throw corrupt("their CRC-32 is wrong", offset) }
    return data
  }

  // MARK: zstandard

  private func unzstd(_ input: UnsafeRawBufferPointer, offset: Int) throws(AvroError) -> UnsafeRawBufferPointer {
    if zstd == nil { zstd = ZSTD_createDCtx() }
    guard let zstd else { throw AvroError(.system, "zstd cannot start: out of memory") }
    ZSTD_DCtx_reset(zstd, ZSTD_reset_session_only)
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var count = 0
    while true {
      if count == output.bytes.count { try grow(after: count, input: input.count, offset: offset) }
      let room = min(limit, output.bytes.count)
      guard room > count else { throw tooLarge(offset) }
      var target = ZSTD_outBuffer(dst: output.bytes.baseAddress, size: room, pos: count)
      let left = ZSTD_decompressStream(zstd, &target, &source)
      guard ZSTD_isError(left) == 0 else { throw corrupt(String(cString: ZSTD_getErrorName(left)), offset) }
      count = target.pos
      // 0 at the end of a frame; another may follow.
      if left == 0, source.pos == source.size { return output.prefix(count) }
      if left != 0, source.pos == source.size, target.pos < target.size { throw corrupt("they end early", offset) }
    }
  }
}

/// The CRC-32 of zlib and PNG. Wraps `crc32`.
func checksum(_ data: UnsafeRawBufferPointer) -> UInt32 {
  UInt32(truncatingIfNeeded: crc32(0, data.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(data.count)))
}
