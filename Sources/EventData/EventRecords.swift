package import Avro
package import JSON

/// A page of the records of an Avro file, as JSON.
package struct EventRecords: Sendable, Equatable {
  /// The schema as it stands in the file.
  package let schema: JSONValue
  package let codec: String
  /// All values in the file, counted from the headers of its blocks.
  package let total: Int
  package let records: [JSONValue]

  /// The values that one page can have.
  package static let maximumLimit = 100_000

  /// Reads a page: blocks before it are passed over without decompression.
  ///
  /// - Parameters:
  ///   - limit: 0…100 000; the page may be shorter at the end of the file.
  ///   - offset: values to pass over, from 0.
  ///   - checkCancellation: called from time to time; what it throws ends the work.
  /// - Throws: ``EventDataError`` with `invalidOption`, ``AvroError`` for a file that is missing or corrupt.
  package init(
    path: String, limit: Int = 20, offset: Int = 0, limits: AvroLimits = AvroLimits(),
    checkCancellation: () throws -> Void = {}
  ) throws {
    guard (0...Self.maximumLimit).contains(limit) else {
      throw EventDataError(.invalidOption, "a limit of \(limit) is out of range: 0 to \(Self.maximumLimit)")
    }
    guard offset >= 0 else { throw EventDataError(.invalidOption, "an offset of \(offset) is negative") }
    let reader = try AvroFileReader(path: path, limits: limits)
    schema = reader.schema.json
    codec = reader.header.codec.rawValue
    total = try reader.countValues()
    try checkCancellation()
    var records: [JSONValue] = []
    if limit > 0, try reader.skip(offset) == offset {
      while records.count < limit, let value = try reader.next() {
        records.append(value.json(schema: reader.schema))
        if records.count % 1000 == 0 { try checkCancellation() }
      }
    }
    self.records = records
  }
}
