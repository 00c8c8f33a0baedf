/// Reads `Decodable` values from ``JSONValue``. Integers must be integral and in range; nothing is coerced.
package struct JSONValueDecoder: Sendable {
  package init() {}

  /// - Throws: `DecodingError`; ``JSONDecodingProblem`` puts it into a sentence for people.
  package func decode<Value: Decodable>(_ type: Value.Type, from value: JSONValue) throws -> Value {
    try ValueDecoder(value: value, codingPath: []).decode(type)
  }
}

/// A `DecodingError` as a JSON Pointer (RFC 6901) and a sentence.
package struct JSONDecodingProblem: Sendable, Equatable {
  package let pointer: String
  package let message: String

  package init?(_ error: any Error) {
    guard let error = error as? DecodingError else { return nil }
    switch error {
    case .keyNotFound(let key, let context):
      self.init(context.codingPath + [key], "is missing")
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      self.init(context.codingPath, context.debugDescription)
    @unknown default:
      self.init([], "does not fit")
    }
  }

  private init(_ path: [any CodingKey], _ text: String) {
    let steps = path.map { key in
      key.intValue.map(String.init)
        ?? String(key.stringValue.flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) })
    }
    pointer = steps.map { "/" + $0 }.joined()
    message = pointer.isEmpty ? text : "\(pointer): \(text)"
  }
}

private struct IndexKey: CodingKey {
  let intValue: Int?
  var stringValue: String { intValue.map(String.init) ?? "" }
  init(intValue: Int) { self.intValue = intValue }
  init?(stringValue: String) { return nil }
}

private struct ValueDecoder: Decoder {
  let value: JSONValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
    let text = "expected \(expected), found \(value.kindDescription)"
    return .typeMismatch(type, DecodingError.Context(codingPath: codingPath, debugDescription: text))
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    // A cast of the finished value keeps these exact kinds out of the container machinery.
    if type == JSONValue.self, let value = value as? Value { return value }
    if type == JSONObject.self {
      guard let object = value.objectValue as? Value else { throw mismatch(type, "an object") }
      return object
    }
    if let type = type as? any FixedWidthInteger.Type { return try integer(type, as: Value.self) }
    if let type = type as? any CaseIterable.Type, let text = value.stringValue {
      return try choice(type, text, as: Value.self)
    }
    return try Value(from: self)
  }

  /// An enumeration of strings; an error lists what it may be.
  func choice<Value: Decodable>(_ type: any CaseIterable.Type, _ text: String, as: Value.Type) throws -> Value {
    func names<Choice: CaseIterable>(_ type: Choice.Type) -> [String] {
      type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    }
    let known = names(type)
    guard known.isEmpty || known.contains(text) else {
      let problem = "\"\(text)\" is none of \(known.joined(separator: ", "))"
      throw DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: problem))
    }
    return try Value(from: self)
  }

  func integer<Value>(_ type: any FixedWidthInteger.Type, as: Value.Type) throws -> Value {
    func convert<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
      let exact: Integer? =
        switch value {
        case .integer(let number): Integer(exactly: number)
        case .double(let number): Integer(exactly: number)
        default: throw mismatch(type, "an integer")
        }
      guard let exact else {
        let text = "\(value) is not a whole number between \(Integer.min) and \(Integer.max)"
        throw DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: text))
      }
      return exact
    }
    guard let result = try convert(type) as? Value else { throw mismatch(type, "an integer") }
    return result
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard let object = value.objectValue else { throw mismatch(JSONObject.self, "an object") }
    return KeyedDecodingContainer(KeyedValues(object: object, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let array = value.arrayValue else { throw mismatch([JSONValue].self, "an array") }
    return UnkeyedValues(array: array, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { SingleValue(decoder: self) }
}

private struct KeyedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONObject
  let codingPath: [any CodingKey]

  var allKeys: [Key] { object.keys.compactMap(Key.init(stringValue:)) }
  func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).value.isNull }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decoder(key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    ValueDecoder(value: object["super"] ?? .null, codingPath: codingPath)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

  private func decoder(_ key: Key) throws -> ValueDecoder {
    guard let value = object[key.stringValue] else {
      throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "is missing"))
    }
    return ValueDecoder(value: value, codingPath: codingPath + [key])
  }
}

private struct UnkeyedValues: UnkeyedDecodingContainer {
  let array: [JSONValue]
  let codingPath: [any CodingKey]
  var currentIndex = 0

  var count: Int? { array.count }
  var isAtEnd: Bool { currentIndex >= array.count }

  private mutating func next() throws -> ValueDecoder {
    let path = codingPath + [IndexKey(intValue: currentIndex)]
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        JSONValue.self, .init(codingPath: path, debugDescription: "the array has only \(array.count) elements"))
    }
    defer { currentIndex += 1 }
    return ValueDecoder(value: array[currentIndex], codingPath: path)
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, array[currentIndex].isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().decode(type) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct SingleValue: SingleValueDecodingContainer {
  let decoder: ValueDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.value.isNull }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard let value = decoder.value.boolValue else { throw decoder.mismatch(type, "a boolean") }
    return value
  }

  func decode(_ type: String.Type) throws -> String {
    guard let value = decoder.value.stringValue else { throw decoder.mismatch(type, "a string") }
    return value
  }

  func decode(_ type: Double.Type) throws -> Double {
    guard let value = decoder.value.doubleValue else { throw decoder.mismatch(type, "a number") }
    return value
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }
}

extension JSONValue: Codable {
  package init(from decoder: any Decoder) throws {
    // Only this module's decoder knows a tree; it hands JSONValue over before it comes here.
    let context = DecodingError.Context(
      codingPath: decoder.codingPath, debugDescription: "JSONValue is decoded by JSONValueDecoder only")
    throw DecodingError.dataCorrupted(context)
  }

  package func encode(to encoder: any Encoder) throws {
    let context = EncodingError.Context(
      codingPath: encoder.codingPath, debugDescription: "JSONValue is encoded by JSONValueEncoder only")
    throw EncodingError.invalidValue(self, context)
  }
}

extension JSONObject: Codable {
  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer().decode(JSONValue.self)
    guard case .object(let object) = value else {
      let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "expected an object")
      throw DecodingError.typeMismatch(JSONObject.self, context)
    }
    self = object
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(JSONValue.object(self))
  }
}
