/// The members of a JSON object in the order they were written.
///
/// Look-up is a scan for small objects and hashed for large ones. Two objects are equal when they have the
/// same members in any order, as RFC 8259 says of objects.
package struct JSONObject: Sendable {
  package typealias Element = (key: String, value: JSONValue)

  private var members: [Element] = []
  /// Position of each key; kept only beyond `scanLimit` members, where hashing beats a scan.
  private var positions: [String: Int]?

  private static let scanLimit = 12

  package init() {}

  /// A repeated key keeps its first place and takes the last value.
  package init(_ elements: some Sequence<(String, JSONValue)>) {
    for (key, value) in elements { self[key] = value }
  }

  /// Takes members whose keys the caller knows to be distinct.
  package init(distinct elements: [Element]) {
    members = elements
    if members.count > Self.scanLimit { reindex() }
  }

  /// Reads, replaces (in place) or, given nil, removes a member. A new key goes last.
  package subscript(key: String) -> JSONValue? {
    get { position(of: key).map { members[$0].value } }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?): members[position].value = value
      case (let position?, nil): remove(at: position)
      case (nil, let value?): append(key, value)
      case (nil, nil): break
      }
    }
  }

  package var keys: [String] { members.map(\.key) }
  package var values: [JSONValue] { members.map(\.value) }

  private func position(of key: String) -> Int? {
    if let positions { return positions[key] }
    return members.firstIndex { $0.key == key }
  }

  private mutating func append(_ key: String, _ value: JSONValue) {
    members.append((key, value))
    if positions != nil {
      positions?[key] = members.count - 1
    } else if members.count > Self.scanLimit {
      reindex()
    }
  }

  private mutating func remove(at position: Int) {
    members.remove(at: position)
    if positions != nil { reindex() }
  }

  private mutating func reindex() {
    positions = Dictionary(members.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { _, last in last })
  }
}

extension JSONObject: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { members.count }
  package subscript(position: Int) -> Element { members[position] }
}

extension JSONObject: Equatable {
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
