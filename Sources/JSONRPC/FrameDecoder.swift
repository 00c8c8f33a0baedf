#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Cuts a stream of bytes into messages. Pure: it gets bytes and gives frames, whatever the pieces they came in.
///
/// Unless told, it learns the framing from the first byte that is not blank: `{` or `[` means lines, `content-`
/// in any case means headers. What else begins a stream is refused by a strict decoder, before anything in it is
/// looked at: a web page can make a browser send `POST / HTTP/1.1` and a well-formed message behind it.
package struct FrameDecoder: Sendable {
  package enum Event: Sendable, Equatable {
    /// The bytes of one message.
    case frame([UInt8])
    case violation(FramingViolation)
  }

  private enum Mode {
    case sniffing
    case line
    /// Within a line that was too long and has been reported.
    case discardingLine
    case header(HeaderSection)
    case body(length: Int, charset: String?)
    case failed
  }

  private let limits: ConnectionLimits
  private let isStrict: Bool
  private var mode: Mode
  private var buffer: [UInt8] = []
  /// Where the bytes not yet taken begin.
  private var start = 0
  /// Up to where the current line has been searched for its end.
  private var searched = 0

  /// The framing, once known.
  package private(set) var framing: Framing?

  /// - Parameters:
  ///   - framing: what the peer uses; nil to find out.
  ///   - isStrict: whether an opening that is neither JSON nor `content-` ends the stream. Otherwise a first line
  ///     that looks like a header field means headers, and any other means lines.
  package init(framing: Framing? = nil, isStrict: Bool = true, limits: ConnectionLimits = ConnectionLimits()) {
    self.limits = limits
    self.isStrict = isStrict
    self.framing = framing
    switch framing {
    case .newline: mode = .line
    case .contentLength: mode = .header(HeaderSection())
    case nil: mode = .sniffing
    }
  }

  /// Whether the stream is lost; more bytes change nothing.
  package var hasFailed: Bool {
    if case .failed = mode { return true }
    return false
  }

  /// Whether part of a message has come and the rest has not.
  package var hasPartialFrame: Bool {
    switch mode {
    case .sniffing, .line: start < buffer.count
    case .discardingLine, .body: true
    case .header(let section): start < buffer.count || !section.isEmpty
    case .failed: false
    }
  }

  /// Bytes that wait for the rest of their message.
  package var heldByteCount: Int { buffer.count - start }

  package mutating func append(_ bytes: some Collection<UInt8>) {
    guard !hasFailed else { return }
    if start == buffer.count {
      discardTaken()
    } else if start > 1 << 16, start > buffer.count / 2 {
      discardTaken()
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next message or fault; nil until more bytes come.
  package mutating func next() -> Event? {
    while true {
      switch mode {
      case .failed: return nil
      case .sniffing:
        switch sniff() {
        case .undecided: return nil
        case .decided: continue
        case .refused: return fail(nil)
        }
      case .line:
        guard let step = nextLine() else { return nil }
        if let event = step.event { return event }
      case .discardingLine:
        guard let end = endOfLine() else {
          dropAll()
          return nil
        }
        take(through: end)
        mode = .line
      case .header(let section):
        guard let step = nextHeaderLine(section) else { return nil }
        if let event = step.event { return event }
      case .body(let length, let charset):
        guard buffer.count - start >= length else { return nil }
        return body(length, charset)
      }
    }
  }

  /// What is left when the stream has ended: an unterminated last line is a message, half a frame is a fault.
  package mutating func finish() -> Event? {
    if let event = next() { return event }
    if case .sniffing = mode, !isStrict, start < buffer.count { choose(.newline) }
    switch mode {
    case .line:
      let rest = trimmed(start..<buffer.count)
      dropAll()
      return rest.isEmpty ? nil : .frame(rest)
    case .header, .body:
      guard hasPartialFrame else { return nil }
      return fail(.parseError("the stream ended inside a frame"))
    case .sniffing:
      return hasPartialFrame ? fail(nil) : nil
    case .discardingLine, .failed:
      return nil
    }
  }
}

// MARK: - Finding out the framing

extension FrameDecoder {
  private enum Sniffed {
    case undecided
    case decided
    case refused
  }

  private mutating func sniff() -> Sniffed {
    while start < buffer.count, Self.isBlank(buffer[start]) { start += 1 }
    searched = max(searched, start)
    guard start < buffer.count else {
      discardTaken()
      return .undecided
    }
    if buffer[start] == UInt8(ascii: "{") || buffer[start] == UInt8(ascii: "[") {
      choose(.newline)
      return .decided
    }
    let opening = buffer[start...].prefix(Self.headerOpening.count).map { Self.lowercased($0) }
    if opening.elementsEqual(Self.headerOpening) {
      choose(.contentLength)
      return .decided
    }
    if Self.headerOpening.starts(with: opening) { return .undecided }
    return isStrict ? .refused : sniffFirstLine()
  }

  /// For a peer that is trusted to speak some framing: `name:` opens a header, anything else is a line.
  private mutating func sniffFirstLine() -> Sniffed {
    guard let end = endOfLine() ?? (buffer.count - start > limits.maximumHeaderBytes ? buffer.count : nil) else {
      return .undecided
    }
    searched = start
    choose(HeaderSection.isField(buffer[start..<end]) ? .contentLength : .newline)
    return .decided
  }

  private mutating func choose(_ framing: Framing) {
    self.framing = framing
    mode = framing == .newline ? .line : .header(HeaderSection())
  }

  private static let headerOpening = Array("content-".utf8)

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  fileprivate static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }
}

// MARK: - Lines

extension FrameDecoder {
  /// One step forward: an event to give, or none yet.
  private struct Step {
    var event: Event?
  }

  private mutating func nextLine() -> Step? {
    guard let end = endOfLine() else {
      guard buffer.count - start > limits.maximumMessageBytes else { return nil }
      mode = .discardingLine
      dropAll()
      return Step(event: tooLong())
    }
    guard end - start <= limits.maximumMessageBytes else {
      take(through: end)
      return Step(event: tooLong())
    }
    let line = trimmed(start..<end)
    take(through: end)
    return Step(event: line.isEmpty ? nil : .frame(line))
  }

  private func tooLong() -> Event {
    .violation(
      FramingViolation(
        error: .invalidRequest("a message may have at most \(limits.maximumMessageBytes) bytes"), isFatal: false))
  }

  private func trimmed(_ range: Range<Int>) -> [UInt8] {
    var range = range
    while let first = range.first, Self.isBlank(buffer[first]) { range = (first + 1)..<range.upperBound }
    while let last = range.last, Self.isBlank(buffer[last]) { range = range.lowerBound..<last }
    return Array(buffer[range])
  }

  /// The position of the next line feed. Remembers how far it looked, so that a long line costs linear time.
  private mutating func endOfLine() -> Int? {
    let from = max(searched, start)
    let found = buffer.withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress, from < bytes.count else { return nil }
      guard let hit = memchr(base + from, 0x0A, bytes.count - from) else { return nil }
      return UnsafeRawPointer(hit) - base
    }
    if found == nil { searched = buffer.count }
    return found
  }
}

// MARK: - Headers

extension FrameDecoder {
  private mutating func nextHeaderLine(_ section: HeaderSection) -> Step? {
    guard let end = endOfLine() else {
      guard section.byteCount + (buffer.count - start) > limits.maximumHeaderBytes else { return nil }
      return Step(event: fail(.invalidRequest("the header is longer than \(limits.maximumHeaderBytes) bytes")))
    }
    var section = section
    do {
      let isComplete = try section.add(buffer[start..<end], limits: limits)
      take(through: end)
      mode =
        isComplete ? .body(length: try section.length(limits: limits), charset: section.charset) : .header(section)
      return Step(event: nil)
    } catch {
      return Step(event: fail(error))
    }
  }

  private mutating func body(_ length: Int, _ charset: String?) -> Event {
    let body = Array(buffer[start..<(start + length)])
    start += length
    searched = start
    mode = .header(HeaderSection())
    guard let charset else { return .frame(body) }
    return .violation(
      FramingViolation(
        error: .invalidRequest("the charset \"\(charset)\" is not supported; use utf-8"), isFatal: false))
  }

  private mutating func fail(_ error: RPCError?) -> Event {
    mode = .failed
    dropAll()
    return .violation(FramingViolation(error: error, isFatal: true))
  }
}

// MARK: - The buffer

extension FrameDecoder {
  private mutating func take(through end: Int) {
    start = end + 1
    searched = start
  }

  private mutating func dropAll() {
    buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 20)
    start = 0
    searched = 0
  }

  private mutating func discardTaken() {
    if start == buffer.count { return dropAll() }
    buffer.removeSubrange(..<start)
    searched = max(0, searched - start)
    start = 0
  }
}
