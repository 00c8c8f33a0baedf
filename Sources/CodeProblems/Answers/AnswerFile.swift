package import JSON

/// One answer of a file of answers.
package struct AnswerEntry: Sendable {
  package let problemID: String
  /// The position among the answers to its problem, from 0, in the order of the file.
  package let index: Int
  /// From 1; nil for one that was given without a file.
  package let line: Int?
  fileprivate let source: Source

  fileprivate enum Source: Sendable {
    case record(RecordReader, field: String)
    /// A position in a record's list.
    case element(RecordReader, field: String, Int)
    case value(AnswerContent)
  }
}

/// What an answer consists of.
package enum AnswerContent: Sendable, Equatable {
  /// A program as it is.
  case code(String)
  /// A model's answer, in which the program is to be found.
  case response(String)
  /// What goes on where a prompt of HumanEval ends.
  case completion(String)
}

/// Answers to problems, from JSON lines or from a list. A file's texts are read when they are asked for.
///
/// A line names its problem by `question_id`, `task_id`, `questionId` or `id` and holds one of: `code`, a program;
/// `response`, a model's answer; `completion`, as HumanEval has it; `code_list` or `output_list`, several programs or
/// answers, as LiveCodeBench's own results have them.
package struct AnswerFile: Sendable {
  package private(set) var entries: [AnswerEntry] = []
  package private(set) var issues: [DatasetIssue] = []
  private var counts: [String: Int] = [:]

  private static let idNames = ["question_id", "task_id", "questionId", "id"]
  private static let contentNames = ["code", "response", "completion", "code_list", "output_list"]

  /// - Throws: ``DatasetError`` for a file that cannot be read or holds no answer; `CancellationError`.
  package init(_ path: String, checkCancellation: () throws -> Void = {}) throws {
    var bytes = try DatasetBytes.open(path)
    if let lines = try JSONListLines.lines(of: bytes, path) { bytes = .memory(lines) }
    var index = JSONLineIndex(keeping: Set(Self.idNames))
    try index.scan(bytes, checkCancellation: checkCancellation) { finding in
      switch finding {
      case .problem(let line, let message): issues.append(DatasetIssue(.error, message, path: path, line: line))
      case .record(let record): add(RecordReader(bytes: bytes, path: path, record: record))
      }
    }
    guard entries.isEmpty else { return }
    let first = issues.first
    throw DatasetError(
      first.map { "holds no answer: \($0.message)" } ?? "holds no answer", path: path, line: first?.line)
  }

  /// - Throws: ``DatasetError`` that names the element at fault by its position.
  package init(_ list: [JSONValue]) throws(DatasetError) {
    for (position, value) in list.enumerated() {
      guard let id = Self.idNames.lazy.compactMap({ Self.identifier(value[$0]) }).first else {
        throw DatasetError("the answer at \(position) has no question_id", code: .invalidChoice)
      }
      let contents = Self.contentNames.lazy.compactMap { name in value[name].flatMap { Self.contents($0, name) } }
      guard let contents = contents.first else {
        throw DatasetError("the answer at \(position) has neither code nor response", code: .invalidChoice)
      }
      for content in contents { append(id, .value(content), line: nil) }
    }
  }

  /// - Throws: ``DatasetError`` with the line.
  package func content(of entry: AnswerEntry) throws(DatasetError) -> AnswerContent {
    switch entry.source {
    case .value(let content): return content
    case .record(let record, let field): return Self.content(try record.string(field), field)
    case .element(let record, let field, let position):
      guard let text = try record.value(field)?[position]?.stringValue else {
        throw record.error("\"\(field)\" holds something else than texts")
      }
      return Self.content(text, field)
    }
  }

  // MARK: - Reading

  private mutating func add(_ record: RecordReader) {
    do throws(DatasetError) {
      guard let name = Self.idNames.first(where: { record.has($0) }) else {
        throw record.error("\"question_id\" is missing")
      }
      guard let field = Self.contentNames.first(where: { record.has($0) }) else {
        throw record.error("neither \"code\" nor \"response\" is there")
      }
      let id = try record.identifier(name)
      let line = record.record.line
      guard field.hasSuffix("_list") else { return append(id, .record(record, field: field), line: line) }
      guard let list = try record.value(field)?.arrayValue else { throw record.error("\"\(field)\" is no list") }
      for position in list.indices { append(id, .element(record, field: field, position), line: line) }
    } catch {
      issues.append(DatasetIssue(error))
    }
  }

  private mutating func append(_ id: String, _ source: AnswerEntry.Source, line: Int?) {
    let index = counts[id, default: 0]
    counts[id] = index + 1
    entries.append(AnswerEntry(problemID: id, index: index, line: line, source: source))
  }

  private static func identifier(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text) where !text.isEmpty: text
    case .integer(let number): "\(number)"
    default: nil
    }
  }

  private static func contents(_ value: JSONValue, _ name: String) -> [AnswerContent]? {
    if let list = value.arrayValue, name.hasSuffix("_list") {
      return list.compactMap(\.stringValue).map { content($0, name) }
    }
    return value.stringValue.map { [content($0, name)] }
  }

  private static func content(_ text: String, _ name: String) -> AnswerContent {
    switch name {
    case "response", "output_list": .response(text)
    case "completion": .completion(text)
    default: .code(text)
    }
  }
}
