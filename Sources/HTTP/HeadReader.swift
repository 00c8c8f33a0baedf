/// Puts the header lines that libcurl hands over, one a call, together to the head of a response.
///
/// A status line starts anew: interim responses and followed redirects come before the real one.
struct HeadReader {
  enum Progress {
    case incomplete
    case complete(HTTPResponseHead)
    case tooLarge
  }

  static let byteLimit = 256 << 10

  private(set) var head: HTTPResponseHead?
  private var status = 0
  private var version = ""
  private var headers = HTTPHeaders()
  private var byteCount = 0

  mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> Progress {
    byteCount += line.count
    if byteCount > Self.byteLimit { return .tooLarge }
    let text = Self.trimmed(String(decoding: line, as: UTF8.self)[...])
    if text.hasPrefix("HTTP/") {
      // "HTTP/1.1 200 OK" or "HTTP/2 200".
      let words = text.dropFirst("HTTP/".count).split(separator: " ", maxSplits: 2)
      version = words.first.map(String.init) ?? ""
      status = words.count > 1 ? Int(words[1]) ?? 0 : 0
      headers = HTTPHeaders()
    } else if text.isEmpty {
      let head = HTTPResponseHead(status: status, headers: headers, version: version)
      self.head = head
      return .complete(head)
    } else if let colon = text.firstIndex(of: ":") {
      headers.add(String(Self.trimmed(text[..<colon])), String(Self.trimmed(text[text.index(after: colon)...])))
    }
    return .incomplete
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text.drop { $0.isWhitespace }
  }
}
