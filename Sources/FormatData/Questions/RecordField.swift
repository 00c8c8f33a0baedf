import AnswerValidation
import JSON

/// A field of the records of a table, with what its values are.
struct RecordField {
  enum Kind: Equatable {
    case integer
    /// With so many decimal places at most.
    case number(places: Int)
    case boolean
    /// Texts of which there are few different ones.
    case category
    case date
    case text
    /// A list, of which only the length is asked.
    case list
  }

  let path: [String]
  let label: String
  let kind: Kind
  /// Whether its numbers mean amounts.
  let isMeasure: Bool
  /// One a record; nil where the record lacks it.
  let values: [JSONValue?]

  var name: String { path.joined(separator: ".") }
  var labelWithArticle: String { "\("aeiou".contains(label.first ?? "x") ? "an" : "a") \(label)" }
  /// Whether every record has it.
  var isWhole: Bool { !values.contains { $0 == nil } }

  /// The values as numbers, in the order of the records; lists as their lengths.
  var numbers: [Double?] {
    values.map { value in
      if case .array(let items)? = value { return Double(items.count) }
      return value?.doubleValue
    }
  }

  /// nil for a field that nothing can be asked about.
  init?(path: [String], values: [JSONValue?], words: TableWords) {
    guard let kind = Self.kind(values.compactMap { $0 }) else { return nil }
    self.path = path
    self.values = values
    self.kind = kind
    let name = path.joined(separator: ".")
    let plain = path.map(Self.words).joined(separator: " ")
    label = words.labels[name] ?? (kind == .list ? "number of \(plain)" : plain)
    switch kind {
    case .integer, .number, .list: isMeasure = !words.identifiers.contains(name) && path.last?.lowercased() != "id"
    default: isMeasure = false
    }
  }

  private static func kind(_ values: [JSONValue]) -> Kind? {
    guard let first = values.first else { return nil }
    switch first {
    case .bool: return values.allSatisfy { $0.boolValue != nil } ? .boolean : nil
    case .integer, .double: return numberKind(values)
    case .string: return textKind(values)
    case .array: return values.allSatisfy { $0.arrayValue != nil } ? .list : nil
    case .null, .object: return nil
    }
  }

  private static func numberKind(_ values: [JSONValue]) -> Kind? {
    var places = 0
    for value in values {
      switch value {
      case .integer: continue
      case .double(let number):
        guard number.isFinite, number.magnitude < 1e12 else { return nil }
        let text = number.description
        guard !text.contains("e"), let point = text.firstIndex(of: ".") else { return nil }
        places = max(places, text.distance(from: point, to: text.endIndex) - 1)
      default: return nil
      }
    }
    return places == 0 ? .integer : .number(places: places)
  }

  private static func textKind(_ values: [JSONValue]) -> Kind? {
    let texts = values.compactMap(\.stringValue)
    guard texts.count == values.count, texts.allSatisfy(isPlainText) else { return nil }
    if texts.allSatisfy(isDate) { return .date }
    let distinct = Set(texts).count
    return distinct >= 2 && distinct <= 12 && distinct * 2 <= texts.count ? .category : .text
  }

  /// A text that can be asked for and answered in a line.
  private static func isPlainText(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 120 && !text.contains(where: \.isNewline) && text.first?.isWhitespace == false
      && text.last?.isWhitespace == false
  }

  private static func isDate(_ text: String) -> Bool {
    text.utf8.count == 10 && zip("dddd-dd-dd", text).allSatisfy { $0 == "d" ? $1.isNumber : $0 == $1 }
  }

  /// `yearsExperience` and `years_experience` as words.
  static func words(_ name: String) -> String {
    var words = ""
    for character in name {
      if character == "_" || character == "-" || character == "." {
        words += " "
      } else if character.isUppercase, let last = words.last, last.isLowercase || last.isNumber {
        words += " " + character.lowercased()
      } else {
        words.append(character)
      }
    }
    return words
  }
}
