import HTTP
import JSON
import Synchronization

/// Asks a model over HTTP, streaming, in the dialect of its provider; a server that answers whole is understood too.
package final class HTTPModelClient: ModelClient {
  package let reference: ModelReference
  package let isLocal: Bool
  package let defaultConcurrency: Int

  private let endpoint: ModelEndpoint
  private let dialect: any ModelDialect
  private let http: HTTPClient
  private let tokenCounter: any TokenCounter
  private let maximumResponseBytes: Int
  /// What the server has refused so far, in order.
  private let refusals = Mutex<[Refusal]>([])

  /// As much of an error body is read.
  private static let maximumErrorBytes = 256 << 10

  /// - Throws: ``ModelError`` for a base URL or a key that cannot be used.
  init(
    _ context: ModelContext, _ dialect: some ModelDialect, defaultConcurrency: Int, hintWhenDown: String
  ) throws(ModelError) {
    reference = context.reference
    endpoint = try ModelEndpoint(
      reference: context.reference, baseURL: context.baseURL(), dialect: dialect, key: context.key(),
      keyVariable: context.provider.keyVariable ?? "", hintWhenDown: hintWhenDown)
    self.dialect = dialect
    isLocal = context.provider.isLocal && endpoint.isLoopback
    self.defaultConcurrency = defaultConcurrency
    http = context.http
    tokenCounter = context.options.tokenCounter ?? ModelTokenCounter(context.reference)
    maximumResponseBytes = context.options.maximumResponseBytes
  }

  /// With the path, as one server may have several APIs.
  package var address: String? { endpoint.url + dialect.path(for: reference.name) }

  package func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse {
    let start = ContinuousClock.now
    var dialect = refusals.withLock { $0 }.reduce(dialect) { $0.accepting($1) ?? $0 }
    while true {
      let body = dialect.body(request, model: reference.name)
      let remaining = timeouts.remaining(since: start)
      let stream = try await send(body.object, dialect, remaining)
      if (200..<300).contains(stream.head.status) {
        return try await answer(to: request, body, dialect, stream)
      }
      let errorBody = try await errorBody(stream.body)
      guard let simpler = simplerDialect(dialect, stream.head.status, errorBody) else {
        throw ProviderFailure(endpoint: endpoint, dialect: dialect).error(
          status: stream.head.status, headers: stream.head.headers, body: errorBody)
      }
      dialect = simpler
    }
  }

  package func omittedParameters(of request: ModelRequest) -> [String] {
    dialect.body(request, model: reference.name).omitted
  }

  // MARK: - The request

  /// What to speak instead when the server refused something by name that can be left out.
  private func simplerDialect(
    _ dialect: any ModelDialect, _ status: Int, _ body: [UInt8]
  ) -> (any ModelDialect)? {
    guard status == 400 || status == 422, let refusal = dialect.refusal(in: FailureDetails(body, endpoint)),
      let simpler = dialect.accepting(refusal)
    else { return nil }
    refusals.withLock { if !$0.contains(refusal) { $0.append(refusal) } }
    return simpler
  }

  private func send(
    _ body: JSONObject, _ dialect: any ModelDialect, _ timeouts: HTTPTimeouts
  ) async throws(ModelError) -> HTTPResponseStream {
    var headers = dialect.headers(endpoint.key)
    headers.add("Content-Type", "application/json")
    headers.add("Accept", dialect.streamForm == .lines ? "application/x-ndjson" : "text/event-stream, application/json")
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
    to request: ModelRequest, _ body: RequestBody, _ dialect: any ModelDialect, _ stream: HTTPResponseStream
  ) async throws(ModelError) -> ModelResponse {
    var reader = AnswerReader(endpoint, dialect, head: stream.head, outputLimit: body.outputLimit)
    while !reader.isDone, let chunk = try await next(stream.body) { try reader.take(chunk) }
    if reader.isDone {
      stream.body.discardRest()
    } else {
      try reader.end(atSeconds: stream.body.timings?.totalSeconds)
    }
    let answer = reader.answer
    var response = ModelResponse(
      text: answer.visibleText, reasoning: answer.reasoning.isEmpty ? nil : answer.reasoning,
      stopReason: answer.stopReason ?? .unknown,
      usage: answer.usage.whole(request: request, answer: answer, counter: tokenCounter),
      timings: answer.responseTimings(reader.arrival), servedModel: answer.model, responseID: answer.id,
      omittedParameters: body.omitted, rateLimit: dialect.rateLimit(stream.head.headers))
    if body.omitted.contains("stop") { response.cut(at: request.stop) }
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
