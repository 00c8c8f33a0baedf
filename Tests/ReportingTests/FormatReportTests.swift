import Contract
import JSON
import Reporting
import Testing

/// Reports of runs that asked the same questions in several data formats.
@Suite struct FormatReportTests {
  private static let formats = ["json", "toon", "csv"]

  /// 40 questions about flat data and 20 about nested ones, which CSV cannot hold. JSON is right but for every fourth,
  /// TOON but for every tenth, CSV always; prompts have 1000, 500 and 400 tokens.
  private static func samples(model: String = "openai/gpt-5.1") -> [SampleRecord] {
    (0..<60).flatMap { question in
      formats.compactMap { format -> SampleRecord? in
        let isFlat = question < 40
        guard isFlat || format != "csv" else { return nil }
        let isRight = format == "csv" || !question.isMultiple(of: format == "json" ? 4 : 10)
        var sample = sample(format, "q\(question)", isRight, isFlat: isFlat)
        sample.model = model
        return sample
      }
    }
  }

  private static func sample(_ format: String, _ question: String, _ isRight: Bool, isFlat: Bool = true) -> SampleRecord
  {
    var sample = Fixtures.sample("\(question)/\(format)", isRight ? .passed : .failed)
    sample.promptTokens = ["json": 1000, "toon": 500, "csv": 400][format]
    sample.metrics = ["lenient": 1]
    sample.metadata = [
      "format": .string(format), "question": .string(question), "dataset": isFlat ? "employees" : "orders",
      "questionType": "field-retrieval", "structure": isFlat ? "uniform" : "nested", "flat": .bool(isFlat), "rows": 100,
    ]
    return sample
  }

  private static func markdown(_ samples: [SampleRecord]) async throws -> String {
    try await render(
      [Fixtures.run("run-1", "data-formats", models: [Fixtures.model()], planned: 5)], .markdown, samples)
  }

  /// The cells of the row whose first cell is this, in the first table under a heading.
  private static func row(_ first: String, under heading: String, _ text: String) throws -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("## ") && $0.contains(heading) }, "\(heading)")
    let line = try #require(lines[start...].first { $0.hasPrefix("| \(first) ") }, "\(first) under \(heading)")
    return line.split(separator: "|").map { $0.drop { $0 == " " } }.map { cell in
      String(cell.reversed().drop { $0 == " " }.reversed())
    }
  }

  @Test func `the ranking is of formats that hold all data, by percent right for each 1,000 tokens`() async throws {
    let text = try await Self.markdown(Self.samples())
    let heading = "Formats: percent right for each 1,000 tokens"
    // 54 of 60 at 500 tokens: 90 / 0.5. Wilson's interval as scipy has it: proportion_ci(method="wilson").
    #expect(
      try Self.row("TOON", under: heading, text) == [
        "TOON", "90.0 % (79.9–95.3)", "100.0 %", "60", "500", "−50.0 %", "180",
      ])
    #expect(
      try Self.row("JSON", under: heading, text) == [
        "JSON", "75.0 % (62.8–84.2)", "100.0 %", "60", "1,000", "0.0 %", "75.0",
      ])
    #expect(text.contains("CSV cannot hold all of these data"))
    #expect(text.contains("TOON  ████████████████████  180  (90.0 % right, 500 tokens)"))
    #expect(text.contains("JSON  ████████░░░░░░░░░░░░  75.0  (75.0 % right, 1,000 tokens)"))
  }

  @Test func `CSV stands with the others on flat data`() async throws {
    let text = try await Self.markdown(Self.samples())
    let heading = "On flat data, which CSV can hold too"
    #expect(try Self.row("CSV", under: heading, text)[1...4] == ["100.0 % (91.2–100.0)", "100.0 %", "40", "400"])
    #expect(try Self.row("JSON", under: heading, text)[3] == "40")
  }

  @Test func `pairs are tested on the questions that both were asked`() async throws {
    let text = try await Self.markdown(Self.samples())
    let heading = "Which differences are real"
    // 15 questions are multiples of 4, 6 of 10, 3 of both: 3 against 12. scipy.stats.binomtest(3, 15).pvalue is 0.03515625.
    let pair = try Self.row("JSON − TOON", under: heading, text)
    #expect(pair[1...3] == ["60", "3", "12"])
    #expect(pair[4].hasPrefix("−15.0 points (−"))
    #expect(pair[5] == "0.0352")
    // On 40 questions CSV alone is right at 10: 2 · 2^-10 = 0.001953.
    #expect(try Self.row("JSON − CSV", under: heading, text)[1...3] == ["40", "0", "10"])
    #expect(try Self.row("JSON − CSV", under: heading, text)[5...7] == ["0.0020", "0.0059", "real"])
    // Three pairs: Holm's p of JSON and TOON is twice its own.
    #expect(pair[6...7] == ["0.0703", "not shown"])
    #expect(text.contains("Larger than chance would explain: CSV was read better than JSON."))
  }

  @Test func `each dataset, type and model has its row`() async throws {
    let text = try await Self.markdown(Self.samples() + Self.samples(model: "local/small"))
    #expect(try Self.row("`orders`", under: "Right, by dataset", text) == ["`orders`", "75.0 %", "90.0 %", "–", "40"])
    #expect(try Self.row("Field retrieval", under: "Right, by type", text)[1...2] == ["75.0 %", "90.0 %"])
    #expect(try Self.row("`local/small`", under: "Right, by model", text)[1] == "75.0 %")
    #expect(try Self.row("`employees`", under: "Datasets", text) == ["`employees`", "100", "uniform", "yes", "40"])
  }

  @Test func `a habit of calling everything damaged is seen`() async throws {
    func answer(_ index: Int, isValid: Bool, saysDamaged: Bool) -> SampleRecord {
      var sample = Self.sample("json", "s\(index)", isValid != saysDamaged)
      sample.metadata["questionType"] = "structural-validation"
      sample.metadata["valid"] = .bool(isValid)
      sample.metadata["damageVisible"] = .bool(index.isMultiple(of: 2))
      // Asked in both ways: yes means valid, or yes means damaged.
      sample.metadata["yesMeansValid"] = .bool(index < 4)
      sample.extracted = .bool(saysDamaged != (index < 4))
      return sample
    }
    let samples = (0..<8).map { answer($0, isValid: $0 % 4 < 2, saysDamaged: true) }
    let row = try Self.row("JSON", under: "Damaged texts", try await Self.markdown(samples))
    #expect(row[1] == "100.0 % (51.0–100.0) of 4")
    #expect(row[2] == "100.0 % (34.2–100.0) of 2")
    #expect(row[3] == "100.0 % (34.2–100.0) of 2")
  }

  @Test func `a page has bars, a text has them drawn`() async throws {
    let run = Fixtures.run("run-1", "data-formats", models: [Fixtures.model()], planned: 5)
    let page = try await render([run], .html, Self.samples())
    #expect(page.contains("<rect "))
    #expect(!page.contains("█"))
    #expect(try await Self.markdown(Self.samples()).contains("1,000 ┤") == true)
  }

  @Test func `other runs say nothing of formats`() async throws {
    let text = try await render([Fixtures.run("run-1", "sorting", models: [Fixtures.model()], planned: 5)], .markdown)
    #expect(!text.contains("1,000 tokens"))
  }

  @Test func `unknown token counts and hostile names keep the report whole`() async throws {
    var samples = Self.samples()
    for index in samples.indices {
      samples[index].promptTokens = nil
      if index.isMultiple(of: 3) { samples[index].metadata["format"] = .string(Fixtures.hostile) }
      if index.isMultiple(of: 5) { samples[index].metadata["dataset"] = .string(Fixtures.hostile) }
    }
    let text = try await Self.markdown(samples)
    #expect(text.contains("Which differences are real"))
    #expect(!text.contains("\n# Heading"))
  }
}
