/// Turns `Encodable` values into ``JSONValue``, with members in the order they were encoded.
///
/// A nil property becomes `null`, so that a reader sees "unknown" where a synthesised encoder would leave the
/// member out; `omitsNil` leaves it out (for parameters, where absent means "the default").
package struct JSONValueEncoder: Sendable {
  package var omitsNil: Bool

  package init(omitsNil: Bool = false) { self.omitsNil = omitsNil }

  /// - Throws: `EncodingError` when the value's own `encode(to:)` throws or an integer is above `Int64.max`.
  package func encode(_ value: some Encodable) throws -> JSONValue {
    try JSONBox.encoded(value, omitsNil: omitsNil, codingPath: [])
  }
}

/// A container under construction. A value that is complete stands in its parent as it is; only a container that its
/// parent handed out, to be filled later, stands there as a box.
private final class JSONBox {
  enum Part {
    case value(JSONValue)
    case box(JSONBox)

    var value: JSONValue {
      switch self {
      case .value(let value): value
      case .box(let box): box.value
      }
    }
  }

  enum Content {
    case leaf(JSONValue)
    case array([Part])
    case object([(key: String, part: Part)])
  }

  var content = Content.leaf(.null)

  var value: JSONValue {
    switch content {
    case .leaf(let value): value
    case .array(let parts): .array(parts.map(\.value))
    case .object(let members): .object(JSONObject(members.lazy.map { ($0.key, $0.part.value) }))
    }
  }

  func append(_ part: Part) {
    guard case .array(var parts) = content else {
      content = .array([part])
      return
    }
    content = .leaf(.null)  // Frees the array from its enum, so that append does not copy it.
    parts.append(part)
    content = .array(parts)
  }

  func add(_ key: String, _ part: Part) {
    guard case .object(var members) = content else {
      content = .object([(key, part)])
      return
    }
    content = .leaf(.null)
    members.append((key, part))
    content = .object(members)
  }

  func append() -> JSONBox {
    let box = JSONBox()
    append(.box(box))
    return box
  }

  func member(_ key: String) -> JSONBox {
    let box = JSONBox()
    add(key, .box(box))
    return box
  }

  static func encoded<Value: Encodable>(
    _ value: Value, omitsNil: Bool, codingPath: @autoclosure () -> [any CodingKey]
  ) throws -> JSONValue {
    if let leaf = leaf(value) { return leaf }
    if let number = integer(value) {
      guard let exact = Int64(exactly: number) else {
        let context = EncodingError.Context(codingPath: codingPath(), debugDescription: "integer above 2^63-1")
        throw EncodingError.invalidValue(value, context)
      }
      return .integer(exact)
    }
    let box = JSONBox()
    try value.encode(to: BoxEncoder(box: box, codingPath: codingPath(), omitsNil: omitsNil))
    return box.value
  }

  // Types are compared before anything is cast: a cast that fails costs more than all of these.

  private static func leaf<Value>(_ value: Value) -> JSONValue? {
    if Value.self == String.self { return (value as? String).map(JSONValue.string) }
    if Value.self == Int.self { return (value as? Int).map { .integer(Int64($0)) } }
    if Value.self == Bool.self { return (value as? Bool).map(JSONValue.bool) }
    if Value.self == Double.self { return (value as? Double).map(JSONValue.double) }
    if Value.self == JSONValue.self { return value as? JSONValue }
    if Value.self == JSONObject.self { return (value as? JSONObject).map(JSONValue.object) }
    if Value.self == Float.self { return (value as? Float).map { .double(Double($0)) } }
    return nil
  }

  private static func integer<Value>(_ value: Value) -> (any BinaryInteger)? {
    let isSigned = Value.self == Int64.self || Value.self == Int32.self || Value.self == Int16.self
    let isUnsigned = Value.self == UInt.self || Value.self == UInt64.self || Value.self == UInt32.self
    let isSmall = Value.self == Int8.self || Value.self == UInt8.self || Value.self == UInt16.self
    return isSigned || isUnsigned || isSmall ? value as? any BinaryInteger : nil
  }
}

private struct BoxEncoder: Encoder {
  let box: JSONBox
  let codingPath: [any CodingKey]
  let omitsNil: Bool
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = box.content {} else { box.content = .object([]) }
    return KeyedEncodingContainer(KeyedBox(box: box, codingPath: codingPath, omitsNil: omitsNil))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .array = box.content {} else { box.content = .array([]) }
    return UnkeyedBox(box: box, codingPath: codingPath, omitsNil: omitsNil)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleBox(box: box, codingPath: codingPath, omitsNil: omitsNil)
  }
}

private struct KeyedBox<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let box: JSONBox
  let codingPath: [any CodingKey]
  let omitsNil: Bool

  func encodeNil(forKey key: Key) { box.add(key.stringValue, .value(.null)) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    let part = try JSONBox.encoded(value, omitsNil: omitsNil, codingPath: codingPath + [key])
    box.add(key.stringValue, .value(part))
  }

  private func encodeOptional(_ value: (some Encodable)?, _ key: Key) throws {
    if let value {
      try encode(value, forKey: key)
    } else if !omitsNil {
      encodeNil(forKey: key)
    }
  }

  // Each is a requirement of its own, with a default that leaves the member out.
  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: String?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try encodeOptional(value, key) }
  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws { try encodeOptional(value, key) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    nestedEncoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    nestedEncoder(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    BoxEncoder(box: box.member("super"), codingPath: codingPath, omitsNil: omitsNil)
  }

  func superEncoder(forKey key: Key) -> any Encoder { nestedEncoder(key) }

  private func nestedEncoder(_ key: Key) -> BoxEncoder {
    BoxEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key], omitsNil: omitsNil)
  }
}

private struct UnkeyedBox: UnkeyedEncodingContainer {
  let box: JSONBox
  let codingPath: [any CodingKey]
  let omitsNil: Bool

  var count: Int {
    if case .array(let boxes) = box.content { return boxes.count }
    return 0
  }

  func encodeNil() { box.append(.value(.null)) }

  func encode(_ value: some Encodable) throws {
    box.append(.value(try JSONBox.encoded(value, omitsNil: omitsNil, codingPath: codingPath)))
  }

  func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
    BoxEncoder(box: box.append(), codingPath: codingPath, omitsNil: omitsNil).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    BoxEncoder(box: box.append(), codingPath: codingPath, omitsNil: omitsNil).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    BoxEncoder(box: box.append(), codingPath: codingPath, omitsNil: omitsNil)
  }
}

private struct SingleBox: SingleValueEncodingContainer {
  let box: JSONBox
  let codingPath: [any CodingKey]
  let omitsNil: Bool

  func encodeNil() { box.content = .leaf(.null) }

  func encode(_ value: some Encodable) throws {
    box.content = .leaf(try JSONBox.encoded(value, omitsNil: omitsNil, codingPath: codingPath))
  }
}
