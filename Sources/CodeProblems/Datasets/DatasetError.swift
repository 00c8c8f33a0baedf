/// What is wrong with a dataset, in a sentence without a full stop: "the test at 3 has no output".
package struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: Sendable, Equatable {
    case fileNotFound, fileUnreadable, invalidData, invalidChoice
  }

  package let code: Code
  package let message: String
  /// The file at fault.
  package var path: String?
  /// Where in it, from 1.
  package var line: Int?

  package init(_ message: String, code: Code = .invalidData, path: String? = nil, line: Int? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.line = line
  }

  /// The same with its place, where it has none.
  func at(_ path: String, line: Int?) -> DatasetError {
    DatasetError(message, code: code, path: self.path ?? path, line: self.line ?? line)
  }

  package var description: String {
    guard let path else { return message }
    if let line { return "\(path):\(line): \(message)" }
    // "lcb.jsonl is not there", but "problems/sum: there is no test".
    let isPredicate = ["is ", "cannot ", "holds ", "does "].contains { message.hasPrefix($0) }
    return "\(path)\(isPredicate ? "" : ":") \(message)"
  }
}
