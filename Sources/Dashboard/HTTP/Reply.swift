import JSON

/// What a request is answered with, before it is compressed and sent.
struct Reply: Sendable, Equatable {
  enum Caching: Sendable {
    /// The client may keep it but has to ask each time whether it still holds.
    case revalidated
    /// For an hour.
    case hour
    case never
  }

  var status: Int
  var mediaType: String
  var body: [UInt8]
  var caching: Caching
  var headers: [String: String] = [:]

  private static let htmlType = "text/html; charset=utf-8"
  private static let jsonType = "application/json"

  static func page(_ html: HTML, status: Int = 200) -> Reply {
    Reply(status: status, mediaType: htmlType, body: Array(html.text.utf8), caching: status == 200 ? .revalidated : .never)
  }

  static func json(_ value: JSONValue, status: Int = 200) -> Reply {
    Reply(status: status, mediaType: jsonType, body: JSONWriter.data(value), caching: status == 200 ? .revalidated : .never)
  }
}
