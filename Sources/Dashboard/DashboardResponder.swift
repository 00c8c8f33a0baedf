import HTTPTypes
import Hummingbird
import NIOCore

/// The context of a request, with the address of who asks.
struct DashboardContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let peer: String

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
  }
}

/// Answers every request, whatever it is.
struct DashboardResponder: HTTPResponder {
  typealias Context = DashboardContext

  let configuration: DashboardConfiguration
  let routes: Routes
  let admin: AdminRequests
  let events: RunEvents
  let watch: RevisionWatch
  let cache: ReplyCache

  func respond(to request: Request, context: DashboardContext) async throws -> Response {
    let origin = request.headers[.origin]
    do {
      var response = try await answer(request, context)
      Headers.addCommon(to: &response.headers, origin: origin, configuration)
      return response
    } catch {
      let problem = HTTPProblem(error)
      var response = Self.response(
        wantsPage(request) ? Self.page(problem) : problem.json, request, isHead: request.method == .head)
      for (name, value) in problem.headers { if let name = HTTPField.Name(name) { response.headers[name] = value } }
      Headers.addCommon(to: &response.headers, origin: origin, configuration)
      return response
    }
  }

  private static func page(_ problem: HTTPProblem) -> Reply {
    .page(ErrorPage(problem: problem, layout: Layout(.server)).html, status: problem.status)
  }

  private func wantsPage(_ request: Request) -> Bool { !request.uri.path.hasPrefix("/api") }

  private func answer(_ request: Request, _ context: DashboardContext) async throws -> Response {
    try checkHost(request)
    guard request.uri.string.utf8.count <= 8192 else {
      throw HTTPProblem(414, "addressTooLong", "The address is longer than 8192 bytes.")
    }
    let path = try Self.parts(request.uri.path)
    switch request.method {
    case .get, .head:
      if AdminRequests.action(path) != nil { throw Self.notAllowed("POST") }
      if path == ["api", "events"] {
        _ = try RequestParameters(request.uri.query, known: [])
        return request.method == .head ? Headers.eventStream(body: .init()) : try await listen()
      }
      return try await read(request, path)
    case .post:
      guard let action = AdminRequests.action(path) else {
        throw isKnown(path) ? Self.notAllowed("GET, HEAD") : .notFound()
      }
      return try await change(action, request, context)
    case .options where !configuration.allowedOrigins.isEmpty:
      return Headers.preflight()
    default:
      throw Self.notAllowed(AdminRequests.action(path) == nil ? "GET, HEAD" : "POST")
    }
  }

  /// Whether an address can be read, with the right parameters.
  private func isKnown(_ path: [String]) -> Bool {
    do throws(HTTPProblem) {
      _ = try routes.target(path, nil)
      return true
    } catch {
      return error.status != 404
    }
  }

  private static func notAllowed(_ methods: String) -> HTTPProblem {
    HTTPProblem(
      405, "methodNotAllowed", "This address takes \(methods.replacing(", ", with: " and ")) only.",
      headers: ["Allow": methods])
  }

  /// A page of another site must not reach a server of this machine under a name of its own (DNS rebinding).
  private func checkHost(_ request: Request) throws(HTTPProblem) {
    guard configuration.isLoopback else { return }
    let authority = request.head.authority ?? ""
    let host = authority.hasPrefix("[") ? String(authority.prefix { $0 != "]" }.dropFirst()) : String(authority.prefix { $0 != ":" })
    guard ["localhost", "::1", ""].contains(host.lowercased()) || host.hasPrefix("127.") || host.lowercased().hasSuffix(".localhost")
    else { throw HTTPProblem(421, "wrongHost", "This server answers under the names of this machine only.") }
  }

  /// - Throws: ``HTTPProblem`` for what no page or file could be called.
  private static func parts(_ path: String) throws(HTTPProblem) -> [String] {
    guard path.hasPrefix("/") else { throw .notFound() }
    var parts: [String] = []
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      // A plus stands for itself in a path.
      guard let decoded = RequestParameters.decoded(part.replacing("+", with: "%2B")), !decoded.utf8.contains(0) else {
        throw .notFound()
      }
      parts.append(decoded)
    }
    if parts.last?.isEmpty == true { parts.removeLast() }
    guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else { throw .notFound() }
    return parts
  }

  // MARK: Reading

  private func read(_ request: Request, _ path: [String]) async throws -> Response {
    let target = try routes.target(path, request.uri.query)
    let isHead = request.method == .head
    guard target.isKept else { return Self.response(try await target.make(), request, isHead: isHead) }
    let packed = try await cache.reply(to: request.uri.string, revision: watch.revision, target.make)
    return Self.response(packed, request, isHead: isHead)
  }

  private static func response(_ reply: Reply, _ request: Request, isHead: Bool) -> Response {
    response(PackedReply(reply), request, isHead: isHead)
  }

  private static func response(_ packed: PackedReply, _ request: Request, isHead: Bool) -> Response {
    let reply = packed.reply
    var headers = Headers.of(reply)
    if let tag = packed.tag {
      headers[.eTag] = tag
      if Headers.matches(request.headers[.ifNoneMatch], tag) {
        headers[.contentType] = nil
        return Response(status: .notModified, headers: headers)
      }
    }
    var body = reply.body
    if let gzip = packed.gzip, Headers.acceptsGzip(request.headers[.acceptEncoding]) {
      body = gzip
      headers[.contentEncoding] = "gzip"
    }
    let status = HTTPResponse.Status(code: reply.status)
    guard !isHead else {
      headers[.contentLength] = String(body.count)
      return Response(status: status, headers: headers)
    }
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }

  // MARK: Listening

  private func listen() async throws -> Response {
    guard let stream = await events.listen(atMost: configuration.maximumListeners) else {
      throw HTTPProblem(503, "tooManyListeners", "Too many listen to events already.", headers: ["Retry-After": "10"])
    }
    return Headers.eventStream(
      body: ResponseBody { writer in
        for await text in stream { try await writer.write(ByteBuffer(string: text)) }
        try await writer.finish(nil)
      })
  }

  // MARK: Changing

  private func change(
    _ action: AdminRequests.Action, _ request: Request, _ context: DashboardContext
  ) async throws -> Response {
    _ = try RequestParameters(request.uri.query, known: [])
    try admin.admit(context.peer, authorization: request.headers[.authorization])
    var body: [UInt8] = []
    if action == .addResults {
      let type = request.headers[.contentType]?.prefix { $0 != ";" }.trimmed().lowercased()
      guard type == "application/json" || type == "application/jsonl" || type == "application/x-ndjson" else {
        throw HTTPProblem(415, "unsupportedMediaType", "Send the results as application/json.")
      }
      body = try await read(request)
    }
    return Self.response(try await admin.perform(action, body: body), request, isHead: false)
  }

  private func read(_ request: Request) async throws -> [UInt8] {
    let limit = configuration.maximumBodyBytes
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Self.tooLarge(limit) }
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask {
        var bytes: [UInt8] = []
        for try await part in request.body {
          bytes.append(contentsOf: part.readableBytesView)
          if bytes.count > limit { throw Self.tooLarge(limit) }
        }
        return bytes
      }
      group.addTask { [seconds = configuration.bodySeconds] in
        try await Task.sleep(for: .seconds(seconds))
        throw HTTPProblem(
          408, "timeout", "The body did not arrive within \(HTML.number(seconds)) s.", headers: ["Connection": "close"])
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }

  private static func tooLarge(_ limit: Int) -> HTTPProblem {
    HTTPProblem(413, "tooLarge", "The body is larger than \(limit) bytes.", headers: ["Connection": "close"])
  }
}

extension Substring {
  fileprivate func trimmed() -> Substring {
    let start = drop { $0 == " " || $0 == "\t" }
    return start.prefix(start.lastIndex { $0 != " " && $0 != "\t" }.map { start.distance(from: start.startIndex, to: $0) + 1 } ?? 0)
  }
}
