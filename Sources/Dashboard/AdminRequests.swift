import Client
import Contract
import JSON

/// Requests that change something: only with the key, and few a minute.
struct AdminRequests: Sendable {
  let client: ServiceClient
  let key: String?
  let watch: RevisionWatch
  let limiter: RateLimiter

  enum Action: Sendable, Equatable {
    case addResults
    case cancel(String)
  }

  /// nil for an address that takes no such request.
  static func action(_ path: [String]) -> Action? {
    if path == ["api", "results"] { return .addResults }
    if path.count == 4, path[0] == "api", path[1] == "runs", path[3] == "cancel" { return .cancel(path[2]) }
    return nil
  }

  /// Counts a request with a key, whether that is right or not: keys cannot be tried out.
  ///
  /// - Parameters:
  ///   - peer: the other end's address.
  ///   - authorization: the header.
  func admit(_ peer: String, authorization: String?) throws(HTTPProblem) {
    guard let authorization else { throw Self.unauthorized }
    if let seconds = limiter.admit(peer) {
      throw HTTPProblem(
        429, "rateLimited", "At most 10 such requests a minute: try again in \(seconds) s.",
        headers: ["Retry-After": String(seconds)])
    }
    guard let key, !key.isEmpty else {
      throw HTTPProblem(
        403, "notEnabled",
        "This server takes no such request: start it with the variable LLMBENCH_ADMIN_KEY set to a key.")
    }
    let scheme = "bearer "
    guard authorization.lowercased().hasPrefix(scheme), Self.isSame(authorization.dropFirst(scheme.count), key) else {
      throw Self.unauthorized
    }
  }

  private static let unauthorized = HTTPProblem(
    401, "unauthorized", "The header 'Authorization: Bearer KEY' is missing or has another key.",
    headers: ["WWW-Authenticate": "Bearer realm=\"llmbench\""])

  /// Takes the same time for every wrong key of one length.
  private static func isSame(_ given: Substring, _ key: String) -> Bool {
    let (given, key) = (Array(given.utf8), Array(key.utf8))
    var difference = given.count ^ key.count
    for index in given.indices { difference |= Int(given[index] ^ key[index % key.count]) }
    return difference == 0
  }

  func perform(_ action: Action, body: [UInt8]) async throws -> Reply {
    let reply: Reply
    switch action {
    case .addResults: reply = try await addResults(body)
    case .cancel(let runId):
      let run = try await client.call(BenchmarkCancel.self, .init(runId: runId))
      reply = .json(["runId": .string(run.runId), "status": .string(run.status.rawValue)])
    }
    await watch.look()
    return reply
  }

  private func addResults(_ body: [UInt8]) async throws -> Reply {
    guard let text = String(validating: body, as: UTF8.self) else {
      throw HTTPProblem(400, "invalidData", "The body is not UTF-8.")
    }
    guard !body.isEmpty else { throw HTTPProblem(400, "invalidData", "The body is empty: send the results as JSON.") }
    let result = try await client.call(ResultsImport.self, ResultsImport.Params(text: text))
    let value = try JSONValueEncoder().encode(result)
    let isNew = result.runs.contains { $0.status != .alreadyStored }
    return .json(value, status: isNew ? 201 : 200)
  }
}
