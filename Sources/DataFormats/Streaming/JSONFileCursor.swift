import Files
import JSON

/// Looks at a JSON file by offsets, a piece of it in memory at a time.
struct JSONFileCursor: ~Copyable {
  /// Values up to this size are taken into memory.
  static let largestValue = 64 << 20
  private static let pieceSize = 1 << 20

  private let file: FileDescriptor
  private let options: DecodingOptions
  private let checkCancellation: () throws -> Void
  private var piece: [UInt8] = []
  private var pieceOffset = 0
  private let size: Int

  init(_ file: FileDescriptor, _ options: DecodingOptions, checkCancellation: @escaping () throws -> Void) {
    self.file = file
    self.options = options
    self.checkCancellation = checkCancellation
    size = file.size
  }

  /// Where the text begins: behind a byte order mark.
  mutating func start() throws(DataFormatError) -> Int {
    for (offset, byte) in ([0xEF, 0xBB, 0xBF] as [UInt8]).enumerated() where try self.byte(at: offset) != byte {
      return 0
    }
    return 3
  }

  /// nil at the end.
  mutating func byte(at offset: Int) throws(DataFormatError) -> UInt8? {
    if offset < pieceOffset || offset >= pieceOffset + piece.count {
      guard offset < size else { return nil }
      try load(from: offset, keeping: offset)
    }
    let index = offset - pieceOffset
    return index < piece.count ? piece[index] : nil
  }

  /// Reads on from `offset`, and keeps what is there from `keeping` on.
  private mutating func load(from offset: Int, keeping: Int) throws(DataFormatError) {
    do { try checkCancellation() } catch { throw .cancelled }
    let kept =
      keeping >= pieceOffset && keeping < offset && offset == pieceOffset + piece.count
      ? Array(piece[(keeping - pieceOffset)...]) : []
    let more: [UInt8]
    do {
      more = try file.read(at: offset, count: max(Self.pieceSize, kept.count))
    } catch {
      throw DataFormatError(reading: error)
    }
    piece = kept.isEmpty ? more : kept + more
    pieceOffset = offset - kept.count
  }

  /// The first offset from here on that is not white space.
  mutating func skipSpace(_ offset: Int) throws(DataFormatError) -> Int {
    var offset = offset
    while let byte = try byte(at: offset),
      byte == Ascii.space || byte == Ascii.lineFeed || byte == Ascii.carriageReturn || byte == Ascii.tab
    {
      offset += 1
    }
    return offset
  }

  /// Where the value that begins here ends. Only its quotes and brackets are looked at.
  mutating func end(ofValueAt start: Int) throws(DataFormatError) -> Int {
    var depth = 0
    var offset = start
    var isInString = false
    while true {
      guard try load(forScanAt: offset, from: start) else { return offset }
      var index = offset - pieceOffset
      // Looked at in a loop of its own, since this is where the time goes.
      let (end, isDone) = piece.withUnsafeBufferPointer { bytes -> (Int, Bool) in
        while index < bytes.count {
          let byte = bytes[index]
          if isInString {
            if byte == Ascii.backslash {
              index &+= 2
              continue
            }
            if byte == Ascii.quote {
              isInString = false
              if depth == 0 { return (index &+ 1, true) }
            }
          } else {
            switch byte {
            case Ascii.quote: isInString = true
            case Ascii.openBracket, Ascii.openBrace: depth &+= 1
            case Ascii.closeBracket, Ascii.closeBrace:
              // Without an opening one it ends the plain value before it.
              if depth == 0 { return (index, true) }
              depth &-= 1
              if depth == 0 { return (index &+ 1, true) }
            case Ascii.comma, Ascii.colon, Ascii.space, Ascii.lineFeed, Ascii.carriageReturn, Ascii.tab:
              if depth == 0 { return (index, true) }
            default: break
            }
          }
          index &+= 1
        }
        return (index, false)
      }
      offset = pieceOffset + end
      if isDone { return min(offset, size) }
    }
  }

  /// False at the end of the file.
  private mutating func load(forScanAt offset: Int, from start: Int) throws(DataFormatError) -> Bool {
    if offset >= pieceOffset, offset < pieceOffset + piece.count { return true }
    guard offset < size else { return false }
    try load(from: offset, keeping: offset - start <= Self.largestValue ? start : offset)
    return offset < pieceOffset + piece.count
  }

  /// Whether the value has a list in it, looked for until the first.
  mutating func hasList(_ start: Int, _ end: Int) throws(DataFormatError) -> Bool {
    var offset = start
    var isInString = false
    while offset < end, let byte = try byte(at: offset) {
      if byte == Ascii.backslash, isInString { offset += 1 }
      if byte == Ascii.quote { isInString.toggle() }
      if byte == Ascii.openBracket, !isInString { return true }
      offset += 1
    }
    return false
  }

  /// Reads the value that stands there.
  mutating func value(_ start: Int, _ end: Int, level: Int) throws(DataFormatError) -> JSONValue {
    guard end - start <= Self.largestValue else {
      throw try error(
        .limit,
        "A value of more than \(Self.largestValue >> 20) MiB cannot be taken apart: it is a row, key or string.",
        at: start)
    }
    if start < pieceOffset || end > pieceOffset + piece.count {
      do { piece = try file.read(at: start, count: max(end - start, Self.pieceSize)) } catch {
        throw DataFormatError(reading: error)
      }
      pieceOffset = start
    }
    var inner = options
    inner.maximumDepth = max(options.maximumDepth - level, 1)
    let (first, last) = (start - pieceOffset, min(end - pieceOffset, piece.count))
    let result = piece.withUnsafeBufferPointer { bytes in
      Result { () throws(DataFormatError) in
        var reader = JSONTextReader(Bytes(rebasing: bytes[first..<max(first, last)]), inner)
        return try reader.read()
      }
    }
    do { return try result.get() } catch { throw try moved(error, to: start) }
  }

  // MARK: Places

  mutating func error(
    _ code: DataFormatError.Code, _ message: String, at offset: Int
  ) throws(DataFormatError) -> DataFormatError {
    try moved(DataFormatError(code, message, line: 1, column: 1), to: offset)
  }

  /// The error of a part of the file, with its place in the whole; for that the file is read again.
  private mutating func moved(_ error: DataFormatError, to start: Int) throws(DataFormatError) -> DataFormatError {
    var (line, column) = (1, 1)
    var offset = try self.start()
    while offset < start {
      let bytes: [UInt8]
      do { bytes = try file.read(at: offset, count: min(Self.pieceSize, start - offset)) } catch {
        throw DataFormatError(reading: error)
      }
      guard !bytes.isEmpty else { break }
      for byte in bytes {
        if byte == Ascii.lineFeed {
          line += 1
          column = 1
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      offset += bytes.count
    }
    let inner = (line: error.line ?? 1, column: error.column ?? 1)
    return DataFormatError(
      error.code, error.message, line: line + inner.line - 1,
      column: inner.line == 1 ? column + inner.column - 1 : inner.column)
  }
}
