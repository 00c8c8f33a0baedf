/// Reads plain data as driver.py's `Encoder` writes it: a letter for the type, a number of bytes or of elements in
/// decimal, a colon, and the bytes or elements.
struct PlainValueReader {
  private var rest: ArraySlice<UInt8>
  /// The driver stops at 200 levels; a report made up by a program may claim any number.
  private static let deepest = 256

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// A text with its length in front.
  mutating func text() -> String? { raw().map { String(decoding: $0, as: UTF8.self) } }

  /// nil when what follows is no value.
  mutating func value() -> PlainValue? { value(depth: 0) }

  private mutating func value(depth: Int) -> PlainValue? {
    guard depth < Self.deepest, let tag = rest.popFirst() else { return nil }
    switch tag {
    case UInt8(ascii: "N"): return number() == 0 ? .null : nil
    case UInt8(ascii: "B"): return number().map { .bool($0 == 1) }
    case UInt8(ascii: "I"): return text().flatMap(Self.digits)
    case UInt8(ascii: "F"): return text().flatMap { Double($0) }.map { .float($0) }
    case UInt8(ascii: "S"): return text().map { .string($0) }
    case UInt8(ascii: "Y"): return raw().map { .bytes(Array($0)) }
    case UInt8(ascii: "L"): return elements(depth).map { .list($0) }
    case UInt8(ascii: "T"): return elements(depth).map { .tuple($0) }
    case UInt8(ascii: "Z"): return elements(depth).map { .set($0) }
    case UInt8(ascii: "D"): return dictionary(depth)
    case UInt8(ascii: "O"):
      guard let own = number(), case .string(let type) = value(depth: depth + 1),
        case .string(let description) = value(depth: depth + 1)
      else { return nil }
      return .other(type: type, description: description, definesEquality: own == 1)
    default: return nil
    }
  }

  private mutating func elements(_ depth: Int) -> [PlainValue]? {
    guard let count = number() else { return nil }
    var elements: [PlainValue] = []
    for _ in 0..<count {
      guard let element = value(depth: depth + 1) else { return nil }
      elements.append(element)
    }
    return elements
  }

  private mutating func dictionary(_ depth: Int) -> PlainValue? {
    guard let count = number() else { return nil }
    var pairs: [(key: PlainValue, value: PlainValue)] = []
    for _ in 0..<count {
      guard let key = value(depth: depth + 1), let value = value(depth: depth + 1) else { return nil }
      pairs.append((key, value))
    }
    return .dictionary(pairs)
  }

  private mutating func raw() -> ArraySlice<UInt8>? {
    guard let count = number(), count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// Digits and the colon after them; nil for none or more than ten.
  private mutating func number() -> Int? {
    guard let colon = rest.prefix(11).firstIndex(of: UInt8(ascii: ":")), colon > rest.startIndex else { return nil }
    var number = 0
    for byte in rest[rest.startIndex..<colon] {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    rest = rest[(colon + 1)...]
    return number
  }

  private static func digits(_ text: String) -> PlainValue? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return .int(text)
  }
}
