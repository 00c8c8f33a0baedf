import HTTP
import JSON

/// Small questions to a model server about itself.
struct InspectionExchange {
  /// Without a slash at its end.
  let root: String
  let endpoint: ModelEndpoint
  private let http: HTTPClient
  private let dialect: any ModelDialect

  init(_ context: ModelContext, _ dialect: some ModelDialect, hintWhenDown: String) throws(ModelError) {
    endpoint = try ModelEndpoint(
      reference: context.reference, baseURL: context.baseURL(), dialect: dialect, key: context.key(),
      keyVariable: context.provider.keyVariable ?? "", hintWhenDown: hintWhenDown)
    root = String(endpoint.requestURL.dropLast(dialect.path(for: context.reference.name).count))
    http = context.http
    self.dialect = dialect
  }

  /// The JSON at a path; nil where the server has no such path.
  func get(_ path: String) async throws(ModelError) -> JSONValue? { try await send(.get, path, nil) }

  func post(_ path: String, _ body: JSONObject) async throws(ModelError) -> JSONValue? {
    try await send(.post, path, body)
  }

  private func send(_ method: HTTPRequest.Method, _ path: String, _ body: JSONObject?) async throws(ModelError)
    -> JSONValue?
  {
    var headers = dialect.headers(endpoint.key)
    headers.add("Accept", "application/json")
    if body != nil { headers.add("Content-Type", "application/json") }
    let request = HTTPRequest(
      method, root + path, headers: headers, body: body.map { JSONWriter.data(.object($0)) } ?? [],
      timeouts: HTTPTimeouts(connect: .seconds(5), total: .seconds(30)), maximumBodyBytes: 16 << 20)
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try await http.send(request)
    } catch {
      throw endpoint.error(error)
    }
    if (200..<300).contains(response.status) { return try? JSONParser().parse(response.body) }
    let error = ProviderFailure(endpoint: endpoint, dialect: dialect).error(
      status: response.status, headers: response.headers, body: response.body)
    // A path that is not there is no fault of a server of another kind.
    if [404, 405, 501].contains(response.status), error.kind != .modelNotFound { return nil }
    throw error
  }
}
