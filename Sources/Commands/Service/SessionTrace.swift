import Contract
import JSON
import JSONRPC

/// What one peer said in a session that was traced, in order, and what it had heard by then.
struct SessionTrace: Sendable {
  struct Step: Sendable {
    let message: [UInt8]
    let framing: Framing
    /// How many of the session's answers had gone out before it came.
    var answersBefore: Int
  }

  private(set) var steps: [Step] = []
  /// The answers that went out, in order, as ``answerKey(_:)`` names them.
  private(set) var answers: [String] = []
  /// Messages that were left out of the trace.
  private(set) var withheldCount = 0

  /// Reads the first connection of a trace.
  ///
  /// - Throws: ``ServiceError`` that names the line which is none of a trace.
  init(path: String) throws(ServiceError) {
    let lines = try LocalFile.read(path).split(separator: "\n", omittingEmptySubsequences: false)
    var connection: JSONValue?
    for (index, line) in lines.enumerated() where !line.isEmpty {
      guard let entry = try? JSONParser().parse(String(line)), entry["time"] != nil else {
        // A disk that was full leaves half a line.
        if index == lines.count - 1, !steps.isEmpty { return }
        throw Self.fault(path, index, "it is no line of a trace")
      }
      guard let direction = entry["direction"]?.stringValue else { continue }
      if connection == nil { connection = entry["connection"] }
      guard entry["connection"] == connection else { continue }
      if entry["withheld"] == true {
        withheldCount += 1
      } else if let message = Self.message(of: entry) {
        take(message, direction, entry["framing"] == "headers" ? .contentLength : .newline)
      } else {
        throw Self.fault(path, index, "it holds no message")
      }
    }
    if steps.isEmpty {
      throw ServiceError(.invalidData, "'\(path)' holds no message of a client.", details: ["path": .string(path)])
    }
  }

  private static func fault(_ path: String, _ index: Int, _ what: String) -> ServiceError {
    ServiceError(
      .invalidData, "'\(path)', line \(index + 1): \(what), as 'serve --trace' writes it.",
      details: ["path": .string(path), "line": .integer(Int64(index + 1))])
  }

  private static func message(of entry: JSONValue) -> [UInt8]? {
    if let text = entry["message"]?.stringValue { return Array(text.utf8) }
    guard let numbers = entry["bytes"]?.arrayValue else { return nil }
    let bytes = numbers.compactMap { $0.intValue.flatMap { UInt8(exactly: $0) } }
    return bytes.count == numbers.count ? bytes : nil
  }

  private mutating func take(_ message: [UInt8], _ direction: String, _ framing: Framing) {
    if direction == "out" {
      if let key = Self.answerKey(message) { answers.append(key) }
    } else {
      steps.append(Step(message: message, framing: framing, answersBefore: answers.count))
    }
  }

  /// What tells an answer from others: the id that it answers, or the ids where it answers a batch. Nil for what is no
  /// answer, as are the notifications and requests of a server.
  static func answerKey(_ message: [UInt8]) -> String? {
    guard let value = try? JSONParser().parse(message), value["method"] == nil else { return nil }
    let ids = (value.arrayValue ?? [value]).map { "\($0["id"] ?? .null)" }
    return ids.sorted().joined(separator: " ")
  }
}
