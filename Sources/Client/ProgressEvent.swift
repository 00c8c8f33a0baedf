package import Contract
package import JSON

/// One `$/progress` value of a request.
package struct ProgressEvent: Sendable, Equatable {
  package enum Kind: String, Sendable { case begin, report, end }

  package let kind: Kind
  /// What the work is called; only `begin` has it.
  package let title: String?
  package let message: String?
  /// 0…100; nil when it can not be told.
  package let percentage: Double?
  /// All members, the method's own included.
  package let value: JSONValue

  /// - Returns: nil for a value that is no work-done progress.
  package init?(_ value: JSONValue) {
    guard let kind = value["kind"]?.stringValue.flatMap(Kind.init(rawValue:)) else { return nil }
    self.kind = kind
    self.value = value
    title = value["title"]?.stringValue
    message = value["message"]?.stringValue
    percentage = value["percentage"]?.doubleValue
  }

  /// The run that the progress is of; nil for other work.
  package var runId: String? { value["runId"]?.stringValue }

  /// How far a run is; nil for other work.
  package var run: RunProgress? { try? JSONValueDecoder().decode(RunProgress.self, from: value) }
}
