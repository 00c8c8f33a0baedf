import JSON

/// Judges as a careful person would who has the right answer before them: the answer has to *be* the value. What may stand
/// around it: white space, quotation marks, a fence, emphasis, a full stop, "The answer is", and the unit of a number.
struct StrictJudge {
  let kind: AnswerKind
  let options: AnswerOptions

  func judge(_ actual: String, expected: JSONValue) -> AnswerVerdict {
    do {
      switch kind {
      case .integer, .number: return try number(actual, expected)
      case .boolean: return try boolean(actual, expected)
      case .date: return try date(actual, expected)
      case .string: return string(actual, expected)
      case .listOrdered, .listUnordered: return try list(actual, expected)
      }
    } catch {
      return .wrong(error.reason, error.detail)
    }
  }

  private func badExpectation(_ expected: JSONValue) -> AnswerVerdict {
    .wrong(.badExpectation, "What was expected, \(quoted(expected.answerText)), is no \(kind.rawValue).")
  }

  private func different(_ understood: JSONValue, _ expected: JSONValue) -> AnswerVerdict {
    .wrong(
      .differentValue, "\(quoted(expected.answerText)) was expected; the answer says \(quoted(understood.answerText)).",
      understood: understood)
  }

  // MARK: Numbers

  private func number(_ actual: String, _ expected: JSONValue) throws(Unreadable) -> AnswerVerdict {
    var reader = StrictNumber(options: options)
    let given = try reader.read(actual)
    reader = StrictNumber(options: AnswerOptions())
    guard let wanted = try? reader.read(expected.answerText), kind == .number || wanted.isWhole else {
      return badExpectation(expected)
    }
    let understood = json(given)
    if kind == .integer {
      guard given.isWhole else {
        return .wrong(.notAnInteger, "\(given.text) is not a whole number.", understood: understood)
      }
      return given == wanted ? .right(understood) : different(understood, expected)
    }
    return given == wanted || isClose(given.value, wanted.value) ? .right(understood) : different(understood, expected)
  }

  /// Within the tolerance, or the rounding to the decimal places asked for; a half may go either way. 2^-40 of the value
  /// covers the arithmetic in doubles.
  private func isClose(_ given: Double, _ wanted: Double) -> Bool {
    guard given.isFinite, wanted.isFinite else { return false }
    var slack = options.tolerance
    if let places = options.decimalPlaces {
      slack = 0.5 / (0..<min(max(places, 0), 15)).reduce(1.0) { product, _ in product * 10 }
    }
    return (given - wanted).magnitude <= slack + wanted.magnitude * 0x1p-40
  }

  private func json(_ number: DecimalNumber) -> JSONValue {
    if number.isWhole, number.exponent <= 18, let value = Int64(number.text) { return .integer(value) }
    return number.isWhole || !number.value.isFinite ? .string(number.text) : .double(number.value)
  }

  // MARK: Booleans and dates

  private func boolean(_ actual: String, _ expected: JSONValue) throws(Unreadable) -> AnswerVerdict {
    let given = try StrictBoolean.read(actual)
    guard let wanted = try? StrictBoolean.read(expected.answerText) else { return badExpectation(expected) }
    return given == wanted ? .right(.bool(given)) : different(.bool(given), .bool(wanted))
  }

  private func date(_ actual: String, _ expected: JSONValue) throws(Unreadable) -> AnswerVerdict {
    let given = try StrictDate.read(actual)
    guard let wanted = try? StrictDate.read(expected.answerText) else { return badExpectation(expected) }
    let understood = JSONValue.string(given.text)
    if given.isSame(as: wanted) { return .right(understood) }
    if wanted.time != nil, given.time == nil, given.date == wanted.date {
      return .wrong(.timeMissing, "\(wanted.text) was expected with its time of day.", understood: understood)
    }
    return different(understood, .string(wanted.text))
  }

  // MARK: Texts and lists

  private func string(_ actual: String, _ expected: JSONValue) -> AnswerVerdict {
    StrictText(caseSensitive: options.caseSensitive).judge(actual, expected: expected.answerText)
  }

  private func list(_ actual: String, _ expected: JSONValue) throws(Unreadable) -> AnswerVerdict {
    let text = StrictText(caseSensitive: options.caseSensitive)
    let wanted: [String]
    if case .array(let items) = expected {
      wanted = items.map(\.answerText)
    } else {
      wanted = try StrictList.items(expected.answerText)
    }
    let given = try StrictList.items(actual, expecting: wanted.count)
    return StrictList.compare(given, wanted, isOrdered: kind == .listOrdered, normalForm: text.normalForm)
  }
}
