import Contract

/// Writes what came of runs as the commands by which a GitHub workflow marks up its page: a notice for each model's
/// score, a warning for what was left out of it, and one for each of the first failed samples.
///
/// Format: GitHub Docs, "Workflow commands for GitHub Actions", "Setting an error message"; read November 2026. A step
/// shows ten annotations of a kind.
struct AnnotationWriter {
  private static let mostFailures = 8
  private(set) var text = ""
  private var failures = 0

  mutating func begin(_ run: RunSummary) {
    failures = 0
    for model in run.models {
      var words = "\(model.model): \(Figure.percent(model.score, model.low, model.high)) of \(Figure.count(model.n)) samples"
      if let cost = model.costUSD, cost > 0 { words += ", \(Figure.dollars(cost))" }
      add("notice", run, words)
      let left = [
        (model.truncated, "truncated"), (model.errors, "with errors of the provider or this machine"),
        (model.missing, "without a result"),
      ].filter { $0.0 > 0 }.map { "\(Figure.count($0.0)) \($0.1)" }
      if !left.isEmpty { add("warning", run, "\(model.model): \(left.joined(separator: ", "))") }
    }
    if run.status != .completed {
      add("error", run, run.message ?? "The run \(RunBuilder.words(run.status)).")
    }
  }

  mutating func add(_ sample: SampleRecord, of run: RunSummary) {
    guard sample.outcome == .failed || sample.outcome == .modelError, failures < Self.mostFailures else { return }
    failures += 1
    let why = [sample.reason, sample.detail].compactMap { $0 }.joined(separator: ": ")
    add(
      "warning", run,
      "\(sample.model) failed \(sample.sampleId): \(VisibleText.shortened(why.isEmpty ? "no reason given" : why, to: 300))")
  }

  private mutating func add(_ kind: String, _ run: RunSummary, _ message: String) {
    text += "::\(kind) title=\(Self.property("llmbench \(run.suite)"))::\(Self.data(VisibleText.block(message)))\n"
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
