import HTTP
import JSON
import Synchronization

/// Asks a server of OpenAI's chat completions API, streaming; a server that answers whole is understood too.
///
/// Source: platform.openai.com/docs/api-reference/chat, as of 2026-11.
package final class OpenAICompatibleClient: ModelClient {
  package let reference: ModelReference
  package let isLocal: Bool
  package let defaultConcurrency: Int

  private let endpoint: ChatEndpoint
  private let dialectRule: DialectRule
  private let http: HTTPClient
  private let tokenCounter: any TokenCounter
  private let maximumResponseBytes: Int
  /// Parameters that the server has refused so far.
  private let refused = Mutex<[String]>([])

  enum DialectRule: Sendable {
    case openAI
    case compatible
  }

  /// As much of an error body is read.
  private static let maximumErrorBytes = 256 << 10

  init(
    _ endpoint: ChatEndpoint, rule: DialectRule, isLocal: Bool, defaultConcurrency: Int, _ context: ModelContext
  ) {
    reference = endpoint.reference
    self.endpoint = endpoint
    self.isLocal = isLocal
    self.defaultConcurrency = defaultConcurrency
    http = context.http
    tokenCounter = context.options.tokenCounter
    maximumResponseBytes = context.options.maximumResponseBytes
    dialectRule = rule
  }

  package func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse {
    let start = ContinuousClock.now
    var dialect = dialect(for: request)
    while true {
      let (body, omitted) = dialect.body(request, model: reference.name)
      let remaining = timeouts.remaining(since: start)
      let stream = try await send(body, remaining)
      if (200..<300).contains(stream.head.status) {
        return try await answer(to: request, omitted: omitted, stream)
      }
      let errorBody = try await errorBody(stream.body)
      guard let simpler = simplerDialect(dialect, stream.head.status, errorBody) else {
        throw ChatFailure(endpoint: endpoint).error(
          status: stream.head.status, headers: stream.head.headers, body: errorBody)
      }
      dialect = simpler
    }
  }

  // MARK: - The request

  private func dialect(for request: ModelRequest) -> ChatDialect {
    let base =
      switch dialectRule {
      case .openAI: ChatDialect.openAI(model: reference.name, reasoningEffort: request.reasoningEffort)
      case .compatible: isLocal ? ChatDialect.local : ChatDialect.compatible
      }
    return refused.withLock { $0 }.reduce(base) { $0.refusing($1) ?? $0 }
  }

  /// What to send instead when the server refused a parameter by name that can be left out.
  private func simplerDialect(_ dialect: ChatDialect, _ status: Int, _ body: [UInt8]) -> ChatDialect? {
    guard status == 400 || status == 422,
      let parameter = ChatFailure.Details(body, endpoint).unsupportedParameter,
      let simpler = dialect.refusing(parameter)
    else { return nil }
    refused.withLock { if !$0.contains(parameter) { $0.append(parameter) } }
    return simpler
  }

  private func send(_ body: JSONObject, _ timeouts: HTTPTimeouts) async throws(ModelError) -> HTTPResponseStream {
    var headers = HTTPHeaders([
      "Content-Type": "application/json", "Accept": "text/event-stream, application/json",
    ])
    if let key = endpoint.key { headers.add("Authorization", "Bearer \(key.value)", isSensitive: true) }
    let request = HTTPRequest(
      .post, endpoint.requestURL, headers: headers, body: JSONWriter.data(.object(body)), timeouts: timeouts,
      maximumBodyBytes: maximumResponseBytes)
    do throws(HTTPError) {
      return try await http.stream(request)
    } catch {
      throw endpoint.error(error)
    }
  }

  // MARK: - The answer

  private func next(_ body: HTTPBody) async throws(ModelError) -> HTTPChunk? {
    do throws(HTTPError) {
      return try await body.next()
    } catch {
      throw endpoint.error(error)
    }
  }

  /// As much of an error body as comes: the status says enough where it breaks off.
  private func errorBody(_ body: HTTPBody) async throws(ModelError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(ModelError) {
      while bytes.count < Self.maximumErrorBytes, let chunk = try await next(body) {
        bytes.append(contentsOf: chunk.bytes)
      }
    } catch {
      if error.kind == .cancelled { throw error }
    }
    return bytes
  }

  private func answer(
    to request: ModelRequest, omitted: [String], _ stream: HTTPResponseStream
  ) async throws(ModelError) -> ModelResponse {
    var reader = ChatReader(endpoint, head: stream.head)
    while !reader.isDone, let chunk = try await next(stream.body) { try reader.take(chunk) }
    if reader.isDone {
      stream.body.discardRest()
    } else {
      try reader.end(atSeconds: stream.body.timings?.totalSeconds)
    }
    let answer = reader.answer
    var response = ModelResponse(
      text: answer.visibleText, reasoning: answer.reasoning.isEmpty ? nil : answer.reasoning,
      stopReason: answer.stopReason ?? .unknown, usage: answer.usage(orEstimateFor: request, tokenCounter),
      timings: answer.responseTimings(reader.arrival), servedModel: answer.model, responseID: answer.id,
      omittedParameters: omitted, rateLimit: RateLimitStatus(openAI: stream.head.headers))
    if omitted.contains("stop") { response.cut(at: request.stop) }
    return response
  }
}

extension ModelResponse {
  /// Ends the text where the first of the stop texts begins: for a model that does not do it itself.
  fileprivate mutating func cut(at stops: [String]) {
    let starts = stops.filter { !$0.isEmpty }.compactMap { text.firstRange(of: $0)?.lowerBound }
    guard let start = starts.min() else { return }
    text = String(text[..<start])
    stopReason = .stop
  }
}

extension ModelTimeouts {
  /// The limits for a request within an attempt that began before.
  fileprivate func remaining(since start: ContinuousClock.Instant) -> HTTPTimeouts {
    let passed = ContinuousClock.now - start
    return HTTPTimeouts(
      connect: connect, firstByte: firstByte, idle: idle, total: total.map { max(.milliseconds(1), $0 - passed) })
  }
}
