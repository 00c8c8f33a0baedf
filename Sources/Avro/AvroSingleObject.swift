/// The specification's single-object encoding: C3 01, the fingerprint of the writer's schema, one binary value.
package enum AvroSingleObject {
  static let marker: [UInt8] = [0xC3, 0x01]
  static let headerSize = 10

  /// - Throws: ``AvroError`` with `invalidValue` for a value that does not fit the schema.
  package static func encode(_ value: AvroValue, schema: AvroSchema) throws(AvroError) -> [UInt8] {
    var encoder = AvroEncoder()
    encoder.write(raw: marker)
    encoder.write(raw: (0..<8).map { UInt8(truncatingIfNeeded: schema.fingerprint >> UInt64(8 * $0)) })
    try encoder.write(value, schema: schema)
    return encoder.bytes
  }

  /// The fingerprint of the schema that a message was written with.
  ///
  /// - Throws: ``AvroError`` with `notAvro` for bytes that do not start as a message does.
  package static func fingerprint(of message: [UInt8]) throws(AvroError) -> UInt64 {
    guard message.starts(with: marker), message.count >= headerSize else {
      throw AvroError(
        .notAvro, "not a single-object message: it does not start with C3 01 and a fingerprint", offset: 0)
    }
    return message[2..<headerSize].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Decodes a message.
  ///
  /// - Parameters:
  ///   - readerSchema: what the value is to be read as; nil for the writer's schema.
  ///   - schemas: finds the writer's schema by its fingerprint; nil where it is unknown.
  /// - Throws: ``AvroError``; `schemaMismatch` for an unknown fingerprint.
  package static func decode(
    _ message: [UInt8], as readerSchema: AvroSchema? = nil, limits: AvroLimits = AvroLimits(),
    schemas: (UInt64) -> AvroSchema?
  ) throws(AvroError) -> AvroValue {
    let print = try fingerprint(of: message)
    guard let writer = schemas(print) else {
      throw AvroError(.schemaMismatch, "no schema has the fingerprint \(String(print, radix: 16))", offset: 2)
    }
    return try AvroBinary.decode(
      Array(message[headerSize...]), schema: writer, as: readerSchema, limits: limits, offset: headerSize)
  }
}

/// Binary values by themselves, without a file or header around them.
package enum AvroBinary {
  /// - Throws: ``AvroError`` with `invalidValue` for a value that does not fit the schema.
  package static func encode(_ value: AvroValue, schema: AvroSchema) throws(AvroError) -> [UInt8] {
    var encoder = AvroEncoder()
    try encoder.write(value, schema: schema)
    return encoder.bytes
  }

  /// Decodes bytes that are exactly one value.
  ///
  /// - Parameter offset: where the bytes start in what they were taken from, for errors.
  /// - Throws: ``AvroError``.
  package static func decode(
    _ bytes: [UInt8], schema: AvroSchema, as readerSchema: AvroSchema? = nil, limits: AvroLimits = AvroLimits(),
    offset: Int = 0
  ) throws(AvroError) -> AvroValue {
    var resolver: AvroResolver?
    if let readerSchema { resolver = try AvroResolver(writer: schema, reader: readerSchema) }
    let result = bytes.withUnsafeBytes { raw -> Result<AvroValue, AvroError> in
      do throws(AvroError) {
        var decoder = AvroDecoder(raw, origin: offset, limits: limits)
        let value = if let resolver { try resolver.object(&decoder) } else { try decoder.object(schema) }
        guard decoder.remaining == 0 else {
          throw decoder.failure(.corrupt, "\(decoder.remaining) bytes follow the value")
        }
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
