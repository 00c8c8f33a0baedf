import HTTP
import JSON

/// Reads a response with a good status piece by piece, as a stream or as one JSON text: what comes decides, as servers
/// name the wrong content type often enough.
struct AnswerReader {
  private(set) var answer: StreamedAnswer
  private(set) var arrival = AnswerArrival()

  /// Whether the server said that this was all.
  var isDone: Bool { answer.isFinished }

  private let endpoint: ModelEndpoint
  private let dialect: any ModelDialect
  private var form: Form
  private var events = EventStreamParser()
  private var lines = JSONLineSplitter()
  /// The bytes so far, unless they are events or lines.
  private var whole: [UInt8] = []

  private enum Form {
    case unknown
    case events
    case lines
    case whole
  }

  init(_ endpoint: ModelEndpoint, _ dialect: any ModelDialect, head: HTTPResponseHead, outputLimit: Int?) {
    answer = StreamedAnswer(outputLimit: outputLimit)
    self.endpoint = endpoint
    self.dialect = dialect
    form = dialect.streamForm == .lines ? .lines : .unknown
    arrival.connectSeconds = head.connectSeconds
  }

  mutating func take(_ chunk: HTTPChunk) throws(ModelError) {
    arrival.endSeconds = chunk.arrivalSeconds
    switch form {
    case .events: try takeEvents(chunk.bytes, at: chunk.arrivalSeconds)
    case .lines: try takeLines(chunk.bytes, at: chunk.arrivalSeconds)
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
    switch form {
    case .events:
      if let event = events.finish() { try take(event, at: arrival.endSeconds) }
    case .lines:
      if let line = lines.finish() { try take(line: line, at: arrival.endSeconds) }
      if !answer.hasBegun { throw nothing }
    case .whole, .unknown:
      return try takeWhole()
    }
    if !answer.isComplete { throw incomplete }
    answer.isFinished = true
  }

  // MARK: - Events

  private mutating func takeEvents(_ bytes: [UInt8], at seconds: Double) throws(ModelError) {
    for event in events.append(bytes) where !isDone { try take(event, at: seconds) }
    if events.isOverflowing { throw tooLong }
  }

  private mutating func take(_ event: ServerSentEvent, at seconds: Double) throws(ModelError) {
    let data = event.data.drop { $0.isWhitespace }
    if data.isEmpty { return }
    if data.hasPrefix("[DONE]") {
      guard answer.hasBegun else { throw incomplete }
      answer.isFinished = true
      return
    }
    try take(try parsed(Array(event.data.utf8), "an event"), eventType: event.type, at: seconds)
  }

  // MARK: - Lines

  private mutating func takeLines(_ bytes: [UInt8], at seconds: Double) throws(ModelError) {
    for line in lines.append(bytes) where !isDone { try take(line: line, at: seconds) }
    if lines.isOverflowing { throw tooLong }
  }

  private mutating func take(line: [UInt8], at seconds: Double) throws(ModelError) {
    if FailureDetails.isMarkup(line) { throw webPage }
    do throws(ModelError) {
      try take(try parsed(line, "a line"), eventType: nil, at: seconds)
    } catch {
      // A last line that is cut off is a connection that broke, not a server that writes nonsense.
      if error.kind == .malformedResponse, !lines.lastWasWhole { throw incomplete }
      throw error
    }
  }

  // MARK: - One JSON text

  private mutating func takeWhole() throws(ModelError) {
    guard whole.contains(where: { $0 > 0x20 }) else { throw nothing }
    if FailureDetails.isMarkup(whole) { throw webPage }
    try take(try parsed(whole, "something"), eventType: nil, at: nil)
    guard answer.hasBegun else {
      throw ModelError(.malformedResponse, "\(endpoint.url) answered with JSON that holds no answer")
    }
    answer.isFinished = true
  }

  // MARK: - All of them

  /// - Parameter seconds: when it came; nil for an answer that was not streamed.
  private mutating func take(_ value: JSONValue, eventType: String?, at seconds: Double?) throws(ModelError) {
    let before = answer.textBytes
    dialect.take(value, eventType: eventType, into: &answer)
    if let failure = answer.failure {
      throw ProviderFailure(endpoint: endpoint, dialect: dialect).error(inside: failure)
    }
    if let seconds, answer.textBytes != before {
      if arrival.firstTextSeconds == nil { arrival.firstTextSeconds = seconds }
      arrival.lastTextSeconds = seconds
    }
  }

  private func parsed(_ bytes: [UInt8], _ what: String) throws(ModelError) -> JSONValue {
    do throws(JSONParseError) {
      return try JSONParser().parse(bytes)
    } catch {
      throw ModelError(.malformedResponse, "\(endpoint.url) answered with \(what) that is not JSON: \(error)")
    }
  }

  private var incomplete: ModelError {
    ModelError(.network, "the stream from \(endpoint.url) ended before the answer was complete")
  }

  private var nothing: ModelError { ModelError(.malformedResponse, "\(endpoint.url) answered with nothing") }

  private var tooLong: ModelError {
    ModelError(.malformedResponse, "\(endpoint.url) sent an event too long to be one", isRetryable: false)
  }

  private var webPage: ModelError {
    ModelError(
      .malformedResponse, "\(endpoint.url) answered with a web page, not with JSON; is it the right base URL?",
      isRetryable: false)
  }
}
