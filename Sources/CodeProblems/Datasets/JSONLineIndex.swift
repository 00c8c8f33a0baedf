import JSON

/// One line of a file of JSON lines: where its members stand. Values stay on the disk, for one can be many megabytes.
struct IndexedRecord: Sendable {
  /// From 1.
  let line: Int
  /// The line's bytes in the file, without the line feed.
  let range: Range<Int>
  /// Where each member's value stands, with the quotation marks of a string.
  let members: [String: Range<Int>]
  /// The text of the members that were asked for, where it is not longer than ``JSONLineIndex/longestKept``.
  let kept: [String: [UInt8]]
}

/// Finds the members of every line of a file of JSON objects, in one pass with little memory.
///
/// Only as much is parsed as is needed to find where values begin and end; values are parsed when they are read.
struct JSONLineIndex {
  /// Longer values are read when they are needed.
  static let longestKept = 1 << 16
  private static let pieceSize = 1 << 20
  private static let mostMembers = 1000

  private enum State {
    case lineStart, beforeKey, inKey, afterKey, beforeValue, inString, inScalar, afterValue, afterObject, broken
  }

  /// What comes of a line: blank lines come to nothing.
  enum Finding {
    case record(IndexedRecord)
    case problem(line: Int, String)
  }

  private let keeps: Set<String>
  private var state = State.lineStart
  private var isEscaped = false
  /// Brackets open in the value, and whether a string of it is.
  private var depth = 0
  private var isInNestedString = false
  private var line = 1
  private var lineOffset = 0
  private var key: [UInt8] = []
  private var name = ""
  private var valueStart = 0
  private var value: [UInt8] = []
  private var keepsValue = false
  private var members: [String: Range<Int>] = [:]
  private var kept: [String: [UInt8]] = [:]
  private var problem = ""

  /// - Parameter keeps: names of members whose text is wanted at once.
  init(keeping keeps: Set<String>) { self.keeps = keeps }

  /// - Throws: ``DatasetError`` when the disk fails; what `each` throws.
  mutating func scan(
    _ bytes: DatasetBytes, checkCancellation: () throws -> Void = {}, _ each: (Finding) throws -> Void
  ) throws {
    var offset = 0
    // A byte order mark is no part of the first line.
    if try bytes.read(0..<3) == [0xEF, 0xBB, 0xBF] { (offset, lineOffset) = (3, 3) }
    while true {
      try checkCancellation()
      let piece = try bytes.read(offset..<offset + Self.pieceSize)
      if piece.isEmpty { break }
      try piece.withUnsafeBufferPointer { try take($0, at: offset, each) }
      offset += piece.count
    }
    try endLine(at: offset, each)
  }

  private mutating func take(
    _ piece: UnsafeBufferPointer<UInt8>, at base: Int, _ each: (Finding) throws -> Void
  ) throws {
    var index = 0
    while index < piece.count {
      let byte = piece[index]
      if byte == 0x0A {
        try endLine(at: base + index, each)
        index += 1
        continue
      }
      switch state {
      case .inString where !isEscaped:
        // The long stretches: what is neither the end nor an escape is passed over.
        let start = index
        while index < piece.count, piece[index] != 0x22, piece[index] != 0x5C, piece[index] != 0x0A { index += 1 }
        keep(piece[start..<index])
        guard index < piece.count, piece[index] != 0x0A else { continue }
        keep(piece[index...index])
        if piece[index] == 0x5C { isEscaped = true } else { endValue(at: base + index + 1) }
      default: step(byte, at: base + index)
      }
      index += 1
    }
  }

  private mutating func step(_ byte: UInt8, at offset: Int) {
    let isSpace = byte == 0x20 || byte == 0x09 || byte == 0x0D
    switch state {
    case .inString:
      isEscaped = false
      keep(byte)
    case .inKey: stepInKey(byte)
    case .inScalar: stepInScalar(byte, isSpace: isSpace, at: offset)
    case .broken: break
    case _ where isSpace: break
    case .lineStart:
      if byte == UInt8(ascii: "{") { state = .beforeKey } else { fail("it does not begin with {") }
    case .beforeKey:
      if byte == UInt8(ascii: "\"") {
        key.removeAll(keepingCapacity: true)
        state = .inKey
      } else if byte == UInt8(ascii: "}"), members.isEmpty {
        state = .afterObject
      } else {
        fail("a member's name is missing at column \(offset - lineOffset + 1)")
      }
    case .afterKey:
      if byte == UInt8(ascii: ":") { state = .beforeValue } else { fail("a colon is missing after \"\(name)\"") }
    case .beforeValue: beginValue(byte, at: offset)
    case .afterValue:
      if byte == UInt8(ascii: ",") {
        state = .beforeKey
      } else if byte == UInt8(ascii: "}") {
        state = .afterObject
      } else {
        fail("a comma or } is missing after \"\(name)\" (column \(offset - lineOffset + 1))")
      }
    case .afterObject: fail("something follows the object at column \(offset - lineOffset + 1)")
    }
  }

  private mutating func stepInKey(_ byte: UInt8) {
    guard key.count < 1000 else { return fail("a member's name is longer than 1000 bytes") }
    if isEscaped {
      isEscaped = false
      key.append(byte)
    } else if byte == UInt8(ascii: "\"") {
      name = Self.text(key)
      state = .afterKey
    } else {
      isEscaped = byte == UInt8(ascii: "\\")
      key.append(byte)
    }
  }

  private mutating func beginValue(_ byte: UInt8, at offset: Int) {
    guard members.count < Self.mostMembers else { return fail("it has more than \(Self.mostMembers) members") }
    valueStart = offset
    value.removeAll(keepingCapacity: true)
    keepsValue = keeps.contains(name)
    keep(byte)
    depth = 0
    switch byte {
    case UInt8(ascii: "\""): state = .inString
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      depth = 1
      state = .inScalar
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): fail("\"\(name)\" has no value")
    default: state = .inScalar
    }
  }

  /// Numbers, words, arrays and objects; which they are is told when they are parsed.
  private mutating func stepInScalar(_ byte: UInt8, isSpace: Bool, at offset: Int) {
    if depth == 0, isSpace || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") {
      endValue(at: offset)
      if !isSpace { step(byte, at: offset) }
      return
    }
    keep(byte)
    if isInNestedString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInNestedString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\"") where depth > 0: isInNestedString = true
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      depth -= 1
      if depth == 0 { endValue(at: offset + 1) }
    default: break
    }
  }

  private mutating func keep(_ byte: UInt8) {
    guard keepsValue else { return }
    value.append(byte)
    keepsValue = value.count <= Self.longestKept
  }

  private mutating func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    guard keepsValue else { return }
    keepsValue = value.count + bytes.count <= Self.longestKept
    if keepsValue { value += bytes }
  }

  private mutating func endValue(at end: Int) {
    members[name] = valueStart..<end
    kept[name] = keepsValue ? value : nil
    state = .afterValue
  }

  private mutating func fail(_ text: String) {
    problem = text
    state = .broken
  }

  private mutating func endLine(at end: Int, _ each: (Finding) throws -> Void) throws {
    defer {
      state = .lineStart
      (isEscaped, isInNestedString, members, kept) = (false, false, [:], [:])
      line += 1
      lineOffset = end + 1
    }
    switch state {
    case .lineStart: break
    case .afterObject:
      try each(
        .record(IndexedRecord(line: line, range: lineOffset..<end, members: members, kept: kept)))
    case .broken: try each(.problem(line: line, "the line is no JSON object: \(problem)"))
    default: try each(.problem(line: line, "the line is no JSON object: it ends too early"))
    }
  }

  /// A name with escapes is read as JSON has it; one that cannot be stays as it stands.
  private static func text(_ bytes: [UInt8]) -> String {
    if bytes.contains(0x5C), let text = try? JSONParser().parse([0x22] + bytes + [0x22]).stringValue { return text }
    return String(decoding: bytes, as: UTF8.self)
  }
}
