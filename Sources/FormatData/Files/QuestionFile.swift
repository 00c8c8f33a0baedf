import AnswerValidation
import Contract
import JSON

/// Reads questions that a person has written: a JSON array, or an object a line.
///
///     {"question": "How many orders are open?", "expected": 12, "kind": "integer", "type": "aggregation"}
///
/// `kind` and `type` may be left out: the kind is then that of the JSON value, the type field retrieval.
enum QuestionFile {
  private static let members = ["question", "expected", "kind", "type", "id", "options"]
  private static let optionMembers = ["tolerance", "decimalPlaces", "caseSensitive", "allowCurrency", "allowPercent"]

  /// - Throws: ``ServiceError`` of kind `fileNotFound`, `fileUnreadable` or `invalidData`, which names the question.
  static func read(_ path: String, dataset: String) throws(ServiceError) -> [Question] {
    var questions: [Question] = []
    var (texts, ids): (Set<String>, Set<String>) = ([], [])
    for (index, value) in try DataFile.jsonValues(path, whatFor: "questions").enumerated() {
      let question: Question
      do {
        question = try self.question(value, dataset: dataset, number: index + 1)
      } catch {
        throw DataFile.invalid(path, "question \(index + 1): \(error.text)")
      }
      guard texts.insert(question.text).inserted else {
        throw DataFile.invalid(path, "question \(index + 1) stands there twice")
      }
      guard ids.insert(question.id).inserted else {
        throw DataFile.invalid(path, "question \(index + 1) has the id \"\(question.id)\" of another")
      }
      questions.append(question)
    }
    guard !questions.isEmpty else { throw DataFile.invalid(path, "holds no questions") }
    return questions
  }

  private struct Problem: Error {
    let text: String
  }

  private static func question(_ value: JSONValue, dataset: String, number: Int) throws(Problem) -> Question {
    guard let object = value.objectValue else {
      throw Problem(text: "an object was expected, found \(value.kindDescription)")
    }
    if let unknown = object.keys.first(where: { !members.contains($0) }) {
      throw Problem(text: "there is no member \"\(unknown)\"; known are \(members.joined(separator: ", "))")
    }
    guard let text = object["question"]?.stringValue, text.contains(where: { !$0.isWhitespace }) else {
      throw Problem(text: "\"question\" has to be the text of it")
    }
    guard let expected = object["expected"], let natural = naturalKind(expected) else {
      throw Problem(text: "\"expected\" has to be the right answer: a number, true or false, a text or a list of such")
    }
    let kind = try named(AnswerKind.self, object["kind"], "kind") ?? natural
    let type = try named(QuestionType.self, object["type"], "type") ?? .fieldRetrieval
    let options = try options(object["options"])
    let verdict = AnswerValidator(kind, options: options).judge(expected.answerText, expected: expected)
    guard verdict.match else {
      throw Problem(
        text: "\(expected) is no answer of kind \(kind.rawValue): \(verdict.detail ?? "it does not match itself")")
    }
    return Question(
      id: object["id"]?.stringValue ?? "\(dataset)/own/\(number)", dataset: dataset, type: type, text: text,
      expected: expected, kind: kind, options: options)
  }

  private static func naturalKind(_ value: JSONValue) -> AnswerKind? {
    switch value {
    case .integer: .integer
    case .double: .number
    case .bool: .boolean
    case .string: .string
    case .array(let items): items.allSatisfy(\.isPlain) ? .listOrdered : nil
    case .null, .object: nil
    }
  }

  private static func named<Name: RawRepresentable & CaseIterable>(
    _ type: Name.Type, _ value: JSONValue?, _ member: String
  ) throws(Problem) -> Name? where Name.RawValue == String {
    guard let value, !value.isNull else { return nil }
    guard let name = value.stringValue.flatMap(Name.init(rawValue:)) else {
      let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(text: "\"\(member)\" is one of \(known), not \(value)")
    }
    return name
  }

  private static func options(_ value: JSONValue?) throws(Problem) -> AnswerOptions {
    var options = AnswerOptions()
    guard let value, !value.isNull else { return options }
    guard let object = value.objectValue, object.keys.allSatisfy(optionMembers.contains) else {
      throw Problem(text: "\"options\" is an object of \(optionMembers.joined(separator: ", "))")
    }
    func flag(_ name: String, _ flag: inout Bool) throws(Problem) {
      guard let value = object[name], !value.isNull else { return }
      guard let bool = value.boolValue else { throw Problem(text: "\"\(name)\" is true or false, not \(value)") }
      flag = bool
    }
    try flag("caseSensitive", &options.caseSensitive)
    try flag("allowCurrency", &options.allowCurrency)
    try flag("allowPercent", &options.allowPercent)
    if let value = object["tolerance"], !value.isNull {
      guard let tolerance = value.doubleValue, tolerance >= 0, tolerance.isFinite else {
        throw Problem(text: "\"tolerance\" is a number of 0 or more, not \(value)")
      }
      options.tolerance = tolerance
    }
    if let value = object["decimalPlaces"], !value.isNull {
      guard let places = value.intValue, (0...15).contains(places) else {
        throw Problem(text: "\"decimalPlaces\" is 0 to 15, not \(value)")
      }
      options.decimalPlaces = places
    }
    return options
  }
}
