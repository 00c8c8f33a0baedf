/// Why types cannot be taken out of a source text.
package struct TypeStripperError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, and what to write instead where the text is valid TypeScript.
  package var message: String
  /// Whether this is TypeScript that would have to be rewritten, such as an enum, rather than no valid text at all.
  package var isUnsupported: Bool
  /// From 1.
  package var line: Int
  /// From 1, in UTF-16 code units as editors count them.
  package var column: Int

  package var description: String { "line \(line), column \(column): \(message)" }
}
