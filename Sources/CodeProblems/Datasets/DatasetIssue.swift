/// Something about a dataset that its user should know.
package struct DatasetIssue: Sendable, Equatable {
  package enum Severity: String, Sendable {
    /// The problem, or the line, is left out.
    case error
    /// It is used as it is.
    case warning
  }

  package let severity: Severity
  package let path: String
  /// From 1; nil where the file as a whole, or a folder, is meant.
  package let line: Int?
  package let problemID: String?
  package let message: String

  init(_ severity: Severity, _ message: String, path: String, line: Int? = nil, problemID: String? = nil) {
    self.severity = severity
    self.path = path
    self.line = line
    self.problemID = problemID
    self.message = message
  }

  init(_ error: DatasetError, problemID: String? = nil) {
    self.init(.error, error.message, path: error.path ?? "", line: error.line, problemID: problemID)
  }

  /// `FILE:LINE: ID: what is wrong`.
  package var description: String {
    "\(path)\(line.map { ":\($0)" } ?? ""): \(problemID.map { "\($0): " } ?? "")\(message)"
  }
}
