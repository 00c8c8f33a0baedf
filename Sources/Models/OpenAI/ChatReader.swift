import HTTP
import JSON

/// Reads a response with a good status chunk by chunk, as a stream of events or as one JSON text: what comes decides,
/// as servers name the wrong content type often enough.
struct ChatReader {
  private(set) var answer = ChatAnswer()
  private(set) var arrival = ChatArrival()
  /// Whether the server said that this was all.
  private(set) var isDone = false

  private let endpoint: ChatEndpoint
  private var form = Form.unknown
  private var events = EventStreamParser()
  /// The bytes so far, unless they are events.
  private var whole: [UInt8] = []

  private enum Form {
    case unknown
    case events
    case whole
  }

  init(_ endpoint: ChatEndpoint, head: HTTPResponseHead) {
    self.endpoint = endpoint
    arrival.connectSeconds = head.connectSeconds
  }

  mutating func take(_ chunk: HTTPChunk) throws(ModelError) {
    arrival.endSeconds = chunk.arrivalSeconds
    switch form {
    case .events: try takeEvents(chunk.bytes, at: chunk.arrivalSeconds)
    case .whole: whole.append(contentsOf: chunk.bytes)
    case .unknown:
      whole.append(contentsOf: chunk.bytes)
      guard let first = whole.first(where: { $0 > 0x20 }) else { return }
      form = [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<")].contains(first) ? .whole : .events
      if form == .events {
        let bytes = whole
        whole = []
        try takeEvents(bytes, at: chunk.arrivalSeconds)
      }
    }
  }

  /// The body has ended without a word that this is all.
  mutating func end(atSeconds seconds: Double?) throws(ModelError) {
    if let seconds { arrival.endSeconds = seconds }
    if form == .events {
      if let event = events.finish() { try take(event, at: arrival.endSeconds) }
      // A stop reason without the closing mark is good enough.
      if !isDone && answer.stopReason == nil { throw incomplete }
      isDone = true
      return
    }
    try takeWhole()
  }

  // MARK: - Events

  private mutating func takeEvents(_ bytes: [UInt8], at seconds: Double) throws(ModelError) {
    for event in events.append(bytes) where !isDone { try take(event, at: seconds) }
    if events.isOverflowing {
      throw ModelError(.malformedResponse, "\(endpoint.url) sent an event too long to be one", isRetryable: false)
    }
  }

  private mutating func take(_ event: ServerSentEvent, at seconds: Double) throws(ModelError) {
    let data = event.data.drop { $0.isWhitespace }
    if data.isEmpty { return }
    if data.hasPrefix("[DONE]") {
      guard answer.hasChoice else { throw incomplete }
      isDone = true
      return
    }
    let value: JSONValue
    do throws(JSONParseError) {
      value = try JSONParser().parse(event.data)
    } catch {
      throw ModelError(.malformedResponse, "\(endpoint.url) sent an event that is not JSON: \(error)")
    }
    if event.type == "error" || isError(value) { throw ChatFailure(endpoint: endpoint).error(inside: value) }
    let textBefore = (answer.text.utf8.count, answer.reasoning.utf8.count, answer.refusal.utf8.count)
    answer.take(value)
    if textBefore != (answer.text.utf8.count, answer.reasoning.utf8.count, answer.refusal.utf8.count) {
      if arrival.firstTextSeconds == nil { arrival.firstTextSeconds = seconds }
      arrival.lastTextSeconds = seconds
    }
  }

  private func isError(_ value: JSONValue) -> Bool {
    guard let error = value["error"] ?? value["choices"]?[0]?["error"] else { return false }
    return !error.isNull
  }

  private var incomplete: ModelError {
    ModelError(.network, "the stream from \(endpoint.url) ended before the answer was complete")
  }

  // MARK: - One JSON text

  private mutating func takeWhole() throws(ModelError) {
    guard whole.contains(where: { $0 > 0x20 }) else {
      throw ModelError(.malformedResponse, "\(endpoint.url) answered with nothing")
    }
    if ChatFailure.Details.isMarkup(whole) {
      throw ModelError(
        .malformedResponse, "\(endpoint.url) answered with a web page, not with JSON; is it the right base URL?",
        isRetryable: false)
    }
    let value: JSONValue
    do throws(JSONParseError) {
      value = try JSONParser().parse(whole)
    } catch {
      throw ModelError(.malformedResponse, "\(endpoint.url) answered with something that is not JSON: \(error)")
    }
    if isError(value) { throw ChatFailure(endpoint: endpoint).error(inside: value) }
    answer.take(value)
    guard answer.hasChoice else {
      throw ModelError(.malformedResponse, "\(endpoint.url) answered with JSON that holds no choices")
    }
    isDone = true
  }
}
