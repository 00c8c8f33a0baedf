import Contract
import JSON

/// Writes samples as RFC 4180, one row each, with a header; an unknown value is an empty cell.
///
/// A text that a spreadsheet would take for a formula (its first character is one of `= + - @`, a tab or a line break)
/// gets an apostrophe before it, as OWASP advises ("CSV injection"). Prompts and reasoning are left out: they are
/// in the JSON report.
struct CSVWriter {
  static let header = Self.columns.joined(separator: ",") + "\r\n"

  private static let columns = [
    "runId", "suite", "model", "sampleId", "epoch", "outcome", "score", "reason", "detail", "expected", "extracted",
    "response", "stopReason", "latencyMilliseconds", "timeToFirstTokenMilliseconds", "promptTokens",
    "completionTokens", "tokensEstimated", "costUSD", "attempts", "startedAt", "finishedAt", "metrics", "metadata",
    "cached",
    "originalLatencyMilliseconds",
  ]

  func row(_ sample: SampleRecord, suite: String) -> String {
    let metrics = JSONObject(sample.metrics.sorted { $0.key < $1.key }.map { ($0.key, .double($0.value)) })
    let cells = [
      cell(sample.runId), cell(suite), cell(sample.model), cell(sample.sampleId), "\(sample.epoch)",
      sample.outcome.rawValue, number(sample.score), cell(sample.reason), cell(sample.detail),
      cell(json: sample.expected), cell(json: sample.extracted), cell(sample.response), cell(sample.stopReason),
      number(sample.latencyMilliseconds),
      number(sample.timeToFirstTokenMilliseconds), number(sample.promptTokens), number(sample.completionTokens),
      "\(sample.tokensEstimated)", number(sample.costUSD), "\(sample.attempts)", sample.startedAt.description,
      sample.finishedAt.description, cell(json: metrics.isEmpty ? nil : .object(metrics)),
      cell(json: sample.metadata.isEmpty ? nil : .object(sample.metadata)), "\(sample.cached)",
      number(sample.originalLatencyMilliseconds),
    ]
    return cells.joined(separator: ",") + "\r\n"
  }

  private func number(_ value: Double?) -> String { value.map { $0.isFinite ? "\($0)" : "" } ?? "" }

  private func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }

  /// A number stands as it is, sign and all.
  private func cell(json value: JSONValue?) -> String {
    switch value {
    case nil: ""
    case .integer, .double: value.map { JSONWriter.string($0) } ?? ""
    case .string(let text): cell(text)
    case .some(let value): cell(JSONWriter.string(value))
    }
  }

  private func cell(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "" }
    var bytes = text.utf8.filter { $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    if let first = bytes.first, Self.formulaStarts.contains(first) { bytes.insert(UInt8(ascii: "'"), at: 0) }
    guard bytes.contains(where: Self.mustQuote.contains) else { return String(decoding: bytes, as: UTF8.self) }
    let quote = UInt8(ascii: "\"")
    let doubled = bytes.flatMap { $0 == quote ? [quote, quote] : [$0] }
    return String(decoding: [quote] + doubled + [quote], as: UTF8.self)
  }

  private static let formulaStarts = Array("=+-@\t\r\n".utf8)
  private static let mustQuote = Array("\",\r\n'; \t".utf8)
}
