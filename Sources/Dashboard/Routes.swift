import Client
import Contract
import JSON

/// Which reply belongs to an address that is only read.
struct Routes: Sendable {
  let client: ServiceClient
  let pages: PageMaker

  /// A reply that can be made, and whether it may be kept until the store changes.
  struct Target: Sendable {
    var isKept = true
    var make: @Sendable () async throws -> Reply
  }

  /// - Parameter path: the parts of the address between slashes, decoded.
  /// - Throws: ``HTTPProblem`` for an address that leads nowhere and for wrong parameters.
  func target(_ path: [String], _ query: String?) throws(HTTPProblem) -> Target {
    switch path.first {
    case "api": try api(Array(path.dropFirst()), query)
    case "assets": try asset(path, query)
    default: try page(path, query)
    }
  }

  private func asset(_ path: [String], _ query: String?) throws(HTTPProblem) -> Target {
    guard path.count == 2, let reply = Assets.reply(path[1]) else { throw .notFound() }
    return Target { reply }
  }

  // MARK: The API

  private func api(_ path: [String], _ query: String?) throws(HTTPProblem) -> Target {
    func parameters(_ known: [String]) throws(HTTPProblem) -> RequestParameters {
      try RequestParameters(query, known: known)
    }
    switch (path.first, path.count) {
    case ("health", 1):
      _ = try parameters([])
      return Target(isKept: false) { [client] in
        _ = try await client.call(ResultsRevision.self, Empty())
        var reply = Reply.json(["status": "ok", "version": .string(ProgramVersion.current)])
        reply.caching = .never
        return reply
      }
    case ("openapi.json", 1):
      _ = try parameters([])
      return Target { [client] in Reply.json(try await OpenAPIDocument.make(client)) }
    case ("runs", 1): return json(ResultsQuery.self, try Queries.runs(parameters(Queries.runs)))
    case ("runs", 2):
      _ = try parameters([])
      return json(ResultsGet.self, .init(runId: path[1]))
    case ("runs", 3) where path[2] == "problems":
      return json(ResultsSamples.self, try Queries.problems(of: path[1], parameters(Queries.problems)))
    case ("trends", 1): return json(ResultsTrends.self, try Queries.trends(parameters(Queries.trends)))
    case ("costs", 1): return json(ResultsCosts.self, try Queries.costs(parameters(Queries.costs)))
    case ("compare", 1): return json(ResultsCompare.self, try Queries.compare(parameters(Queries.compare)))
    case ("models", 1):
      _ = try parameters([])
      return json(ResultsModels.self, Empty())
    default: throw .notFound("The API has nothing under this address: /api/openapi.json says what there is.")
    }
  }

  private func json<M: Method>(_ method: M.Type, _ params: M.Params) -> Target {
    Target { [client] in
      // As the service gives it: the same names and types as over JSON-RPC.
      Reply.json(try await client.callRaw(M.name, JSONValueEncoder(omitsNil: true).encode(params)))
    }
  }

  // MARK: Pages

  private func page(_ path: [String], _ query: String?) throws(HTTPProblem) -> Target {
    switch (path.first, path.count) {
    case (nil, 0):
      _ = try RequestParameters(query, known: [])
      return Target { [pages] in .page(try await pages.overview(.server)) }
    case ("runs", 1):
      let params = try Queries.runs(RequestParameters(query, known: Queries.runs, isForm: true))
      return Target { [pages] in .page(try await pages.runs(params, .server)) }
    case ("runs", 2):
      let params = try Queries.problems(of: path[1], RequestParameters(query, known: Queries.problems))
      return Target { [pages] in .page(try await pages.run(params, .server)) }
    case ("costs", 1):
      let params = try Queries.costs(RequestParameters(query, known: Queries.costs))
      return Target { [pages] in .page(try await pages.costs(params, .server)) }
    case ("compare", 1):
      // Without a script the form gives a parameter for each run.
      let params = try Queries.compare(RequestParameters(Self.joined(query), known: Queries.compare))
      return Target { [pages] in .page(try await pages.compare(params, .server)) }
    default: throw .notFound()
    }
  }

  /// `run=A&run=B` as `runs=B,A`: the list has the newest first, and a comparison begins with the oldest.
  private static func joined(_ query: String?) -> String? {
    let pairs = (query ?? "").split(separator: "&")
    let chosen = pairs.filter { $0.hasPrefix("run=") }
    guard !chosen.isEmpty else { return query }
    let runs = chosen.reversed().map { $0.dropFirst("run=".count) }.joined(separator: ",")
    return (pairs.filter { !$0.hasPrefix("run=") } + ["runs=\(runs)"]).joined(separator: "&")
  }
}
