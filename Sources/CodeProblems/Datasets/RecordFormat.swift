import JSON

/// Turns the lines of one kind of dataset into problems.
protocol RecordFormat: Sendable {
  static var format: DatasetFormat { get }
  /// The members that ``entry(_:_:)`` needs.
  static var indexedMembers: Set<String> { get }
  /// The members without which a line is none of this kind.
  static var signature: Set<String> { get }

  /// - Parameter warn: told what is missing but not needed.
  /// - Throws: ``DatasetError`` for a line that cannot be a problem.
  static func entry(_ record: RecordReader, warn: (String) -> Void) throws(DatasetError) -> ProblemEntry
  static func statement(_ record: RecordReader) throws(DatasetError) -> (statement: String, starterCode: String)
  static func tests(_ record: RecordReader, of entry: ProblemEntry) throws(DatasetError) -> ProblemTests
  static func solutions(_ record: RecordReader) throws(DatasetError) -> KnownSolutions
}

/// Reads the members of one line.
struct RecordReader: Sendable {
  let bytes: DatasetBytes
  let path: String
  let record: IndexedRecord

  /// A value that is larger is no problem but a mistake.
  private static let largestValue = 1 << 30

  func has(_ name: String) -> Bool { record.members[name] != nil }

  /// The text of a value as it stands; nil for a missing one.
  func raw(_ name: String) throws(DatasetError) -> [UInt8]? {
    if let kept = record.kept[name] { return kept }
    guard let range = record.members[name] else { return nil }
    guard range.count <= Self.largestValue else {
      throw error("\"\(name)\" is larger than \(Self.largestValue >> 30) GiB")
    }
    let bytes = try bytes.read(range)
    guard bytes.count == range.count else { throw error("the file has become shorter since it was opened") }
    return bytes
  }

  /// nil for a missing value.
  func value(_ name: String) throws(DatasetError) -> JSONValue? {
    guard let raw = try raw(name) else { return nil }
    return try parse(raw, name)
  }

  /// - Throws: ``DatasetError`` for a missing value and for one that is no text.
  func string(_ name: String) throws(DatasetError) -> String {
    guard let value = try value(name) else { throw error("\"\(name)\" is missing") }
    guard let text = value.stringValue else { throw error("\"\(name)\" is \(value.kindDescription), not a string") }
    return text
  }

  /// A text that may be missing; null and the empty text count as missing.
  func optionalString(_ name: String) throws(DatasetError) -> String? {
    guard let value = try value(name), !value.isNull else { return nil }
    guard let text = value.stringValue else { throw error("\"\(name)\" is \(value.kindDescription), not a string") }
    return text.isEmpty ? nil : text
  }

  /// An identifier, which may be a number.
  func identifier(_ name: String) throws(DatasetError) -> String {
    guard let value = try value(name) else { throw error("\"\(name)\" is missing") }
    if let text = value.stringValue, !text.isEmpty { return text }
    if case .integer(let number) = value { return "\(number)" }
    throw error("\"\(name)\" is \(value == .string("") ? "empty" : value.kindDescription), not a name")
  }

  private func parse(_ raw: [UInt8], _ name: String) throws(DatasetError) -> JSONValue {
    do throws(JSONParseError) {
      return try JSONParser(maximumDepth: 1024).parse(raw)
    } catch {
      throw self.error("\"\(name)\" is no JSON: \(error.message)")
    }
  }

  func error(_ message: String) -> DatasetError { DatasetError(message, path: path, line: record.line) }
}
