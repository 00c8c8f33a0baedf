/// Reads JSON as Python's `json.loads` does: whole numbers of any size, `NaN` and `Infinity`, lone surrogates, the last
/// of repeated keys.
package struct PythonJSON {
  private let bytes: [UInt8]
  private var index = 0
  private static let deepest = 500

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// - Throws: ``DatasetError`` for anything that `json.loads` refuses, and for nesting of more than 500 levels.
  package static func parse(_ text: String) throws(DatasetError) -> PythonValue {
    var parser = PythonJSON(text)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.index == parser.bytes.count else { throw parser.error("something follows the value") }
    return value
  }

  private func error(_ message: String) -> DatasetError { DatasetError("no JSON: \(message) at byte \(index)") }

  private mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private mutating func skip(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index + length <= bytes.count else { return false }
    let matches = word.withUTF8Buffer { buffer in buffer.elementsEqual(bytes[index..<index + length]) }
    if matches { index += length }
    return matches
  }

  private mutating func value(depth: Int) throws(DatasetError) -> PythonValue {
    guard depth < Self.deepest else { throw error("nesting deeper than \(Self.deepest) levels") }
    guard index < bytes.count else { throw error("a value is missing") }
    switch bytes[index] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "["): return .list(try list(depth: depth))
    case UInt8(ascii: "{"): return .dictionary(try dictionary(depth: depth))
    default: break
    }
    if skip("null") { return .none }
    if skip("true") { return .bool(true) }
    if skip("false") { return .bool(false) }
    if skip("NaN") { return .float(.nan) }
    if skip("Infinity") { return .float(.infinity) }
    if skip("-Infinity") { return .float(-.infinity) }
    return try number()
  }

  private mutating func list(depth: Int) throws(DatasetError) -> [PythonValue] {
    index += 1
    skipSpace()
    var items: [PythonValue] = []
    if skip("]") { return items }
    while true {
      items.append(try value(depth: depth + 1))
      skipSpace()
      if skip("]") { return items }
      guard skip(",") else { throw error("a comma or ] is missing") }
      skipSpace()
    }
  }

  private mutating func dictionary(depth: Int) throws(DatasetError) -> [(key: PythonValue, value: PythonValue)] {
    index += 1
    skipSpace()
    var members: [(key: PythonValue, value: PythonValue)] = []
    var places: [[UInt8]: Int] = [:]
    if skip("}") { return members }
    while true {
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw error("a name is missing") }
      let key = try string()
      skipSpace()
      guard skip(":") else { throw error("a colon is missing") }
      skipSpace()
      let value = try value(depth: depth + 1)
      if let place = places.updateValue(members.count, forKey: Array(key.utf8)) {
        members[place].value = value
        places[Array(key.utf8)] = place
      } else {
        members.append((.string(key), value))
      }
      skipSpace()
      if skip("}") { return members }
      guard skip(",") else { throw error("a comma or } is missing") }
      skipSpace()
    }
  }

  private mutating func number() throws(DatasetError) -> PythonValue {
    let start = index
    _ = skip("-")
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[index - whole] != UInt8(ascii: "0") else { throw error("no value") }
    var isFloat = false
    if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), (0x30...0x39).contains(bytes[index + 1]) {
      isFloat = true
      index += 1
      _ = digits()
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      let before = index
      index += 1
      if !skip("-") { _ = skip("+") }
      if digits() > 0 { isFloat = true } else { index = before }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isFloat { return .float(Double(text) ?? .infinity) }
    guard let integer = PythonInteger(text) else { throw error("no value") }
    return .integer(integer)
  }

  private mutating func digits() -> Int {
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index - start
  }

  private mutating func string() throws(DatasetError) -> String {
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw error("a control character in a text")
      default: text.append(byte)
      }
    }
    throw error("a text has no end")
  }

  private mutating func escape(into text: inout [UInt8]) throws(DatasetError) {
    guard index < bytes.count else { throw error("a text has no end") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800...0xDBFF).contains(code), index + 1 < bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 {
        let before = index
        index += 2
        let low = try hexadecimal()
        if (0xDC00...0xDFFF).contains(low) {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        } else {
          index = before
        }
      }
      // A lone surrogate is no character: it becomes U+FFFD, as where the sandbox sends one.
      text += Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    default: throw error("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(DatasetError) -> UInt32 {
    guard index + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
    else { throw error("an escape is cut short") }
    index += 4
    return code
  }
}
