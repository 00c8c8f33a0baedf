package import Contract
import JSON

/// Turns runs and their samples into a document.
///
/// Prompts and answers are hostile text: whatever stands in them, the document keeps its shape, runs nothing and
/// fetches nothing.
package enum ReportRenderer {
  /// Calls its second argument with each sample of the run that its first argument names.
  package typealias SampleSource = (_ runId: String, _ visit: (SampleRecord) throws -> Void) async throws -> Void

  /// Renders one run, or several side by side.
  ///
  /// - Parameters:
  ///   - comparison: the runs, or the models of the one, compared sample by sample; nil where they cannot be.
  ///   - format: `markdown` and `html` are reports to read, with a few failed samples shortened; `csv` has one row a
  ///     sample, `jsonl` one object a sample, `junit` one test case a sample, `json` every summary and sample in full,
  ///     `github` the annotations of a workflow.
  ///   - samples: asked once for each run.
  /// - Throws: what `samples` throws; `invalidParams` when there is no run.
  package static func render(
    runs: [RunSummary], comparison: RunComparison? = nil, format: ReportFormat,
    isolation: isolated (any Actor)? = #isolation, samples: SampleSource
  ) async throws -> String {
    guard !runs.isEmpty else { throw ServiceError(.invalidParams, "A report needs at least one run.") }
    switch format {
    case .markdown: return MarkdownWriter.text(try await document(runs, comparison, samples))
    case .html: return HTMLWriter.text(try await document(runs, comparison, samples))
    case .csv: return try await csv(runs, samples)
    case .junit: return try await junit(runs, samples)
    case .json: return try await json(runs, comparison, samples)
    case .jsonl: return try await jsonLines(runs, samples)
    case .github: return try await annotations(runs, samples)
    }
  }

  private static func document(
    _ runs: [RunSummary], _ comparison: RunComparison?, isolation: isolated (any Actor)? = #isolation, _ samples: SampleSource
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
    _ runs: [RunSummary], isolation: isolated (any Actor)? = #isolation, _ samples: SampleSource
  ) async throws -> String {
    var writer = CSVWriter()
    for run in runs { try await samples(run.runId) { writer.add($0, suite: run.suite) } }
    return writer.text
  }

  private static func junit(
    _ runs: [RunSummary], isolation: isolated (any Actor)? = #isolation, _ samples: SampleSource
  ) async throws -> String {
    var writer = JUnitWriter()
    for run in runs {
      writer.begin(run)
      try await samples(run.runId) { writer.add($0) }
    }
    return writer.text
  }

  private static func jsonLines(
    _ runs: [RunSummary], isolation: isolated (any Actor)? = #isolation, _ samples: SampleSource
  ) async throws -> String {
    let encoder = JSONValueEncoder()
    var bytes: [UInt8] = []
    for run in runs {
      try await samples(run.runId) { bytes += JSONWriter.data(try encoder.encode($0)) + [UInt8(ascii: "\n")] }
    }
    return String(decoding: bytes, as: UTF8.self)
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

  private static func json(
    _ runs: [RunSummary], _ comparison: RunComparison?, isolation: isolated (any Actor)? = #isolation,
    _ samples: SampleSource
  ) async throws -> String {
    let encoder = JSONValueEncoder()
    var records: [JSONValue] = []
    for run in runs { try await samples(run.runId) { records.append(try encoder.encode($0)) } }
    var report: JSONObject = ["runs": .array(try runs.map { try encoder.encode($0) })]
    if let comparison { report["comparison"] = try encoder.encode(comparison) }
    report["samples"] = .array(records)
    return JSONWriter.string(.object(report), indentation: 2) + "\n"
  }
}
