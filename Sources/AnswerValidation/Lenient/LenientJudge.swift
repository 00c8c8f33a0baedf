import JSON

/// Judges as the reference benchmark does: what is expected and what came are each brought to a normal form, and those
/// are compared.
///
/// The rules are those of toon-format/toon, `benchmarks/src/normalize.ts`. Its dates are read in the zone of the machine;
/// here that zone is always UTC, so that every machine gives the same verdict.
struct LenientJudge {
  let kind: AnswerKind
  let options: AnswerOptions

  /// The normal form of a text.
  private enum Form: Equatable {
    case number(Double)
    case boolean(Bool)
    /// By code units: canonically equivalent texts differ.
    case text([UInt8])
    case list([[UInt8]])
  }

  func judge(_ actual: String, expected: JSONValue) -> AnswerVerdict {
    do {
      let given = try normalForm(actual)
      guard let wanted = try? normalForm(expected.answerText) else {
        return .wrong(.badExpectation, "What was expected, \(quoted(expected.answerText)), is no \(kind.rawValue).")
      }
      let understood = json(given)
      if matches(given, wanted) { return .right(understood) }
      let words =
        "\(quoted(json(wanted).answerText)) was expected, the answer is read as \(quoted(understood.answerText))."
      return .wrong(.differentValue, words, understood: understood)
    } catch {
      return .wrong(error.reason, error.detail)
    }
  }

  private func matches(_ given: Form, _ wanted: Form) -> Bool {
    if kind == .number, options.decimalPlaces == nil, case .number(let left) = given, case .number(let right) = wanted {
      return (left - right).magnitude <= options.tolerance
    }
    return given == wanted
  }

  private func normalForm(_ text: String) throws(Unreadable) -> Form {
    let scalars = Array(text.unicodeScalars)[...]
    switch kind {
    case .integer: return .number(try LenientNumber.integer(scalars))
    case .number: return .number(try LenientNumber.number(scalars, options))
    case .boolean: return .boolean(try boolean(scalars))
    case .date:
      let bare = scalars.trimmed.withoutQuotes
      guard let day = LenientDate.day(bare) else { throw Unreadable(.noDate, "\(quoted(text)) is not read as a date.") }
      return .text(Array(day.utf8))
    case .string: return .text(folded(unfenced(scalars.trimmed.withoutQuotes).trimmed))
    case .listOrdered: return .list(items(scalars))
    case .listUnordered: return .list(items(scalars).sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  private func boolean(_ scalars: Scalars) throws(Unreadable) -> Bool {
    switch scalars.trimmed.lowercased {
    case "true", "yes", "y", "1": return true
    case "false", "no", "n", "0": return false
    default: throw Unreadable(.noBoolean, "\(quoted(scalars.text)) is not read as a boolean.")
    }
  }

  private func folded(_ scalars: Scalars) -> [UInt8] {
    Array((options.caseSensitive ? scalars.text : scalars.lowercased).utf8)
  }

  /// Without the fence around the whole text and the word behind its opening.
  private func unfenced(_ scalars: Scalars) -> Scalars {
    let fence = Array("```".unicodeScalars)
    guard scalars.count >= 6, scalars.starts(with: fence), scalars.suffix(3).elementsEqual(fence) else {
      return scalars
    }
    let inner = scalars.dropFirst(3).dropLast(3).trimmed
    let word = inner.prefix { $0.isWord }
    guard !word.isEmpty, word.endIndex < inner.endIndex, inner[word.endIndex] == "\n" else { return inner }
    return inner[(word.endIndex + 1)...]
  }

  private func items(_ scalars: Scalars) -> [[UInt8]] {
    scalars.trimmed.withoutQuotes.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }.map(folded)
  }

  private func json(_ form: Form) -> JSONValue {
    func string(_ bytes: [UInt8]) -> JSONValue { .string(String(decoding: bytes, as: UTF8.self)) }
    return switch form {
    case .number(let value):
      value.rounded() == value && value.magnitude < 0x1p53
        ? .integer(Int64(value))
        : value.isFinite ? .double(value) : .string(value.description)
    case .boolean(let value): .bool(value)
    case .text(let bytes): string(bytes)
    case .list(let items): .array(items.map(string))
    }
  }
}
