#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a decoder's lines come from.
protocol ToonLineSource: ~Copyable {
  /// The next line without its line feed; nil at the end. The bytes stay until the next line is asked for.
  mutating func nextLine() throws(DataFormatError) -> Bytes?
}

/// The lines of a text in memory.
struct MemoryLines: ToonLineSource {
  private let text: Bytes
  private var position = 0

  init(_ text: Bytes) { self.text = text }

  mutating func nextLine() -> Bytes? {
    guard position < text.count, let start = text.baseAddress else { return nil }
    let rest = text.count - position
    let end = memchr(start + position, Int32(Ascii.lineFeed), rest).map {
      UnsafeRawPointer($0) - UnsafeRawPointer(start)
    }
    defer { position = (end ?? text.count) + 1 }
    return start.bytes(position, end ?? text.count)
  }
}
