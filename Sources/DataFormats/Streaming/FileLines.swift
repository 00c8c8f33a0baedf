import Files

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of a file, of which a piece at a time is in memory.
struct FileLines: ToonLineSource, ~Copyable {
  private let file: FileDescriptor
  private var piece: [UInt8] = []
  /// Where the next line begins in the piece.
  private var position = 0
  private var fileOffset = 0
  private var lineNumber = 0
  private var isAtEnd = false
  private let checkCancellation: () throws -> Void

  static let pieceSize = 1 << 20
  /// A longer line is refused: it would have to be in memory whole.
  static let longestLine = 256 << 20

  init(_ file: FileDescriptor, checkCancellation: @escaping () throws -> Void) {
    self.file = file
    self.checkCancellation = checkCancellation
  }

  mutating func nextLine() throws(DataFormatError) -> Bytes? {
    lineNumber += 1
    var searched = position
    while true {
      if let end = lineFeed(from: searched) { return line(upTo: end, next: end + 1) }
      if isAtEnd { return position < piece.count ? line(upTo: piece.count, next: piece.count) : nil }
      searched = piece.count - position
      guard searched <= Self.longestLine else {
        throw DataFormatError(
          .limit, "The line is longer than \(Self.longestLine >> 20) MiB, which is not read.", line: lineNumber,
          column: 1)
      }
      try readMore()
    }
  }

  /// The piece stays where it is until the next line is asked for.
  private mutating func line(upTo end: Int, next: Int) -> Bytes {
    defer { position = next }
    return piece.withUnsafeBufferPointer { Bytes(rebasing: $0[position..<end]) }
  }

  private func lineFeed(from start: Int) -> Int? {
    piece.withUnsafeBytes { raw in
      guard start < raw.count, let base = raw.baseAddress,
        let found = memchr(base + start, Int32(Ascii.lineFeed), raw.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private mutating func readMore() throws(DataFormatError) {
    do { try checkCancellation() } catch { throw .cancelled }
    let more: [UInt8]
    // Long lines are read in longer pieces, so that they are not copied again and again.
    let wanted = max(Self.pieceSize, piece.count - position)
    do { more = try file.read(at: fileOffset, count: wanted) } catch { throw DataFormatError(reading: error) }
    isAtEnd = more.count < wanted
    let isFirst = fileOffset == 0
    fileOffset += more.count
    piece = position == piece.count ? more : Array(piece[position...]) + more
    position = isFirst && more.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}

extension DataFormatError {
  /// The caller wants no more of it.
  static let cancelled = DataFormatError(Code(rawValue: "cancelled"), "The work was cancelled.")
}
