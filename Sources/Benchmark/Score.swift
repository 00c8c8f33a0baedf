package import Contract
package import JSON

/// The verdict on one answer.
package struct Score: Sendable, Equatable {
  /// 0…1.
  package var value: Double
  package var outcome: Outcome
  /// Why it is not right, in a word such as `noCode`; reports count these.
  package var reason: String?
  /// The same in a sentence.
  package var detail: String?
  /// What the scorer understood the answer to be.
  package var extracted: JSONValue?
  /// Further measures, 0…1 unless their name has a unit.
  package var metrics: [String: Double] = [:]
  package var parts: [SamplePart] = []

  /// A value of 1 is `passed`, 0 is `failed`, anything between is `partial`.
  package init(_ value: Double, reason: String? = nil, detail: String? = nil) {
    self.value = min(max(value, 0), 1)
    outcome = value >= 1 ? .passed : value <= 0 ? .failed : .partial
    self.reason = reason
    self.detail = detail
  }
}
