import Contract

/// Turns the parameters of an address into those of the service's methods: the same names, the same meaning.
enum Queries {
  static let runs = ["suite", "model", "status", "since", "until", "limit", "cursor"]

  static func runs(_ parameters: RequestParameters) throws(HTTPProblem) -> ResultsQuery.Params {
    var params = ResultsQuery.Params()
    params.suite = parameters.text("suite")
    params.model = parameters.text("model")
    params.status = try parameters.choice("status")
    params.since = try parameters.time("since")
    params.until = try parameters.time("until")
    params.limit = try parameters.integer("limit", in: 1...1000)
    params.cursor = parameters.text("cursor")
    return params
  }

  static let problems = ["outcome", "model", "limit", "cursor"]

  static func problems(of runId: String, _ parameters: RequestParameters) throws(HTTPProblem) -> ResultsSamples.Params {
    var params = ResultsSamples.Params(runId: runId)
    params.outcome = try parameters.choice("outcome")
    params.model = parameters.text("model")
    params.limit = try parameters.integer("limit", in: 1...1000)
    params.cursor = parameters.text("cursor")
    return params
  }

  static let trends = ["suite", "model", "days", "until", "groupBy", "alpha", "limit"]

  static func trends(_ parameters: RequestParameters) throws(HTTPProblem) -> ResultsTrends.Params {
    var params = ResultsTrends.Params()
    params.suite = parameters.text("suite")
    params.model = parameters.text("model")
    params.days = try parameters.number("days", above: 0, atMost: 100_000)
    params.until = try parameters.time("until")
    params.groupBy = try parameters.choice("groupBy")
    params.alpha = try parameters.number("alpha", above: 0, atMost: 0.999999)
    params.limit = try parameters.integer("limit", in: 1...10_000)
    return params
  }

  static let costs = ["suite", "model", "since", "until"]

  static func costs(_ parameters: RequestParameters) throws(HTTPProblem) -> ResultsCosts.Params {
    var params = ResultsCosts.Params()
    params.suite = parameters.text("suite")
    params.model = parameters.text("model")
    params.since = try parameters.time("since")
    params.until = try parameters.time("until")
    return params
  }

  static let compare = ["runs", "model", "metric", "k", "alpha", "limit"]

  static func compare(_ parameters: RequestParameters) throws(HTTPProblem) -> ResultsCompare.Params {
    guard let runs = parameters.text("runs") else {
      throw HTTPProblem(
        400, "invalidParams", "The parameter \"runs\" is missing: give the ids of the runs, with commas between them.",
        parameter: "runs")
    }
    let ids = runs.split(separator: ",").map(String.init)
    guard (1...50).contains(ids.count) else { throw .parameter("runs", "names \(ids.count) runs: give 1 to 50") }
    var params = ResultsCompare.Params(runs: ids)
    params.models = parameters.text("model").map { $0.split(separator: ",").map(String.init) }
    params.metric = try parameters.choice("metric")
    params.k = try parameters.integer("k", in: 1...10_000)
    params.alpha = try parameters.number("alpha", above: 0, atMost: 0.999999)
    params.limit = try parameters.integer("limit", in: 0...1000)
    return params
  }
}
