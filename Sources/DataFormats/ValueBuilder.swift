import JSON

/// Puts a value together from its parts in the order of a text, without recursion.
struct ValueBuilder: ~Copyable {
  private struct Frame {
    let firstValue: Int
    let firstKey: Int
    var hasRepeatedKeys = false
    /// The keys of a large object, where hashing beats a scan.
    var seen: Set<JSONKey>?
  }

  private var values = ValueStack()
  private var keys: [String] = []
  private var frames: [Frame] = []

  private static let scanLimit = 12

  /// The value, once everything that was begun has been ended; an empty text is no value.
  var result: JSONValue? { frames.isEmpty ? values.first : nil }

  @inline(__always) mutating func append(_ value: consuming JSONValue) { values.append(value) }

  mutating func beginObject() { frames.append(Frame(firstValue: values.count, firstKey: keys.count)) }

  mutating func beginArray() { frames.append(Frame(firstValue: values.count, firstKey: keys.count)) }

  /// Names the next value. False if the object has that key already: its last value will count.
  mutating func key(_ key: String) -> Bool {
    let top = frames.count - 1
    guard top >= 0 else { return true }
    let isNew = frames[top].seen?.insert(JSONKey(key)).inserted ?? !isKnown(key, from: frames[top].firstKey)
    keys.append(key)
    if !isNew { frames[top].hasRepeatedKeys = true }
    if frames[top].seen == nil, keys.count - frames[top].firstKey > Self.scanLimit {
      frames[top].seen = Set(keys[frames[top].firstKey...].map(JSONKey.init))
    }
    return isNew
  }

  private func isKnown(_ key: String, from first: Int) -> Bool {
    keys.withUnsafeBufferPointer { keys in
      var index = first
      while index < keys.count {
        if JSONKey.areSame(keys[index], key) { return true }
        index &+= 1
      }
      return false
    }
  }

  mutating func endArray() {
    guard let frame = frames.popLast() else { return }
    let elements = values.takeArray(from: frame.firstValue)
    values.append(.array(elements))
  }

  mutating func endObject() {
    guard let frame = frames.popLast() else { return }
    let first = frame.firstKey
    let members = keys.withUnsafeBufferPointer { keys in
      values.takeMembers(keys.count - first) { keys[first + $0] }
    }
    keys.removeLast(keys.count - first)
    values.append(
      .object(
        frame.hasRepeatedKeys ? JSONObject(members.map { ($0.key, $0.value) }) : JSONObject(distinct: members)))
  }

  // MARK: Rows

  /// How many values stand behind the last thing that was begun.
  var valueCount: Int { values.count }

  /// Makes one object of the last values, one for each leaf of the fields in their order.
  mutating func endRow(_ fields: FieldGroup, from first: Int) {
    if fields.isFlat, values.count - first == fields.entries.count {
      let members = fields.entries.withUnsafeBufferPointer { entries in
        values.takeMembers(entries.count) { entries[$0].key }
      }
      values.append(.object(JSONObject(distinct: members, index: fields.index)))
    } else {
      var next = first
      let object = object(fields, &next)
      values.removeAll(from: first)
      values.append(.object(object))
    }
  }

  /// Fields that have no value left are absent, which only a lenient decoder lets happen.
  private func object(_ fields: FieldGroup, _ next: inout Int) -> JSONObject {
    var members: [JSONObject.Member] = []
    members.reserveCapacity(fields.entries.count)
    for entry in fields.entries {
      if let group = entry.group {
        members.append(.init(entry.key, .object(object(group, &next))))
      } else if next < values.count {
        members.append(.init(entry.key, values[next]))
        next += 1
      }
    }
    if fields.hasRepeatedKeys { return JSONObject(members.map { ($0.key, $0.value) }) }
    return members.count == fields.entries.count
      ? JSONObject(distinct: members, index: fields.index) : JSONObject(distinct: members)
  }
}
