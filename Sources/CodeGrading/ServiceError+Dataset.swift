package import CodeProblems
package import Contract
import JSON

extension ServiceError {
  package init(_ error: DatasetError) {
    let kind: Kind =
      switch error.code {
      case .fileNotFound: .fileNotFound
      case .fileUnreadable: .fileUnreadable
      case .invalidData: .invalidData
      case .invalidChoice: .invalidParams
      }
    var details = JSONObject()
    if let path = error.path { details["path"] = .string(path) }
    if let line = error.line { details["line"] = .integer(Int64(line)) }
    let text = error.path == nil ? error.message.prefix(1).uppercased() + error.message.dropFirst() : error.description
    self.init(kind, text.hasSuffix(".") ? text : text + ".", details: details)
  }
}

extension ProblemSelection {
  /// - Throws: ``DatasetError`` for a date, a rule or a release that is none.
  package init(_ choice: ProblemChoice?) throws(DatasetError) {
    self.init()
    guard let choice else { return }
    if let name = choice.release { parts = try Release.parts(name) }
    from = try Self.date(choice.from)
    to = try Self.date(choice.to)
    if let name = choice.dateRule {
      guard let rule = DateRule(rawValue: name) else {
        throw DatasetError("there is no date rule \"\(name)\": choose official or inclusive", code: .invalidChoice)
      }
      dateRule = rule
    }
    platforms = Set(choice.platforms ?? [])
    difficulties = Set(choice.difficulties ?? [])
    includesErrata = choice.includeErrata ?? false
  }

  private static func date(_ text: String?) throws(DatasetError) -> ContestDate? {
    guard let text else { return nil }
    guard let date = ContestDate(text) else {
      throw DatasetError("\"\(text)\" is no day such as 2024-08-01", code: .invalidChoice)
    }
    return date
  }
}
