/// Reads the values of an object container file one after the other, in memory bounded by its largest block.
package final class AvroFileReader {
  package let header: AvroHeader
  private let source: any AvroSource
  private let limits: AvroLimits
  private let resolver: AvroResolver?
  private var scanner: AvroBlockScanner
  private let decompressor: AvroDecompressor
  private let buffer = AvroBuffer()
  private var block: Block?
  /// Blocks that lie in the buffer and come after `block`.
  private var ahead: ArraySlice<AvroBlock> = []
  private var emptyValuesLeft: Int

  private static let batchSize = 64 << 10

  private struct Block {
    let data: UnsafeRawBufferPointer
    let offset: Int
    var position = 0
    var left: Int
  }

  /// The schema the file was written with.
  package var schema: AvroSchema { header.schema }
  /// The schema of the values that come out.
  package var readerSchema: AvroSchema { resolver?.reader ?? header.schema }

  /// - Parameter readerSchema: what the values are to be read as; nil for the file's own schema.
  /// - Throws: ``AvroError``; `schemaMismatch` if the file can never be read as `readerSchema`.
  package init(
    _ source: any AvroSource, as readerSchema: AvroSchema? = nil, limits: AvroLimits = AvroLimits()
  ) throws(AvroError) {
    self.source = source
    self.limits = limits
    header = try AvroHeader(readingFrom: source, limits: limits)
    if let readerSchema {
      resolver = try AvroResolver(writer: header.schema, reader: readerSchema)
    } else {
      resolver = nil
    }
    scanner = AvroBlockScanner(source, header: header, limits: limits)
    decompressor = AvroDecompressor(codec: header.codec, limits: limits)
    emptyValuesLeft = limits.emptyValues
  }

  package convenience init(
    path: String, as readerSchema: AvroSchema? = nil, limits: AvroLimits = AvroLimits()
  ) throws(AvroError) {
    try self.init(AvroFileSource(path: path), as: readerSchema, limits: limits)
  }

  package convenience init(
    bytes: [UInt8], as readerSchema: AvroSchema? = nil, limits: AvroLimits = AvroLimits()
  ) throws(AvroError) {
    try self.init(AvroMemorySource(bytes), as: readerSchema, limits: limits)
  }

  /// The next value; nil at the end of the file. After an error every further call fails or ends.
  package func next() throws(AvroError) -> AvroValue? {
    guard var decoder = try decoderAtNextValue() else { return nil }
    let value: AvroValue
    do throws(AvroError) {
      value = try object(&decoder)
    } catch {
      end()
      throw error
    }
    advance(to: decoder)
    return value
  }

  private func object(_ decoder: inout AvroDecoder) throws(AvroError) -> AvroValue {
    if let resolver { return try resolver.object(&decoder) }
    return try decoder.object(header.schema)
  }

  /// Passes over values: whole blocks without reading them, the rest without building them.
  ///
  /// - Returns: how many were passed over; fewer than asked for only at the end of the file.
  package func skip(_ count: Int) throws(AvroError) -> Int {
    var done = 0
    var window = AvroWindow()
    while done < count {
      if let passed = try skipBlock(&window, atMost: count - done) {
        done += passed
        continue
      }
      guard var decoder = try decoderAtNextValue() else { break }
      try decoder.beginObject(minimumSize: header.schema.rootType.minimumSize)
      try decoder.skip(header.schema.root, in: header.schema, depth: 0)
      advance(to: decoder)
      done += 1
    }
    return done
  }

  /// Passes over the next block if no value of the current one is left and it is short enough.
  private func skipBlock(_ window: inout AvroWindow, atMost limit: Int) throws(AvroError) -> Int? {
    guard (block?.left ?? 0) == 0 else { return nil }
    if let next = ahead.first {
      guard next.count <= limit else { return nil }
      ahead.removeFirst()
      block = nil
      return next.count
    }
    var later = scanner
    guard let count = try later.skipBlock(&window), count <= limit else { return nil }
    scanner = later
    block = nil
    return count
  }

  /// All values in the file, counted from the headers of its blocks without reading what is in them.
  package func countValues() throws(AvroError) -> Int {
    var counter = AvroBlockScanner(source, header: header, limits: limits)
    var window = AvroWindow()
    var total = 0
    while let count = try counter.skipBlock(&window) {
      let (sum, overflow) = total.addingReportingOverflow(count)
      guard !overflow else {
        throw AvroError(.corrupt, "the blocks claim more values than a file can hold", offset: counter.position)
      }
      total = sum
    }
    return total
  }

  /// Makes every further call find nothing.
  private func end() {
    block = nil
    ahead = []
    scanner.moveToEnd()
  }

  private func advance(to decoder: AvroDecoder) {
    block?.position = decoder.position
    block?.left -= 1
    emptyValuesLeft = decoder.emptyValuesLeft
  }

  private func decoderAtNextValue() throws(AvroError) -> AvroDecoder? {
    while true {
      if let block {
        var decoder = AvroDecoder(
          block.data, origin: block.offset, isDecompressed: header.codec != .null, limits: limits)
        decoder.position = block.position
        decoder.emptyValuesLeft = emptyValuesLeft
        if block.left > 0 { return decoder }
        guard decoder.remaining == 0 else {
          end()
          throw decoder.failure(.corrupt, "\(decoder.remaining) bytes follow the last value of a block")
        }
      }
      guard try readBlock() else { return nil }
    }
  }

  private func readBlock() throws(AvroError) -> Bool {
    block = nil
    do throws(AvroError) {
      return try openNextBlock()
    } catch {
      end()
      throw error
    }
  }

  private func openNextBlock() throws(AvroError) -> Bool {
    if ahead.isEmpty { ahead = try scanner.nextBatch(into: buffer, batchSize: Self.batchSize)?[...] ?? [] }
    guard let found = ahead.popFirst() else { return false }
    let stored = UnsafeRawBufferPointer(rebasing: buffer.bytes[found.range])
    let data = try decompressor.decompress(stored, offset: found.offset)
    block = Block(data: data, offset: found.offset, left: found.count)
    return true
  }
}
