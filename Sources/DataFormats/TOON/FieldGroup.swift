import JSON

/// The fields between the braces of a tabular header, with the groups in them (TOON §9.3).
final class FieldGroup: Sendable {
  struct Entry: Sendable {
    let key: String
    /// The fields of a nested group; nil for a leaf, which has a cell in each row.
    let group: FieldGroup?
  }

  let entries: [Entry]
  /// Cells of a row.
  let leafCount: Int
  /// Levels of groups in groups, itself counted.
  let depth: Int
  /// Whether no entry is a group and no key comes twice.
  let isFlat: Bool
  let hasRepeatedKeys: Bool
  let index: JSONObject.KeyIndex

  init(_ entries: [Entry]) {
    self.entries = entries
    leafCount = entries.reduce(0) { $0 + ($1.group?.leafCount ?? 1) }
    depth = 1 + (entries.compactMap { $0.group?.depth }.max() ?? 0)
    hasRepeatedKeys = Self.repeatedKey(entries) != nil
    isFlat = !hasRepeatedKeys && entries.allSatisfy { $0.group == nil }
    index = JSONObject.KeyIndex(entries.map(\.key))
  }

  private static func repeatedKey(_ entries: [Entry]) -> String? {
    // Most headers are short, and there may be one a row.
    if entries.count <= 12 {
      for index in entries.indices.dropFirst() {
        let key = entries[index].key
        if entries[..<index].contains(where: { JSONKey.areSame($0.key, key) }) { return key }
      }
      return nil
    }
    var seen: Set<JSONKey> = []
    return entries.first { !seen.insert(JSONKey($0.key)).inserted }?.key
  }

  /// A key that comes twice between the same braces.
  var repeatedKey: String? {
    hasRepeatedKeys ? Self.repeatedKey(entries) : entries.lazy.compactMap { $0.group?.repeatedKey }.first
  }
}
