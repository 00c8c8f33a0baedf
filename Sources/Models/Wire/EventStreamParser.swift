#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One event of a server-sent event stream.
package struct ServerSentEvent: Sendable, Equatable {
  /// The event's type; nil where the server named none.
  package var type: String?
  /// All data lines, joined by line feeds.
  package var data: String

  package init(type: String? = nil, data: String) {
    self.type = type
    self.data = data
  }
}

/// Cuts the bytes of an event stream into events, wherever the bytes are split.
///
/// Format: WHATWG HTML, section 9.2.6 "Interpreting an event stream": lines end with LF, CR or CRLF, a byte order mark
/// at the start is dropped, lines that begin with a colon are comments, an empty line ends an event, and an event
/// without data is none. `id` and `retry` serve reconnection, which does not exist here, and are passed over.
package struct EventStreamParser: Sendable {
  /// The longest event that is kept; the bytes beyond make ``isOverflowing`` true.
  package let maximumEventBytes: Int
  package private(set) var isOverflowing = false

  private var line: [UInt8] = []
  private var type: String?
  private var data: [UInt8] = []
  private var hasData = false
  private var isFirstLine = true
  /// A CR was the last byte: an LF that follows belongs to it.
  private var sawCarriageReturn = false

  package init(maximumEventBytes: Int = 16 << 20) { self.maximumEventBytes = maximumEventBytes }

  /// The events that these bytes complete.
  package mutating func append(_ bytes: [UInt8]) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    var start = 0
    var ends = LineEnds(bytes)
    while let end = ends.next() {
      // The LF of a CRLF ends no line of its own.
      let isSecondHalf = bytes[end] == 0x0A && end == start && sawCarriageReturn
      take(bytes[start..<end])
      sawCarriageReturn = bytes[end] == 0x0D
      if !isSecondHalf, let event = endLine() { events.append(event) }
      start = end + 1
    }
    take(bytes[start...])
    return events
  }

  /// The event that the end of the stream cuts short. The standard drops it; servers that forget the last empty line
  /// mean it all the same, so it is for the caller to judge whether its data is whole.
  package mutating func finish() -> ServerSentEvent? {
    let last = line.isEmpty ? nil : endLine()
    return last ?? endEvent()
  }

  private mutating func take(_ part: ArraySlice<UInt8>) {
    if part.isEmpty { return }
    sawCarriageReturn = false
    if line.count + data.count + part.count > maximumEventBytes { isOverflowing = true }
    if !isOverflowing { line.append(contentsOf: part) }
  }

  private mutating func endLine() -> ServerSentEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    if line.isEmpty { return endEvent() }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
    var value = line[min(colon + 1, line.count)...]
    if value.first == 0x20 { value.removeFirst() }
    take(field: line[..<colon], value: value)
    return nil
  }

  private mutating func take(field: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    if field.elementsEqual("data".utf8) {
      if hasData { data.append(0x0A) }
      data.append(contentsOf: value)
      hasData = true
    } else if field.elementsEqual("event".utf8) {
      type = String(decoding: value, as: UTF8.self)
    }
  }

  private mutating func endEvent() -> ServerSentEvent? {
    defer {
      type = nil
      data.removeAll(keepingCapacity: true)
      hasData = false
    }
    return hasData ? ServerSentEvent(type: type, data: String(decoding: data, as: UTF8.self)) : nil
  }
}

/// The places of CR and LF in some bytes, in order.
private struct LineEnds {
  private let bytes: [UInt8]
  private var nextFeed: Int?
  private var nextReturn: Int?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    nextFeed = Self.index(of: 0x0A, in: bytes, from: 0)
    nextReturn = Self.index(of: 0x0D, in: bytes, from: 0)
  }

  mutating func next() -> Int? {
    let end = min(nextFeed ?? .max, nextReturn ?? .max)
    if end == nextFeed { nextFeed = Self.index(of: 0x0A, in: bytes, from: end + 1) }
    if end == nextReturn { nextReturn = Self.index(of: 0x0D, in: bytes, from: end + 1) }
    return end == .max ? nil : end
  }

  private static func index(of byte: Int32, in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { raw in
      guard start < raw.count, let base = raw.baseAddress, let found = memchr(base + start, byte, raw.count - start)
      else {
        return nil
      }
      return UnsafeRawPointer(found) - base
    }
  }
}
