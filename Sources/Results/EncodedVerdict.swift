import Contract
import GRDB
import JSON

/// What a grader said of an answer, as columns.
struct EncodedVerdict: Sendable {
  let outcome: DatabaseValue
  let score: DatabaseValue
  let reason: DatabaseValue
  let detail: DatabaseValue
  let expected: DatabaseValue
  let extracted: DatabaseValue
  let metrics: DatabaseValue
  let parts: DatabaseValue

  /// - Throws: `invalidData` for a score outside 0…1, an epoch below 1, a member's name with a NUL character or a part
  ///   that cannot be encoded.
  init(_ record: SampleRecord) throws(ServiceError) {
    func invalid(_ problem: String) -> ServiceError {
      ServiceError(.invalidData, "Sample \(record.sampleId) of \(record.model) cannot be stored: \(problem).")
    }
    if let score = record.score, !(0...1).contains(score) { throw invalid("its score \(score) is not within 0…1") }
    guard record.epoch >= 1 else { throw invalid("its epoch \(record.epoch) is below 1") }
    do {
      parts = record.parts.isEmpty ? .null : StoredValue.json(try JSONValueEncoder(omitsNil: true).encode(record.parts))
    } catch {
      throw invalid("its parts are not JSON (\(error))")
    }
    let json =
      [record.expected, record.extracted ?? .null, .object(record.metadata)] + record.parts.map { .object($0.metadata) }
    guard json.allSatisfy(StoredValue.isReadable), !record.metrics.keys.contains(where: { $0.utf8.contains(0) }) else {
      throw invalid("the name of a member holds a NUL character")
    }
    let measures = record.metrics.filter(\.value.isFinite).sorted { $0.key < $1.key }
    metrics =
      measures.isEmpty
      ? .null : StoredValue.json(.object(JSONObject(distinct: measures.map { ($0.key, .double($0.value)) })))
    outcome = record.outcome.rawValue.databaseValue
    score = StoredValue.number(record.score)
    reason = StoredValue.text(record.reason)
    detail = StoredValue.text(record.detail)
    expected = StoredValue.json(record.expected)
    extracted = record.extracted.map(StoredValue.json) ?? .null
  }

  private static let names = [
    "outcome", "score", "error_type", "detail", "expected", "extracted", "metrics", "parts",
  ]
  static let columnCount = names.count
  /// The columns that hold a verdict, in the order of ``values``.
  static let columns = names.joined(separator: ", ")
  static let placeholders = names.map { _ in "?" }.joined(separator: ", ")

  static func columns(of table: String) -> String { names.map { "\(table).\($0)" }.joined(separator: ", ") }

  var values: [DatabaseValue] { [outcome, score, reason, detail, expected, extracted, metrics, parts] }
}
