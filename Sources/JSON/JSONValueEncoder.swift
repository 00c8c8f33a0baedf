/// Turns `Encodable` values into ``JSONValue``, with members in the order they were encoded.
///
/// A nil property becomes `null`, so that a reader sees "unknown" where a synthesised encoder would leave the
/// member out; `omitsNil` leaves it out (for parameters, where absent means "the default").
package struct JSONValueEncoder: Sendable {
  package var omitsNil: Bool

  package init(omitsNil: Bool = false) { self.omitsNil = omitsNil }

  /// - Throws: `EncodingError` when the value's own `encode(to:)` throws or an integer is above `Int64.max`.
  package func encode(_ value: some Encodable) throws -> JSONValue {
    let box = JSONBox()
    try box.set(value, omitsNil: omitsNil, codingPath: [])
    return box.value
  }
}

/// A place in the tree under construction. Containers fill it after their parent took it in.
private final class JSONBox {
  enum Content {
    case leaf(JSONValue)
    case array([JSONBox])
    case object([(key: String, box: JSONBox)])
  }

  var content = Content.leaf(.null)

  var value: JSONValue {
    switch content {
    case .leaf(let value): value
    case .array(let boxes): .array(boxes.map(\.value))
    case .object(let members): .object(JSONObject(members.map { ($0.key, $0.box.value) }))
    }
  }

  func append() -> JSONBox {
    let box = JSONBox()
    if case .array(var boxes) = content {
      content = .leaf(.null)  // Frees the array from its enum, so that append does not copy it.
      boxes.append(box)
      content = .array(boxes)
    } else {
      content = .array([box])
    }
    return box
  }

  func member(_ key: String) -> JSONBox {
    let box = JSONBox()
    if case .object(var members) = content {
      content = .leaf(.null)
      members.append((key, box))
      content = .object(members)
    } else {
      content = .object([(key, box)])
    }
    return box
  }

  func set(_ value: some Encodable, omitsNil: Bool, codingPath: [any CodingKey]) throws {
    switch value {
    case let value as JSONValue: content = .leaf(value)
    case let value as JSONObject: content = .leaf(.object(value))
    case let value as String: content = .leaf(.string(value))
    case let value as Bool: content = .leaf(.bool(value))
    case let value as Double: content = .leaf(.double(value))
    case let value as Float: content = .leaf(.double(Double(value)))
    case let value as any BinaryInteger:
      guard let exact = Int64(exactly: value) else {
        let context = EncodingError.Context(codingPath: codingPath, debugDescription: "integer above 2^63-1")
        throw EncodingError.invalidValue(value, context)
      }
      content = .leaf(.integer(exact))
    default:
      try value.encode(to: BoxEncoder(box: self, codingPath: codingPath, omitsNil: omitsNil))
    }
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

  func encodeNil(forKey key: Key) { box.member(key.stringValue).content = .leaf(.null) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    try box.member(key.stringValue).set(value, omitsNil: omitsNil, codingPath: codingPath + [key])
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

  func encodeNil() { box.append().content = .leaf(.null) }

  func encode(_ value: some Encodable) throws {
    try box.append().set(value, omitsNil: omitsNil, codingPath: codingPath)
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
    try box.set(value, omitsNil: omitsNil, codingPath: codingPath)
  }
}
