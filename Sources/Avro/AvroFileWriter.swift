import JSON

/// Writes an object container file, block by block, to a path or to memory.
package final class AvroFileWriter {
  package struct Options: Sendable {
    package var codec = AvroCodec.null
    /// On the codec's own scale; nil is its default.
    package var level: Int?
    /// A block ends when it reaches so many bytes before compression.
    package var blockSize = 64 << 10
    /// 16 bytes; nil draws them at random. With a fixed marker the same values give the same file.
    package var marker: [UInt8]?
    /// Whether ``AvroFileWriter/finish()`` waits until the file is on the disk.
    package var isDurable = true
    /// Entries for the header beside schema and codec. Keys that start with "avro." are the format's own.
    package var metadata: [(key: String, value: [UInt8])] = []

    package init(codec: AvroCodec = .null) { self.codec = codec }
  }

  package let schema: AvroSchema
  private let options: Options
  private let marker: [UInt8]
  private let file: AtomicFile?
  private let compressor: AvroCompressor
  private var encoder = AvroEncoder()
  private var pending = 0
  private var frame: [UInt8] = []
  /// What was written where there is no file.
  private var memory: [UInt8] = []

  /// Values handed over so far.
  package private(set) var count = 0

  /// Writes to a file, which appears under its path when ``finish()`` has been called.
  ///
  /// - Throws: ``AvroError``: `fileNotFound` for a missing folder, `system`, `invalidValue` for bad options.
  package convenience init(path: String, schema: AvroSchema, options: Options = Options()) throws(AvroError) {
    try self.init(file: AtomicFile(path: path), schema: schema, options: options)
  }

  private init(file: AtomicFile?, schema: AvroSchema, options: Options) throws(AvroError) {
    self.schema = schema
    self.options = options
    self.file = file
    marker = options.marker ?? (0..<AvroHeader.markerSize).map { _ in UInt8.random(in: 0...255) }
    compressor = AvroCompressor(codec: options.codec, level: options.level)
    guard marker.count == AvroHeader.markerSize else {
      throw AvroError(.invalidValue, "a sync marker has 16 bytes, not \(marker.count)")
    }
    guard options.blockSize > 0, options.blockSize <= AvroLimits().storedBlockBytes else {
      throw AvroError(.invalidValue, "a block size of \(options.blockSize) bytes is out of range")
    }
    try emit(try headerBytes())
  }

  /// A whole file in memory.
  ///
  /// - Throws: ``AvroError`` with `invalidValue` for a value that does not fit the schema.
  package static func bytes(
    of values: some Sequence<AvroValue>, schema: AvroSchema, options: Options = Options()
  ) throws(AvroError) -> [UInt8] {
    let writer = try AvroFileWriter(file: nil, schema: schema, options: options)
    for value in values { try writer.append(value) }
    try writer.finish()
    return writer.memory
  }

  /// - Throws: ``AvroError``: `invalidValue` for a value that does not fit the schema (the file can go on without
  ///   it), `system` when the file cannot be written.
  package func append(_ value: AvroValue) throws(AvroError) {
    try encoder.write(value, schema: schema)
    pending += 1
    count += 1
    // Values without bytes fill no block; what is counted keeps their blocks readable too.
    if encoder.bytes.count >= options.blockSize || pending >= 1_000_000 { try endBlock() }
  }

  /// Adds a block of values that are encoded already. The caller answers for what is in it.
  package func appendBlock(count: Int, data: UnsafeRawBufferPointer) throws(AvroError) {
    try endBlock()
    self.count += count
    try writeBlock(count: count, data: data)
  }

  /// Writes what is left and gives the file its name.
  ///
  /// - Returns: the size of the file in bytes.
  @discardableResult
  package func finish() throws(AvroError) -> Int {
    try endBlock()
    try file?.commit(durably: options.isDurable)
    return file?.bytesWritten ?? memory.count
  }

  private func endBlock() throws(AvroError) {
    guard pending > 0 else { return }
    let result = encoder.bytes.withUnsafeBytes { data -> Result<Void, AvroError> in
      do throws(AvroError) {
        try writeBlock(count: pending, data: data)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
    encoder.removeAll()
    pending = 0
  }

  private func writeBlock(count: Int, data: UnsafeRawBufferPointer) throws(AvroError) {
    let stored = try compressor.compress(data)
    var head = AvroEncoder()
    head.write(Int64(count))
    head.write(Int64(stored.count))
    frame.removeAll(keepingCapacity: true)
    frame.append(contentsOf: head.bytes)
    frame.append(contentsOf: stored)
    frame.append(contentsOf: marker)
    try emit(frame)
  }

  private func headerBytes() throws(AvroError) -> [UInt8] {
    var metadata: [(key: String, value: [UInt8])] = [
      ("avro.codec", Array(options.codec.rawValue.utf8)), ("avro.schema", JSONWriter.data(schema.json)),
    ]
    for entry in options.metadata {
      guard !entry.key.hasPrefix("avro.") else {
        throw AvroError(.invalidValue, "the metadata key \"\(entry.key)\" belongs to the format")
      }
      metadata.append(entry)
    }
    var head = AvroEncoder()
    head.write(raw: AvroHeader.magic)
    head.write(Int64(metadata.count))
    for entry in metadata {
      head.write(sized: entry.key.utf8)
      head.write(sized: entry.value)
    }
    head.write(0)
    head.write(raw: marker)
    return head.bytes
  }

  private func emit(_ bytes: [UInt8]) throws(AvroError) {
    guard let file else {
      memory.append(contentsOf: bytes)
      return
    }
    let result = bytes.withUnsafeBytes { raw -> Result<Void, AvroError> in
      do throws(AvroError) {
        try file.write(raw)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }
}
