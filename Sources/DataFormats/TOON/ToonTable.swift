import JSON

/// The table that objects with the same keys make (TOON §9.3, §9.5): its fields, and how its rows are laid out.
struct ToonTable {
  let fields: FieldGroup
  /// Whether every object has its keys in the order of the fields, so that rows need no look-ups.
  let isInOrder: Bool

  init(fields: FieldGroup, isInOrder: Bool) {
    self.fields = fields
    self.isInOrder = isInOrder
  }

  /// The table of a list of objects; nil if they do not make one.
  init?(rows: [JSONValue]) {
    guard case .object(let first)? = rows.first, let fields = Self.fields(of: first) else { return nil }
    self.init(fields) { check in
      for row in rows {
        guard case .object(let object) = row, check(object) else { return false }
      }
      return true
    }
  }

  /// The table of an object whose values are objects; nil if they do not make one.
  init?(entries: JSONObject) {
    guard entries.count > 1 else { return nil }
    // Before the first value is looked into, so that deep nesting is not looked into again at each level.
    for entry in entries { guard case .object = entry.value else { return nil } }
    guard case .object(let first)? = entries.first?.value, let fields = Self.fields(of: first) else { return nil }
    self.init(fields) { check in
      entries.allSatisfy { entry in
        if case .object(let object) = entry.value { check(object) } else { false }
      }
    }
  }

  private init?(_ fields: FieldGroup, _ all: (_ check: (JSONObject) -> Bool) -> Bool) {
    var isInOrder = true
    guard all({ Self.matches($0, fields, &isInOrder) }) else { return nil }
    self.fields = fields
    self.isInOrder = isInOrder
  }

  /// The fields of a first row; nil if it is empty or holds a list or an empty object.
  static func fields(of object: JSONObject) -> FieldGroup? {
    guard !object.isEmpty else { return nil }
    var entries: [FieldGroup.Entry] = []
    entries.reserveCapacity(object.count)
    for member in object {
      switch member.value {
      case .array: return nil
      case .object(let inner):
        guard let group = fields(of: inner) else { return nil }
        entries.append(.init(key: member.key, group: group))
      default: entries.append(.init(key: member.key, group: nil))
      }
    }
    return FieldGroup(entries)
  }

  /// Whether an object has a plain value for each leaf, an object for each group, and nothing else.
  static func matches(_ object: JSONObject, _ fields: FieldGroup, _ isInOrder: inout Bool) -> Bool {
    object.withMembers { members in
      fields.entries.withUnsafeBufferPointer { entries in
        guard members.count == entries.count else { return false }
        for index in 0..<entries.count {
          if JSONKey.areSame(members[index].key, entries[index].key) {
            guard matches(members[index].value, entries[index].group, &isInOrder) else { return false }
          } else {
            isInOrder = false
            guard let value = object[entries[index].key], matches(value, entries[index].group, &isInOrder) else {
              return false
            }
          }
        }
        return true
      }
    }
  }

  @inline(__always)
  private static func matches(_ value: JSONValue, _ group: FieldGroup?, _ isInOrder: inout Bool) -> Bool {
    switch value {
    case .array: false
    case .object(let inner): group.map { matches(inner, $0, &isInOrder) } ?? false
    default: group == nil
    }
  }
}
