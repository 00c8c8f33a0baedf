/// Why data cannot be unpacked.
package struct InflateError: Error, Sendable, Equatable, CustomStringConvertible {
  package let message: String
  /// Where in the packed data; nil where that says nothing.
  package let offset: Int?

  init(_ message: String, at offset: Int? = nil) {
    self.message = message
    self.offset = offset
  }

  package var description: String { offset.map { "\(message) (at byte \($0))" } ?? message }
}
