/// A type of the protocol that says what it means. What it consists of is read off its `Codable` conformance; here
/// stand the words and the limits, which no compiler knows. A test holds the two together: every property has its
/// note, and every note its property.
package protocol Described: Codable, SendableMetatype {
  static var notes: Notes { get }
}

/// What a type means: of a struct its properties, of an enumeration its values, each by its name on the wire.
package struct Notes: Sendable {
  /// One sentence.
  package let summary: String
  package let members: [(name: String, note: Note)]

  package init(_ summary: String, _ members: KeyValuePairs<String, Note> = [:]) {
    self.summary = summary
    self.members = members.map { (name: $0.key, note: $0.value) }
  }

  private init(_ summary: String, members: [(name: String, note: Note)]) {
    self.summary = summary
    self.members = members
  }

  package subscript(name: String) -> Note? { members.first { $0.name == name }?.note }

  /// The notes of a type whose members stand beside those of another one in the same object.
  package func adding(_ other: Notes) -> Notes { Notes(summary, members: members + other.members) }
}

/// What one property means: with its unit, with what null means, with its limits. A literal where words are enough.
package struct Note: Sendable, ExpressibleByStringLiteral {
  package let text: String
  package let constraints: [Constraint]

  package init(stringLiteral text: String) {
    self.text = text
    constraints = []
  }

  package init(_ text: String, _ constraints: Constraint...) {
    self.text = text
    self.constraints = constraints
  }
}

/// A type whose unknown members are left out on the wire, where others have null.
package protocol OmitsNil {}
