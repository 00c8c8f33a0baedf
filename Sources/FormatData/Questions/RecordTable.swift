import AnswerValidation
import JSON

/// A collection of records in a dataset, as questions see it.
struct RecordTable {
  let words: TableWords
  /// Names of the members that lead to it.
  let path: [String]
  let records: [JSONObject]
  let fields: [RecordField]
  /// What each record is referred to by; nil where nothing tells them apart.
  let keys: [String]?
  /// What ``keys`` are called; nil where they are member names.
  let keyField: RecordField?
  let isKeyed: Bool

  init?(_ value: JSONValue, path: [String], words: TableWords) {
    self.path = path
    self.words = words
    switch value {
    case .array(let elements):
      let objects = elements.compactMap(\.objectValue)
      guard !objects.isEmpty, objects.count == elements.count else { return nil }
      records = objects
      isKeyed = false
    case .object(let object):
      let objects = object.compactMap(\.value.objectValue)
      guard objects.count >= 2, objects.count == object.count, let first = objects.first,
        objects.allSatisfy({ $0.count == first.count && $0.allSatisfy { first[$0.key] != nil } })
      else { return nil }
      records = objects
      isKeyed = true
    default: return nil
    }
    fields = Self.fields(records, words)
    if isKeyed {
      keyField = nil
      keys = value.objectValue?.keys
    } else {
      let field = Self.keyField(fields, preferred: words.key)
      keyField = field
      keys = field?.values.map { $0?.answerText ?? "" }
    }
  }

  /// Records in a member of another object count as fields of the record, two levels deep.
  private static func fields(_ records: [JSONObject], _ words: TableWords) -> [RecordField] {
    var paths: [[String]] = []
    var seen: Set<[String]> = []
    func add(_ path: [String]) {
      if seen.insert(path).inserted, paths.count < 64 { paths.append(path) }
    }
    for record in records.prefix(2000) {
      for (key, value) in record {
        guard case .object(let group) = value else {
          add([key])
          continue
        }
        for member in group where member.value.objectValue == nil { add([key, member.key]) }
      }
    }
    return paths.compactMap { path in
      let values = records.map { record -> JSONValue? in
        guard let first = path.first, let value = record[first] else { return nil }
        return path.count == 1 ? value : value[path[1]]
      }
      return RecordField(path: path, values: values, words: words)
    }
  }

  private static func keyField(_ fields: [RecordField], preferred: String?) -> RecordField? {
    func isKey(_ field: RecordField) -> Bool {
      guard field.isWhole, field.kind == .text || field.kind == .integer || field.kind == .date else { return false }
      return Set(field.values.compactMap { $0?.answerText.lowercased() }).count == field.values.count
    }
    if let field = fields.first(where: { $0.name == preferred }), isKey(field) { return field }
    return fields.first { $0.path.count == 1 && isKey($0) }
  }

  /// How a record is named in a question.
  func reference(_ index: Int) -> String {
    guard let keys else { return "\(words.singular) number \(index + 1), counted from 1" }
    return words.reference.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
      .joined(separator: keys[index])
  }

  /// The fields of a record as it stands in the data, where all have the same.
  var commonFieldNames: [String]? {
    guard let first = records.first, !first.isEmpty,
      records.allSatisfy({ $0.count == first.count && $0.allSatisfy { first[$0.key] != nil } })
    else { return nil }
    return first.keys
  }

  // MARK: Finding them

  private static let mostTables = 24

  /// The tables at the top of a value; of a deep one all there are, the outermost first.
  static func all(in dataset: DataSet) -> [RecordTable] {
    var tables: [RecordTable] = []
    func search(_ value: JSONValue, _ path: [String]) {
      guard tables.count < mostTables, path.count < 64 else { return }
      let name = path.last ?? dataset.name
      let words = dataset.vocabulary.tables[name] ?? nested(path)
      if !path.isEmpty || value.arrayValue != nil, let table = RecordTable(value, path: path, words: words) {
        if table.records.count >= 2 || dataset.shape.structure != .deep { tables.append(table) }
        return
      }
      for (key, member) in value.objectValue ?? [:] { search(member, path + [key]) }
    }
    search(dataset.value, [])
    return tables
  }

  private static func nested(_ path: [String]) -> TableWords {
    guard path.count > 1, let name = path.last else { return TableWords(name: path.last ?? "") }
    let dotted = path.joined(separator: ".")
    let singular = TableWords(name: name).singular
    return TableWords(
      singular, "\(RecordField.words(name)) in `\(dotted)`", key: nil, reference: "the \(singular) % in `\(dotted)`")
  }
}
