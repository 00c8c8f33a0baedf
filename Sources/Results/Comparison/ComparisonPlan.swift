import Contract
import GRDB

/// What a comparison is asked to do, checked: which sides there are, and which are compared.
struct ComparisonPlan {
  let runs: [RunSummary]
  let sides: [ComparedSide]
  /// Positions in `sides`.
  let pairs: [(first: Int, second: Int)]
  let pairing: ComparisonPairing

  /// More take too long for one answer: 190 pairs.
  private static let mostSides = 20

  /// - Throws: `invalidParams` for runs that cannot be compared, with words on why.
  init(_ runs: [RunSummary], _ params: ResultsCompare.Params) throws(ServiceError) {
    self.runs = runs
    try Self.checkSuites(runs)
    let all = try Self.sides(runs, models: params.models)
    let models = all.map(\.model)
    let repeats = Set(models).count < models.count
    let pairing = params.pairing ?? (repeats ? .sameModel : .all)
    self.pairing = pairing
    // A model that is in no other run has nothing to be compared with.
    let sides = Self.labelled(
      pairing == .all ? all : all.filter { side in models.count { $0 == side.model } > 1 })
    self.sides = sides
    pairs = sides.indices.flatMap { first in
      sides.indices.dropFirst(first + 1).map { (first: first, second: $0) }
    }.filter { pairing == .all || sides[$0.first].model == sides[$0.second].model }
    guard !pairs.isEmpty else {
      throw Self.refusal(
        all.count < 2
          ? "There is nothing to compare with: name two runs, or one that asked several models."
          : "No model is in more than one of these runs: leave pairing out, or give \"all\".")
    }
  }

  static func refusal(_ message: String) -> ServiceError { ServiceError(.invalidParams, message) }

  private static func checkSuites(_ runs: [RunSummary]) throws(ServiceError) {
    guard let first = runs.first else { throw refusal("Name at least one run.") }
    for run in runs where run.suite != first.suite {
      throw refusal(
        "Run \(first.runId) is of \(first.suite) and run \(run.runId) of \(run.suite): scores of different suites cannot be "
          + "compared. `llmbench report` puts them side by side.")
    }
  }

  private static func sides(_ runs: [RunSummary], models: [String]?) throws(ServiceError) -> [ComparedSide] {
    let known = runs.flatMap(\.models).map(\.model)
    for model in models ?? [] where !known.contains(model) {
      throw refusal("None of the runs asked \(model); they asked: \(Set(known).sorted().joined(separator: ", ")).")
    }
    var sides: [ComparedSide] = []
    for run in runs {
      for model in run.models where models?.contains(model.model) ?? true {
        var side = ComparedSide(
          label: "", runId: run.runId, model: model.model, startedAt: run.startedAt, n: model.n)
        side.score = model.score
        side.low = model.low
        side.high = model.high
        sides.append(side)
      }
    }
    guard sides.count <= mostSides else {
      throw refusal(
        "These are \(sides.count) models and runs; at most \(mostSides) are compared at once: choose some with models.")
    }
    return sides
  }

  /// Names them `A`, `B` and so on; there are fewer than letters.
  private static func labelled(_ sides: [ComparedSide]) -> [ComparedSide] {
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", sides).map { letter, side in
      var side = side
      side.label = String(letter)
      return side
    }
  }

  /// The sides with their scores as they are compared, where the runs' summaries have them so.
  func sides(by settings: PairTally.Settings) -> [ComparedSide] {
    sides.map { side in
      let model = runs.first { $0.runId == side.runId }?.models.first { $0.model == side.model }
      guard let reduced = model?.reduced, reduced.reducer.rawValue == settings.metric.rawValue,
        reduced.k == settings.k
      else { return side }
      var side = side
      side.score = reduced.score
      side.low = reduced.low
      side.high = reduced.high
      return side
    }
  }

  // MARK: - Warnings

  /// What the runs themselves make doubtful.
  var warnings: [String] {
    var warnings: [String] = []
    let versions = Set(runs.map(\.suiteVersion)).sorted()
    if versions.count > 1 {
      warnings.append(
        "The runs are of different versions of \(runs[0].suite) (\(versions.joined(separator: ", "))): what they scored may "
          + "not mean the same.")
    }
    for run in runs where run.status != .completed {
      warnings.append("Run \(run.runId) is \(Self.words(run.status)): only what it has so far is compared.")
    }
    return warnings
  }

  private static func words(_ status: RunStatus) -> String {
    switch status {
    case .budgetExhausted: "out of its budget"
    case .running: "still running"
    default: status.rawValue
    }
  }
}
