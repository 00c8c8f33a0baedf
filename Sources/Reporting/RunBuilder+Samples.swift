import Contract
import JSON

extension RunBuilder {
  // MARK: - What is not in the score

  func excluded() -> [Block] {
    let models = run.models.filter { $0.errors + $0.cancelled + $0.missing > 0 }
    guard !models.isEmpty else { return [] }
    var table = Document.Table(columns: [
      .init(title: "Model", isNumeric: false), .init(title: "Errors"), .init(title: "Cancelled"),
      .init(title: "Missing"), .init(title: "Most frequent errors", isNumeric: false),
    ])
    for model in models {
      let reasons = digest.errorReasons(of: model.model).prefix(3).map { "\($0.reason) (\(Figure.count($0.count)))" }
      table.rows.append([
        .code(model.model), "\(Figure.count(model.errors))", "\(Figure.count(model.cancelled))",
        "\(Figure.count(model.missing))",
        reasons.isEmpty ? .text(Figure.unknown) : .code(reasons.joined(separator: ", ")),
      ])
    }
    return [
      section("Excluded samples"),
      .paragraph([
        "Errors are failures of the provider or of this machine. None of these samples counts for or against a ",
        "model; ", .code("llmbench resume \(run.runId)"), " asks them again.",
      ]),
      .table(table),
    ]
  }

  func reasons() -> [Block] {
    var table = Document.Table(columns: [
      .init(title: "Model", isNumeric: false), .init(title: "Reason", isNumeric: false), .init(title: "Samples"),
    ])
    for model in run.models {
      for reason in model.reasons.prefix(10) {
        let text = VisibleText.shortened(reason.reason, to: 100)
        table.rows.append([.code(model.model), .code(text), "\(Figure.count(reason.count))"])
      }
    }
    return table.rows.isEmpty ? [] : [section("Reasons of failures and errors"), .table(table)]
  }

  // MARK: - Samples

  func failures() -> [Block] {
    let samples = run.models.flatMap { digest.failures[$0.model] ?? [] }
    guard !samples.isEmpty else { return [] }
    return [section("Some failed samples")] + samples.flatMap(sample)
  }

  /// Apart from the failures: nobody knows whether these answers would have been right.
  func truncated() -> [Block] {
    let samples = run.models.flatMap { digest.truncated[$0.model] ?? [] }
    guard !samples.isEmpty else { return [] }
    return [section("Some answers cut off")] + samples.flatMap(sample)
  }

  private func sample(_ sample: SampleRecord) -> [Block] {
    let extracted = sample.extracted.map { Self.excerpt(JSONWriter.string($0), 200) }
    let score = sample.score.map { ", score \(Figure.measure($0))" } ?? ""
    var facts: [[Span]] = [["Outcome: \(sample.outcome.rawValue)\(score)"]]
    if let reason = sample.reason { facts.append(["Reason: ", .code(Self.excerpt(reason, 100))]) }
    if let detail = sample.detail { facts.append(["Detail: ", .code(Self.excerpt(detail, 300))]) }
    facts.append(["Expected: ", .code(Self.excerpt(JSONWriter.string(sample.expected), 200))])
    if let extracted { facts.append(["Understood as: ", .code(extracted)]) }
    var blocks = [
      section(.code(sample.sampleId), ", epoch \(sample.epoch), ", .code(sample.model), below: 1), .list(facts),
      .paragraph(["Prompt:"]), .verbatim(Self.excerpt(sample.prompt, 400)),
    ]
    if let response = sample.response {
      blocks += [.paragraph(["Answer:"]), .verbatim(Self.excerpt(response, 800))]
    } else {
      blocks.append(.paragraph(["No answer came."]))
    }
    return blocks
  }

  private static func excerpt(_ text: String, _ limit: Int) -> String { VisibleText.shortened(text, to: limit) }
}
