import Contract
import JSON

/// Finds out what a `Decodable` type consists of, by having it decoded from nothing: the decoder writes down what it is
/// asked for.
enum ShapeReader {
  /// - Throws: ``ShapeError`` for a type that is neither a struct, nor an enumeration of strings that lists its cases,
  ///   nor one of the types known below.
  static func shape(of type: any Decodable.Type) throws -> Shape {
    if let type = type as? any Readable.Type { return try type.shape() }
    if let values = try enumerationValues(type) { return .enumeration(type, values: values) }
    let recorder = Recorder()
    _ = try type.init(from: RecordingDecoder(recorder: recorder))
    return .object(type, recorder.members)
  }

  /// Some value of the type, for a decoding that must go on.
  static func placeholder<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let type = type as? any Readable.Type, let value = type.placeholder as? Value { return value }
    if let type = type as? any CaseIterable.Type, let value = firstCase(type) as? Value { return value }
    return try Value(from: RecordingDecoder(recorder: Recorder()))
  }

  private static func firstCase<Choice: CaseIterable>(_ type: Choice.Type) -> Choice? { type.allCases.first }

  private static func enumerationValues(_ type: any Decodable.Type) throws -> [String]? {
    func names<Choice: CaseIterable>(_ type: Choice.Type) -> [String] {
      type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    }
    guard let type = type as? any CaseIterable.Type else { return nil }
    let values = names(type)
    guard !values.isEmpty else { throw ShapeError(description: "\(type) is no enumeration of strings") }
    return values
  }
}

// MARK: - The decoder

private final class Recorder {
  var members: [Shape.Member] = []
  /// The key that a decoding asked to be null: it is optional.
  var optionalKey: String?
}

private struct RecordingDecoder: Decoder {
  let recorder: Recorder
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RecordingContainer(recorder: recorder))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw ShapeError(description: "a type that decodes an array by itself is not described")
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw ShapeError(
      description: "a type that decodes a single value: an enumeration has to list its cases (CaseIterable)")
  }
}

private struct RecordingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let recorder: Recorder
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { true }

  /// `decodeIfPresent` asks this first; `decode` does not.
  func decodeNil(forKey key: Key) -> Bool {
    recorder.optionalKey = key.stringValue
    return false
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    let isOptional = recorder.optionalKey == key.stringValue
    recorder.optionalKey = nil
    recorder.members.append(
      Shape.Member(name: key.stringValue, shape: try ShapeReader.shape(of: type), isOptional: isOptional))
    return try ShapeReader.placeholder(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw Self.nested }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Self.nested }
  func superDecoder() throws -> any Decoder { throw Self.nested }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw Self.nested }

  private static var nested: ShapeError {
    ShapeError(description: "a type that decodes nested containers by itself is not described")
  }
}

// MARK: - The types that need no looking into

private protocol Readable {
  static func shape() throws -> Shape
  static var placeholder: Self { get }
}

extension String: Readable {
  static func shape() -> Shape { .string }
  static var placeholder: String { "" }
}

extension Bool: Readable {
  static func shape() -> Shape { .boolean }
  static var placeholder: Bool { false }
}

extension Double: Readable {
  static func shape() -> Shape { .number }
  static var placeholder: Double { 0 }
}

extension Int: Readable {
  static func shape() -> Shape { .integer(isUnsigned: false) }
  static var placeholder: Int { 0 }
}

extension UInt64: Readable {
  static func shape() -> Shape { .integer(isUnsigned: true) }
  static var placeholder: UInt64 { 0 }
}

extension JSONValue: Readable {
  static func shape() -> Shape { .any }
  static var placeholder: JSONValue { .null }
}

extension JSONObject: Readable {
  static func shape() -> Shape { .anyObject }
  static var placeholder: JSONObject { [:] }
}

extension Timestamp: Readable {
  static func shape() -> Shape { .time }
  static var placeholder: Timestamp { Timestamp(millisecondsSinceEpoch: 0) }
}

extension Array: Readable where Element: Decodable {
  static func shape() throws -> Shape { .list(try ShapeReader.shape(of: Element.self)) }
  static var placeholder: [Element] { [] }
}

extension Dictionary: Readable where Key == String, Value: Decodable {
  static func shape() throws -> Shape { .map(try ShapeReader.shape(of: Value.self)) }
  static var placeholder: [String: Value] { [:] }
}

extension Optional: Readable where Wrapped: Decodable {
  /// A result without content is written as null.
  static func shape() throws -> Shape {
    Wrapped.self == Empty.self ? .null : .optional(try ShapeReader.shape(of: Wrapped.self))
  }

  static var placeholder: Wrapped? { nil }
}
