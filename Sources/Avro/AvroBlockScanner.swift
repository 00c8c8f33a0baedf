/// A block that lies in memory, still compressed.
package struct AvroBlock: Sendable {
  /// Values in the block, as its header claims.
  package let count: Int
  /// Where the block's data start in the file.
  package let offset: Int
  /// Where the data lie in the buffer that was filled.
  package let range: Range<Int>
}

/// Finds the blocks of a file one after the other: several at a time into a buffer, or their counts alone.
///
/// Several threads can share one scanner behind a lock: it only reads and finds, and leaves decompression and
/// decoding to whoever took the blocks.
package struct AvroBlockScanner: Sendable {
  private let source: any AvroSource
  private let header: AvroHeader
  private let limits: AvroLimits
  /// Where the next block starts in the file.
  package private(set) var position: Int

  /// Bytes of file, as it was when it was opened.
  package var size: Int { source.size }

  package init(_ source: any AvroSource, header: AvroHeader, limits: AvroLimits = AvroLimits()) {
    self.source = source
    self.header = header
    self.limits = limits
    position = header.dataOffset
  }

  /// Reads whole blocks, as many as lie in the next `batchSize` bytes and at least one.
  ///
  /// - Returns: the blocks, without the empty ones; nil at the end of the file.
  /// - Throws: ``AvroError``: `truncated`, `corrupt`, `limitExceeded`, `system`.
  package mutating func nextBatch(into buffer: AvroBuffer, batchSize: Int) throws(AvroError) -> [AvroBlock]? {
    while position < size {
      var wanted = min(batchSize, size - position)
      while true {
        buffer.reserve(wanted)
        let window = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<wanted])
        let count = try source.read(into: window, at: position)
        let (blocks, needed) = try walk(buffer.prefix(count))
        if needed == 0 {
          if blocks.isEmpty { break }
          return blocks
        }
        guard count == wanted else { throw AvroError(.truncated, "the file became shorter", offset: position + count) }
        wanted = needed
      }
    }
    return nil
  }

  /// Makes the scanner find no more blocks.
  mutating func moveToEnd() { position = size }

  /// Passes over the whole blocks at the start of `bytes`, which lie at `position`.
  ///
  /// - Returns: the blocks, or how many bytes the first block needs if it is not whole.
  private mutating func walk(_ bytes: UnsafeRawBufferPointer) throws(AvroError) -> ([AvroBlock], needed: Int) {
    var blocks: [AvroBlock] = []
    var decoder = AvroDecoder(bytes, origin: position, limits: limits)
    let start = position
    var end = 0
    while end < bytes.count {
      guard let (count, length) = try blockHeader(&decoder, fileEnd: size - start) else {
        if end == 0 { return ([], min(size - start, bytes.count + 64)) }
        break
      }
      let dataStart = decoder.position
      guard length + AvroHeader.markerSize <= decoder.remaining else {
        if end == 0 { return ([], dataStart + length + AvroHeader.markerSize) }
        break
      }
      decoder.position += length
      try checkMarker(&decoder)
      end = decoder.position
      if count > 0 || length > 0 {
        blocks.append(AvroBlock(count: count, offset: start + dataStart, range: dataStart..<dataStart + length))
      }
    }
    position = start + end
    return (blocks, 0)
  }

  /// Reads a block's count and size; nil when the buffer ends within them and the file does not.
  private func blockHeader(
    _ decoder: inout AvroDecoder, fileEnd: Int
  ) throws(AvroError) -> (count: Int, length: Int)? {
    let start = decoder.position
    let count: Int64
    let length: Int64
    do {
      count = try decoder.long("a block's count")
      length = try decoder.long("a block's size")
    } catch {
      if error.code == .truncated, decoder.bytes.count < fileEnd { return nil }
      throw error
    }
    guard count >= 0, length >= 0 else {
      throw decoder.failure(.corrupt, "a block has \(count) values in \(length) bytes", at: start)
    }
    guard length <= limits.storedBlockBytes else {
      throw decoder.failure(
        .limitExceeded, "a block claims \(length) bytes where \(limits.storedBlockBytes) are allowed", at: start)
    }
    guard Int(length) + AvroHeader.markerSize <= fileEnd - decoder.position else {
      throw decoder.failure(
        .truncated, "a block claims \(length) bytes and a marker where \(fileEnd - decoder.position) bytes are left",
        at: start)
    }
    try checkCount(count, length: Int(length), decoder, at: start)
    return (Int(count), Int(length))
  }

  /// No more values than there can be in the block's bytes.
  private func checkCount(
    _ count: Int64, length: Int, _ decoder: AvroDecoder, at start: Int
  ) throws(AvroError) {
    let least = header.schema.rootType.minimumSize
    let bytes = header.codec == .null ? length : limits.blockBytes
    let most = least == 0 ? limits.emptyValues : bytes / least
    guard count <= most else {
      throw decoder.failure(
        .corrupt, "a block claims \(count) values where at most \(most) fit into it", at: start)
    }
  }

  private func checkMarker(_ decoder: inout AvroDecoder) throws(AvroError) {
    let start = decoder.position
    let marker = try decoder.slice(AvroHeader.markerSize, of: "a sync marker")
    guard marker.elementsEqual(header.marker) else {
      throw decoder.failure(.corrupt, "the sync marker after a block is wrong", at: start)
    }
  }

  /// Passes over the next block and reads no more of it than its header and marker.
  ///
  /// - Returns: the number of values in it; nil at the end of the file.
  package mutating func skipBlock(_ window: inout AvroWindow) throws(AvroError) -> Int? {
    guard position < size else { return nil }
    let head = try window.bytes(at: position, atLeast: min(20, size - position), of: source)
    var decoder = AvroDecoder(head, origin: position, limits: limits)
    guard let (count, length) = try blockHeader(&decoder, fileEnd: size - position) else {
      throw AvroError(.truncated, "the file became shorter", offset: position)
    }
    let end = position + decoder.position + length
    let tail = try window.bytes(at: end, atLeast: AvroHeader.markerSize, of: source)
    var trailer = AvroDecoder(tail, origin: end, limits: limits)
    try checkMarker(&trailer)
    position = end + AvroHeader.markerSize
    return count
  }
}

/// A small piece of a file kept in memory, so that short blocks do not take a read each.
package struct AvroWindow {
  private let buffer = AvroBuffer(capacity: 4096)
  private var start = 0
  private var count = 0

  package init() {}

  /// The bytes from `offset` on as far as they are in memory: at least so many, except at the end of the source.
  mutating func bytes(
    at offset: Int, atLeast minimum: Int, of source: any AvroSource
  ) throws(AvroError) -> UnsafeRawBufferPointer {
    if offset < start || offset + minimum > start + count {
      count = 0
      count = try source.read(into: buffer.bytes, at: offset)
      start = offset
    }
    return UnsafeRawBufferPointer(rebasing: buffer.bytes[(offset - start)..<count])
  }
}
