import Contract
import JSON

/// Says in blocks what came of one run, or of several side by side.
enum ReportBuilder {
  typealias Span = Document.Span
  typealias Block = Document.Block

  static func document(
    _ runs: [RunSummary], _ comparison: RunComparison?, _ digests: [SampleDigest]
  ) -> Document {
    var document = Document(title: title(runs))
    let isComparison = runs.count > 1
    if isComparison { document.blocks += ComparisonBuilder.blocks(runs) }
    if isComparison, let comparison { document.blocks += PairedBuilder.blocks(comparison) }
    for (run, digest) in zip(runs, digests) {
      if isComparison { document.blocks.append(.heading(2, ["Run ", .code(run.runId), ": ", .code(run.suite)])) }
      document.blocks += RunBuilder(run: run, digest: digest, level: isComparison ? 3 : 2).blocks()
    }
    if !isComparison, let comparison { document.blocks += PairedBuilder.blocks(comparison) }
    return document
  }

  private static func title(_ runs: [RunSummary]) -> String {
    var suites: [String] = []
    for run in runs where !suites.contains(run.suite) { suites.append(run.suite) }
    let names = [suites.dropLast().joined(separator: ", "), suites.last ?? ""].filter { !$0.isEmpty }
      .joined(separator: " and ")
    if runs.count > 1 { return "Comparison of \(runs.count) runs: \(names)" }
    let models = runs.first?.models ?? []
    return models.count == 1 ? "\(names): \(models[0].model)" : "\(names): \(models.count) models"
  }
}
