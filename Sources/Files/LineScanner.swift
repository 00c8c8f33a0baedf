#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads a file line by line, in pieces of 1 MB, with the place of each line.
package struct LineScanner {
  package struct Line {
    /// Without the line feed.
    package let bytes: ArraySlice<UInt8>
    package let offset: Int
    /// Whether a line feed ends it.
    package let isComplete: Bool
  }

  private let file: FileDescriptor
  private var piece: [UInt8] = []
  /// Where `piece` begins in the file.
  private var pieceOffset = 0
  /// Where the next line begins in `piece`.
  private var position = 0
  private var isAtEnd = false

  private static let pieceSize = 1 << 20
  /// No line that a program of ours wrote is longer; a file without line feeds is not read into memory whole.
  package static let longestLine = 64 << 20

  package init(_ file: FileDescriptor) { self.file = file }

  package mutating func next() throws(FileFailure) -> Line? {
    var searched = position
    while true {
      if let end = lineFeed(from: searched) { return line(upTo: end, next: end + 1, isComplete: true) }
      if isAtEnd {
        return position < piece.count ? line(upTo: piece.count, next: piece.count, isComplete: false) : nil
      }
      searched = piece.count - position
      if searched > Self.longestLine { throw FileFailure("a line is longer than \(Self.longestLine >> 20) MiB") }
      try readMore()
    }
  }

  private mutating func line(upTo end: Int, next: Int, isComplete: Bool) -> Line {
    defer { position = next }
    return Line(bytes: piece[position..<end], offset: pieceOffset + position, isComplete: isComplete)
  }

  private func lineFeed(from start: Int) -> Int? {
    piece.withUnsafeBytes { raw in
      guard start < raw.count, let base = raw.baseAddress, let found = memchr(base + start, 0x0A, raw.count - start)
      else {
        return nil
      }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Keeps the beginning of a line and adds a piece to it.
  private mutating func readMore() throws(FileFailure) {
    let more = try file.read(at: pieceOffset + piece.count, count: Self.pieceSize)
    isAtEnd = more.count < Self.pieceSize
    piece = Array(piece[position...]) + more
    pieceOffset += position
    position = 0
  }
}
