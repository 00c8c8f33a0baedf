package struct TypeStripperError: Error, Sendable, CustomStringConvertible {
  package var description: String
}
package enum TypeStripper {
  package static func strip(_ source: String) throws(TypeStripperError) -> String { source }
}
