package import JSON

/// What the structure of a value allows, computed from the value itself.
package struct DataSetShape: Sendable, Equatable {
  /// Collections of records: arrays of objects, and objects whose members are all objects, with at least two records.
  package let collections: Int
  /// Collections that TOON writes as a table (specification 4.0: tabular arrays, keyed tabular objects and nested field
  /// groups).
  package let tabularCollections: Int
  /// The share of collections that are tabular, 0…1; 0 where there are none.
  package let tabularEligibility: Double
  /// The share of plain values that stand in such tables, 0…1.
  package let tabularValues: Double
  package let csvSupported: Bool
  package let structure: StructureClass

  package init(_ value: JSONValue) {
    var survey = Survey()
    survey.visit(value, inTable: false, depth: 0)
    collections = survey.collections
    tabularCollections = survey.tabular
    tabularEligibility = survey.collections == 0 ? 0 : Double(survey.tabular) / Double(survey.collections)
    tabularValues = survey.values == 0 ? 0 : Double(survey.tableValues) / Double(survey.values)
    csvSupported = Self.isFlat(value)
    structure = Self.structure(value, survey, isFlat: csvSupported)
  }

  /// Whether CSV holds all of it: one array of records of the same plain fields, or an object of nothing but such arrays.
  private static func isFlat(_ value: JSONValue) -> Bool {
    func isTable(_ value: JSONValue) -> Bool {
      guard let rows = value.arrayValue, let first = rows.first?.objectValue, !first.isEmpty else { return false }
      return rows.allSatisfy { row in
        guard let object = row.objectValue, object.count == first.count else { return false }
        return object.allSatisfy { first[$0.key] != nil && $0.value.isPlain }
      }
    }
    if case .object(let object) = value { return !object.isEmpty && object.allSatisfy { isTable($0.value) } }
    return isTable(value)
  }

  private static func structure(_ value: JSONValue, _ survey: Survey, isFlat: Bool) -> StructureClass {
    if isFlat { return .uniform }
    let tops = value.objectValue?.values ?? [value]
    let topCollections = tops.filter { Survey.records($0) != nil }
    guard !topCollections.isEmpty, topCollections.count == tops.count else { return .deep }
    let records = topCollections.compactMap(Survey.records)
    if records.contains(where: { !Survey.haveSameKeys($0) }) { return .semiUniform }
    return records.allSatisfy { $0.allSatisfy { $0.allSatisfy(\.value.isPlain) } } ? .uniform : .nested
  }
}

/// Walks over a value once.
private struct Survey {
  private(set) var collections = 0
  private(set) var tabular = 0
  private(set) var values = 0
  private(set) var tableValues = 0

  /// Deeper than any parser of this program allows.
  private static let deepest = 4096

  mutating func visit(_ value: JSONValue, inTable: Bool, depth: Int) {
    guard depth < Self.deepest else { return }
    var isTable = inTable
    if let records = Self.records(value), !inTable {
      collections += 1
      isTable = Self.isTabular(records, depth: 0)
      if isTable { tabular += 1 }
    }
    switch value {
    case .array(let elements): for element in elements { visit(element, inTable: isTable, depth: depth + 1) }
    case .object(let object): for member in object { visit(member.value, inTable: isTable, depth: depth + 1) }
    default:
      values += 1
      if inTable { tableValues += 1 }
    }
  }

  /// The records of a collection; nil for what is none.
  static func records(_ value: JSONValue) -> [JSONObject]? {
    switch value {
    case .array(let elements):
      let objects = elements.compactMap(\.objectValue)
      return objects.isEmpty || objects.count < elements.count ? nil : objects
    case .object(let object):
      let objects = object.compactMap(\.value.objectValue)
      // A map of records, not an object with two parts of its own kind each.
      guard objects.count >= 2, objects.count == object.count, haveSameKeys(objects) else { return nil }
      return objects
    default: return nil
    }
  }

  static func haveSameKeys(_ records: [JSONObject]) -> Bool {
    guard let first = records.first else { return false }
    return records.allSatisfy { record in
      record.count == first.count && record.allSatisfy { first[$0.key] != nil }
    }
  }

  /// The same fields in every record, each plain in all of them or in all a group of the same fields in turn.
  private static func isTabular(_ records: [JSONObject], depth: Int) -> Bool {
    guard depth < deepest, haveSameKeys(records), let first = records.first, !first.isEmpty else { return false }
    return first.keys.allSatisfy { key in
      let fields = records.compactMap { $0[key] }
      if fields.allSatisfy(\.isPlain) { return true }
      let groups = fields.compactMap(\.objectValue)
      return groups.count == fields.count && isTabular(groups, depth: depth + 1)
    }
  }
}

extension JSONValue {
  /// Neither an array nor an object.
  var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
