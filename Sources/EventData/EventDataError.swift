/// A request about event data that cannot be met: the file is fine, or was never looked at.
package struct EventDataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure this is; `rawValue` is stable and may cross a process border.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// A size, a range or another option that makes no sense.
    package static let invalidOption = Code(rawValue: "invalidOption")
    /// The file's top-level type is no record.
    package static let notRecords = Code(rawValue: "notRecords")
    package static let missingField = Code(rawValue: "missingField")
    /// A field whose type can be neither grouped by nor averaged.
    package static let wrongFieldType = Code(rawValue: "wrongFieldType")
    package static let tooManyGroups = Code(rawValue: "tooManyGroups")
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
