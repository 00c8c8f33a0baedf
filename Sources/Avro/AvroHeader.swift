/// What stands before the blocks of an object container file.
package struct AvroHeader: Sendable {
  package let schema: AvroSchema
  package let codec: AvroCodec
  /// In file order, the schema and the codec included. Values are bytes of any kind.
  package let metadata: [(key: String, value: [UInt8])]
  /// The 16 bytes that end every block.
  package let marker: [UInt8]
  /// Where the first block starts, in bytes.
  package let dataOffset: Int

  static let magic: [UInt8] = [0x4F, 0x62, 0x6A, 0x01]
  static let markerSize = 16

  /// - Throws: ``AvroError``: `notAvro`, `truncated`, `corrupt`, `limitExceeded`, `unsupportedCodec`, `invalidSchema`.
  package init(readingFrom source: some AvroSource, limits: AvroLimits = AvroLimits()) throws(AvroError) {
    let buffer = AvroBuffer()
    var size = 1 << 14
    while true {
      buffer.reserve(min(size, max(source.size, 1)))
      let window = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<min(size, source.size)])
      let count = try source.read(into: window, at: 0)
      do {
        try self.init(parsing: buffer.prefix(count), limits: limits)
        return
      } catch {
        // The header may be longer than what was read.
        guard error.code == .truncated, count == size else { throw error }
        guard size < limits.headerBytes else {
          throw AvroError(.limitExceeded, "the header is longer than \(limits.headerBytes) bytes", offset: 0)
        }
        size = min(size * 8, limits.headerBytes)
      }
    }
  }

  private init(parsing bytes: UnsafeRawBufferPointer, limits: AvroLimits) throws(AvroError) {
    guard bytes.count >= Self.magic.count, bytes.prefix(Self.magic.count).elementsEqual(Self.magic) else {
      throw AvroError(.notAvro, "not an Avro object container file: it does not start with \"Obj\" and 1", offset: 0)
    }
    var decoder = AvroDecoder(bytes, limits: limits)
    decoder.position = Self.magic.count
    try decoder.beginObject(minimumSize: 1)
    var metadata: [(key: String, value: [UInt8])] = []
    while let count = try decoder.blockCount(minimumSize: 2, of: "the metadata") {
      for _ in 0..<count {
        let key = try decoder.string("a metadata key")
        metadata.append((key, Array(try decoder.sized("a metadata value"))))
      }
    }
    marker = Array(try decoder.slice(Self.markerSize, of: "the sync marker"))
    dataOffset = decoder.position
    self.metadata = metadata
    codec = try Self.codec(metadata)
    schema = try Self.schema(metadata)
  }

  private static func codec(_ metadata: [(key: String, value: [UInt8])]) throws(AvroError) -> AvroCodec {
    guard let name = metadata.last(where: { $0.key == "avro.codec" })?.value, !name.isEmpty else { return .null }
    let text = String(decoding: name, as: UTF8.self)
    guard let codec = AvroCodec(rawValue: text) else {
      throw AvroError(
        .unsupportedCodec, "the codec \"\(text.prefix(40))\" is not supported; supported are \(AvroCodec.names)",
        offset: 0)
    }
    return codec
  }

  private static func schema(_ metadata: [(key: String, value: [UInt8])]) throws(AvroError) -> AvroSchema {
    guard let bytes = metadata.last(where: { $0.key == "avro.schema" })?.value else {
      throw AvroError(.corrupt, "the header has no schema", offset: 0)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw AvroError(.invalidSchema, "the schema is not UTF-8", offset: 0)
    }
    do {
      return try AvroSchema(text: text)
    } catch {
      throw AvroError(error.code, error.message, offset: 0)
    }
  }
}
