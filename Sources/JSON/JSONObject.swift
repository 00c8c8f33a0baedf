/// The members of a JSON object in the order they were written.
///
/// Look-up is a scan for small objects and hashed for large ones. Keys are the same when their bytes are, as RFC 8259
/// section 8.3 has it: "é" as one character and as two are two keys. Two objects are equal when they have the same
/// members in any order.
package struct JSONObject: Sendable {
  package typealias Element = (key: String, value: JSONValue)

  /// A key with its value. Unlike a tuple it is copied and freed without asking the runtime how.
  @frozen package struct Member: Sendable {
    package let key: String
    package var value: JSONValue

    @inlinable package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  @usableFromInline var members: [Member] = []
  /// Position of each key; kept only beyond `scanLimit` members, where hashing beats a scan.
  private var positions: [JSONKey: Int]?

  private static let scanLimit = 12

  /// Where each key is, made once for many objects with the same keys in the same order.
  package struct KeyIndex: Sendable {
    fileprivate let positions: [JSONKey: Int]?

    package init(_ keys: [String]) {
      positions = keys.count > scanLimit ? JSONObject.positions(of: keys) : nil
    }
  }

  package init() {}

  /// A repeated key keeps its first place and takes the last value.
  package init(_ elements: some Sequence<(String, JSONValue)>) {
    for (key, value) in elements { self[key] = value }
  }

  /// Takes members whose keys the caller knows to be distinct.
  package init(distinct elements: [Element]) { self.init(distinct: elements.map { Member($0.key, $0.value) }) }

  /// Takes members whose keys the caller knows to be distinct.
  package init(distinct members: [Member]) {
    self.members = members
    if members.count > Self.scanLimit { reindex() }
  }

  /// Takes members whose keys are those that the index was made of.
  package init(distinct members: [Member], index: KeyIndex) {
    self.members = members
    positions = index.positions
  }

  /// The members where they lie, for loops that look at very many.
  @inlinable package func withMembers<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Member>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try members.withUnsafeBufferPointer(body)
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
    if let positions { return positions[JSONKey(key)] }
    return members.firstIndex { JSONKey.areSame($0.key, key) }
  }

  private mutating func append(_ key: String, _ value: JSONValue) {
    members.append(Member(key, value))
    if positions != nil {
      positions?[JSONKey(key)] = members.count - 1
    } else if members.count > Self.scanLimit {
      reindex()
    }
  }

  private mutating func remove(at position: Int) {
    members.remove(at: position)
    if positions != nil { reindex() }
  }

  private mutating func reindex() {
    positions = Self.positions(of: keys)
  }

  private static func positions(of keys: [String]) -> [JSONKey: Int] {
    Dictionary(keys.enumerated().map { (JSONKey($1), $0) }, uniquingKeysWith: { _, last in last })
  }
}

extension JSONObject: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { members.count }
  package subscript(position: Int) -> Element { (members[position].key, members[position].value) }
}

extension JSONObject: Equatable {
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
