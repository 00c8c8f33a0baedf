package import Contract
import JSON

/// Where a document goes.
package protocol ReportOutput: Sendable {
  func write(_ piece: String) throws
}

/// Turns runs and their samples into a document.
///
/// Prompts and answers are hostile text: whatever stands in them, the document keeps its shape, runs nothing and
/// fetches nothing.
package enum ReportRenderer {
  /// Calls its second argument with each sample of the run that its first argument names.
  package typealias SampleSource = (_ runId: String, _ visit: (SampleRecord) throws -> Void) async throws -> Void

  /// Renders one run, or several side by side. Of samples that all stand in the document, few are in memory at a time.
  ///
  /// - Parameters:
  ///   - comparison: the runs, or the models of the one, compared sample by sample; nil where they cannot be.
  ///   - format: `markdown` and `html` are reports to read, with a few failed samples shortened; `csv` has one row a
  ///     sample, `jsonl` one object a sample, `junit` one test case a sample, `json` every summary and sample in full,
  ///     `github` the annotations of a workflow.
  ///   - samples: asked for each run, once or more often.
  ///   - output: gets one piece after another.
  /// - Throws: what `samples` and `output` throw; `invalidParams` when there is no run.
  package static func render(
    runs: [RunSummary], comparison: RunComparison? = nil, format: ReportFormat,
    to output: some ReportOutput,
    isolation: isolated (any Actor)? = #isolation, samples: SampleSource
  ) async throws {
    guard !runs.isEmpty else { throw ServiceError(.invalidParams, "A report needs at least one run.") }
    switch format {
    case .markdown: try output.write(MarkdownWriter.text(try await document(runs, comparison, samples)))
    case .html: try output.write(HTMLWriter.text(try await document(runs, comparison, samples)))
    case .csv: try await csv(runs, samples, output)
    case .junit: try await junit(runs, samples, output)
    case .json: try await json(runs, comparison, samples, output)
    case .jsonl: try await jsonLines(runs, samples, output)
    case .github: try output.write(try await annotations(runs, samples))
    }
  }

  private static func document(
    _ runs: [RunSummary], _ comparison: RunComparison?, isolation: isolated (any Actor)? = #isolation,
    _ samples: SampleSource
  ) async throws -> Document {
    var digests: [SampleDigest] = []
    for run in runs {
      var digest = SampleDigest()
      try await samples(run.runId) { digest.add($0) }
      digests.append(digest)
    }
    return ReportBuilder.document(runs, comparison, digests)
  }

  private static func csv(
    _ runs: [RunSummary], isolation: isolated (any Actor)? = #isolation, _ samples: SampleSource,
    _ output: some ReportOutput
  ) async throws {
    try output.write(CSVWriter.header)
    let writer = CSVWriter()
    for run in runs { try await samples(run.runId) { try output.write(writer.row($0, suite: run.suite)) } }
  }

  private static func junit(
    _ runs: [RunSummary], isolation: isolated (any Actor)? = #isolation, _ samples: SampleSource,
    _ output: some ReportOutput
  ) async throws {
    var writer = JUnitWriter()
    for run in runs {
      writer.begin(run)
      try await samples(run.runId) { writer.count($0) }
    }
    try output.write(writer.head)
    for suite in writer.suites {
      try output.write(JUnitWriter.head(of: suite))
      try await samples(suite.run.runId) { sample in
        if let text = JUnitWriter.testCase(sample, in: suite) { try output.write(text) }
      }
      try output.write(JUnitWriter.suiteFoot)
    }
    try output.write(JUnitWriter.foot)
  }

  private static func jsonLines(
    _ runs: [RunSummary], isolation: isolated (any Actor)? = #isolation, _ samples: SampleSource,
    _ output: some ReportOutput
  ) async throws {
    let encoder = JSONValueEncoder()
    for run in runs {
      try await samples(run.runId) { try output.write(JSONWriter.string(try encoder.encode($0)) + "\n") }
    }
  }

  private static func annotations(
    _ runs: [RunSummary], isolation: isolated (any Actor)? = #isolation, _ samples: SampleSource
  ) async throws -> String {
    var writer = AnnotationWriter()
    for run in runs {
      writer.begin(run)
      try await samples(run.runId) { writer.add($0, of: run) }
    }
    return writer.text
  }

  /// One object, whose last member are the samples; indented by 2.
  private static func json(
    _ runs: [RunSummary], _ comparison: RunComparison?, isolation: isolated (any Actor)? = #isolation,
    _ samples: SampleSource,
    _ output: some ReportOutput
  ) async throws {
    let encoder = JSONValueEncoder()
    var head: JSONObject = ["runs": .array(try runs.map { try encoder.encode($0) })]
    if let comparison { head["comparison"] = try encoder.encode(comparison) }
    // Without the line feed and the brace that end it.
    try output.write(String(JSONWriter.string(.object(head), indentation: 2).dropLast(2)) + ",\n  \"samples\": [")
    var isFirst = true
    for run in runs {
      try await samples(run.runId) { sample in
        let lines = JSONWriter.string(try encoder.encode(sample), indentation: 2)
        try output.write((isFirst ? "\n    " : ",\n    ") + indented(lines))
        isFirst = false
      }
    }
    try output.write(isFirst ? "]\n}\n" : "\n  ]\n}\n")
  }

  /// Every line but the first by 4 more.
  private static func indented(_ lines: String) -> String {
    var bytes: [UInt8] = []
    for byte in lines.utf8 {
      bytes.append(byte)
      if byte == UInt8(ascii: "\n") { bytes += Array(repeating: UInt8(ascii: " "), count: 4) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
