import Files

/// Reads the metadata at the start of a model file.
///
/// Format: github.com/ggml-org/ggml, docs/gguf.md, versions 2 and 3, little-endian: "GGUF", version, number of tensors,
/// number of pairs; each pair a text, a type and a value.
struct GGUFHeader {
  let metadata: ModelMetadata

  /// The longest header that is read: a vocabulary of some 250 000 tokens with its merges takes 10 MB.
  private static let maximumBytes = 64 << 20

  /// - Throws: ``FileFailure`` for a file that cannot be read or is none of this kind.
  init(path: String) throws(FileFailure) {
    var reader = Reader(file: try FileDescriptor(path, .read), limit: Self.maximumBytes)
    guard try reader.bytes(4) == Array("GGUF".utf8), [2, 3].contains(try reader.integer(4)) else {
      throw FileFailure("it is no GGUF file")
    }
    _ = try reader.integer(8)
    let pairs = try reader.integer(8)
    var metadata = ModelMetadata()
    var numbers: [String: Int] = [:]
    for _ in 0..<min(pairs, 100_000) {
      let key = try reader.text()
      switch try reader.value() {
      case .text(let text) where key == "general.architecture": metadata.architecture = text
      case .number(let number) where key == "general.parameter_count": metadata.parameters = number
      case .number(let number): numbers[key] = number
      default: break
      }
    }
    if let architecture = metadata.architecture {
      let prefix = architecture + "."
      for (key, number) in numbers where key.hasPrefix(prefix) {
        metadata.numbers[String(key.dropFirst(prefix.count))] = number
      }
    }
    self.metadata = metadata
  }

  private enum Value {
    case number(Int)
    case text(String)
    /// Numbers with a fraction, truth values and lists.
    case other
  }

  private struct Reader {
    let file: FileDescriptor
    let limit: Int
    private var piece: [UInt8] = []
    private var pieceOffset = 0
    private var position = 0

    private static let pieceSize = 1 << 20

    init(file: FileDescriptor, limit: Int) {
      self.file = file
      self.limit = limit
    }

    mutating func bytes(_ count: Int) throws(FileFailure) -> [UInt8] {
      guard count >= 0, count <= Self.pieceSize, position + count <= limit else {
        throw FileFailure("its header is too long or damaged")
      }
      if position < pieceOffset || position + count > pieceOffset + piece.count {
        piece = try file.read(at: position, count: Self.pieceSize)
        pieceOffset = position
      }
      let start = position - pieceOffset
      guard start + count <= piece.count else { throw FileFailure("it ends within its header") }
      position += count
      return Array(piece[start..<start + count])
    }

    private mutating func skip(_ count: Int) throws(FileFailure) {
      guard count >= 0, count <= limit - position else { throw FileFailure("its header is too long or damaged") }
      position += count
    }

    /// Unsigned, little-endian, 1 to 8 bytes.
    mutating func integer(_ size: Int) throws(FileFailure) -> Int {
      let value = try bytes(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let value = Int(exactly: value) else { throw FileFailure("its header is damaged") }
      return value
    }

    mutating func text() throws(FileFailure) -> String { String(decoding: try bytes(try integer(8)), as: UTF8.self) }

    mutating func value() throws(FileFailure) -> Value { try value(ofType: try integer(4), depth: 0) }

    private mutating func value(ofType type: Int, depth: Int) throws(FileFailure) -> Value {
      switch type {
      case 0: return .number(try integer(1))
      case 2: return .number(try integer(2))
      case 4: return .number(try integer(4))
      case 10: return .number(try integer(8))
      // Signed numbers, of which only those that are not negative are of use.
      case 1, 3, 5, 11: return try signed([1: 1, 3: 2, 5: 4, 11: 8][type] ?? 8)
      case 6:
        try skip(4)
        return .other
      case 7:
        try skip(1)
        return .other
      case 8: return .text(try text())
      case 9: return try list(depth: depth)
      case 12:
        try skip(8)
        return .other
      default: throw FileFailure("its header has a value of the unknown type \(type)")
      }
    }

    private mutating func signed(_ size: Int) throws(FileFailure) -> Value {
      let parts = try bytes(size)
      guard let last = parts.last, last < 0x80 else { return .other }
      return .number(parts.reversed().reduce(0) { $0 << 8 | Int($1) })
    }

    private mutating func list(depth: Int) throws(FileFailure) -> Value {
      let type = try integer(4)
      let count = try integer(8)
      let sizes = [0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8]
      if let size = sizes[type] {
        let (total, overflow) = count.multipliedReportingOverflow(by: size)
        if overflow { throw FileFailure("its header is damaged") }
        try skip(total)
        return .other
      }
      guard depth < 4 else { throw FileFailure("its header is nested too deeply") }
      // Each element takes bytes, so that a damaged count ends at the end of the file.
      for _ in 0..<count { _ = try value(ofType: type, depth: depth + 1) }
      return .other
    }
  }
}
