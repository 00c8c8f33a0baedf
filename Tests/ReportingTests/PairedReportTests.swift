import Contract
import Foundation
import JSON
import Reporting
import Testing

/// What a report says of differences, and its pictures.
@Suite struct PairedReportTests {
  private static func comparison(_ text: String = "sorting") -> RunComparison {
    func side(_ label: String, _ run: String) -> ComparedSide {
      var side = ComparedSide(
        label: label, runId: run, model: text, startedAt: Timestamp(millisecondsSinceEpoch: 1_750_000_000_123), n: 40)
      (side.score, side.low, side.high) = (0.5, 0.4, 0.6)
      return side
    }
    var comparison = RunComparison(
      suite: "sorting", metric: .score, alpha: 0.05,
      sides: [side("A", "run-1"), side("B", "run-2"), side("C", "run-3")])
    comparison.pairs = [("A", "B", -0.25, 0.003), ("A", "C", 0.05, 0.4), ("B", "C", 0.3, 0.00001)].map { pair in
      var result = PairComparison(first: pair.0, second: pair.1)
      (result.difference, result.low, result.high) = (pair.2, pair.2 - 0.1, pair.2 + 0.1)
      (result.pValue, result.adjustedPValue) = (pair.3, min(1, pair.3 * 3))
      result.items = 40
      result.itemsNeeded = 75
      result.verdict = pair.3 > 0.05 ? .noDifferenceShown : pair.2 < 0 ? .firstIsBetter : .secondIsBetter
      return result
    }
    var flip = FlippedSample(sampleId: text, epoch: 1, first: .passed, second: .failed)
    flip.reason = text
    comparison.pairs[0].flips = [flip]
    comparison.pairs[0].flipped = 12
    comparison.tiers = [ComparedTier(sides: ["A", "C"]), ComparedTier(sides: ["B"])]
    comparison.warnings = ["3 prompts differ: \(text)."]
    comparison.conclusion = "A is better than B."
    return comparison
  }

  private func render(
    _ format: ReportFormat, _ comparison: RunComparison?, runs: Int = 2, name: String = "sorting"
  ) async throws -> String {
    var model = Fixtures.model()
    model.model = name
    let runs = (1...runs).map { Fixtures.run("run-\($0)", name, models: [model], planned: 5) }
    return try await ReportingTests.render(runs, comparison, format) { id, visit in
      for sample in Fixtures.samples() where sample.runId == id { try visit(sample) }
    }
  }

  @Test func `the verdicts stand in words and numbers`() async throws {
    let text = try await render(.markdown, Self.comparison())
    for part in [
      "## Are the differences real?\n\nA is better than B.", "-25.0 points (-35.0 points to -15.0 points)", "0.0030",
      "< 0.0001", "A is better", "C is better", "no difference shown", "- Tier 1: A, C",
      "Flipped between A and B: 12 samples, the first 1 of them.", "Mind: 3 prompts differ",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(try await !render(.markdown, nil).contains("Are the differences real?"))
  }

  @Test(arguments: ["sorting", Fixtures.hostile]) func `pictures are part of the page, and nothing gets out`(
    _ name: String
  ) async throws {
    let text = try await render(.html, Self.comparison(name), name: name)
    try expectNested(text, allowing: htmlTags)
    #expect(text.components(separatedBy: "<svg").count - 1 == 5)
    #expect(text.contains("<title>B less A: -25.0 points (-35.0 points to -15.0 points)</title>"))
    for part in ["<script", "href=", "src=", "url("] { #expect(!text.contains(part), "\(part)") }
  }

  @Test func `numbers that are none draw nothing wild`() async throws {
    var comparison = Self.comparison()
    comparison.pairs[0].difference = .nan
    comparison.pairs[1].low = -.infinity
    comparison.pairs[2].high = .greatestFiniteMagnitude
    let text = try await render(.html, comparison)
    try expectNested(text, allowing: htmlTags)
    #expect(!text.contains("=\"nan\"") && !text.contains("=\"inf\"") && !text.contains("e+"))
  }

  @Test func `JSON has the comparison, JSON lines the samples alone`() async throws {
    let value = try JSONParser().parse(try await render(.json, Self.comparison()))
    #expect(try JSONValueDecoder().decode(RunComparison.self, from: value["comparison"] ?? .null) == Self.comparison())
    let lines = try await render(.jsonl, nil, runs: 1).split(separator: "\n")
    let samples = try lines.map {
      try JSONValueDecoder().decode(SampleRecord.self, from: JSONParser().parse(String($0)))
    }
    #expect(samples == Fixtures.samples())
  }

  @Test func `annotations are one line each, whatever a model answered`() async throws {
    var run = Fixtures.run("run-1", Fixtures.hostile, models: [Fixtures.model()], planned: 5)
    run.status = .budgetExhausted
    run.message = "100 % of the budget\nis spent"
    let samples = (0..<20).map { index in
      var sample = Fixtures.sample("s\(index)", .failed)
      sample.reason = Fixtures.hostile
      return sample
    }
    let text = try await ReportingTests.render([run], nil, .github) { _, visit in
      for sample in samples { try visit(sample) }
    }
    let lines = text.split(separator: "\n")
    #expect(
      lines.allSatisfy {
        $0.hasPrefix("::notice title=") || $0.hasPrefix("::warning title=") || $0.hasPrefix("::error title=")
      })
    #expect(lines.count == 11)
    #expect(text.contains("::openai/gpt-5.1: 66.7 %25 (20.8–93.9) of 3 samples, $0.0012\n"))
    #expect(text.contains("::100 %25 of the budget%0Ais spent\n"))
  }
}
