import CSnappy
import CZlib
import CZstd

/// Compresses the blocks of one file, one after the other. Wraps zlib, snappy and zstd.
final class AvroCompressor {
  private let codec: AvroCodec
  private let level: Int?
  private let output = AvroBuffer()
  private var zlib: UnsafeMutablePointer<z_stream>?
  private var zstd: OpaquePointer?

  /// - Parameter level: the library's own scale; nil is its default. Without meaning for null and snappy.
  init(codec: AvroCodec, level: Int?) {
    self.codec = codec
    self.level = level
  }

  deinit {
    if let zlib {
      deflateEnd(zlib)
      zlib.deinitialize(count: 1)
      zlib.deallocate()
    }
    ZSTD_freeCCtx(zstd)
  }

  /// The data as they stand in a block, valid until the next call; without compression the input itself.
  func compress(_ input: UnsafeRawBufferPointer) throws(AvroError) -> UnsafeRawBufferPointer {
    guard input.count <= Int(Int32.max) else {
      throw AvroError(.limitExceeded, "a block of \(input.count) bytes is too large to compress")
    }
    switch codec {
    case .null: return input
    case .deflate: return try deflate(input)
    case .snappy: return try snappy(input)
    case .zstandard: return try zstandard(input)
    }
  }

  private func stream() throws(AvroError) -> UnsafeMutablePointer<z_stream> {
    if let zlib {
      deflateReset(zlib)
      return zlib
    }
    let new = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    new.initialize(to: z_stream())
    let level = Int32(min(max(level ?? -1, -1), 9))
    let size = Int32(MemoryLayout<z_stream>.size)
    guard deflateInit2_(new, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
      new.deallocate()
      throw AvroError(.system, "zlib cannot start: out of memory")
    }
    zlib = new
    return new
  }

  private func deflate(_ input: UnsafeRawBufferPointer) throws(AvroError) -> UnsafeRawBufferPointer {
    let stream = try stream()
    let bound = Int(deflateBound(stream, UInt(input.count)))
    output.reserve(bound)
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(bound)
    let code = CZlib.deflate(stream, Z_FINISH)
    guard code == Z_STREAM_END else { throw AvroError(.system, "zlib cannot compress: error \(code)") }
    return output.prefix(bound - Int(stream.pointee.avail_out))
  }

  private func snappy(_ input: UnsafeRawBufferPointer) throws(AvroError) -> UnsafeRawBufferPointer {
    var length = snappy_max_compressed_length(input.count)
    output.reserve(length + 4)
    let source = input.baseAddress?.assumingMemoryBound(to: CChar.self)
    let target = output.bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    let code = snappy_compress(source, input.count, target, &length)
    guard code == SNAPPY_OK else { throw AvroError(.system, "snappy cannot compress: error \(code.rawValue)") }
    output.bytes.storeBytes(of: checksum(input).bigEndian, toByteOffset: length, as: UInt32.self)
    return output.prefix(length + 4)
  }

  private func zstandard(_ input: UnsafeRawBufferPointer) throws(AvroError) -> UnsafeRawBufferPointer {
    if zstd == nil { zstd = ZSTD_createCCtx() }
    guard let zstd else { throw AvroError(.system, "zstd cannot start: out of memory") }
    let bound = ZSTD_compressBound(input.count)
    output.reserve(bound)
    let level = Int32(min(max(level ?? Int(ZSTD_CLEVEL_DEFAULT), -7), 22))
    let count = ZSTD_compressCCtx(zstd, output.bytes.baseAddress, bound, input.baseAddress, input.count, level)
    guard ZSTD_isError(count) == 0 else {
      throw AvroError(.system, "zstd cannot compress: \(String(cString: ZSTD_getErrorName(count)))")
    }
    return output.prefix(count)
  }
}
