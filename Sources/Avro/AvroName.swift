/// The full name of a record, enum or fixed type: a name and the namespace it lives in.
package struct AvroName: Sendable, Hashable, CustomStringConvertible {
  /// The part after the last dot.
  package let simple: String
  /// Empty for the null namespace.
  package let namespace: String

  /// A name with dots carries its namespace with it; any other is in the given one.
  package init(_ text: String, in namespace: String = "") {
    if let dot = text.lastIndex(of: ".") {
      simple = String(text[text.index(after: dot)...])
      self.namespace = String(text[..<dot])
    } else {
      simple = text
      self.namespace = namespace
    }
  }

  package var full: String { namespace.isEmpty ? simple : "\(namespace).\(simple)" }
  package var description: String { full }
}
