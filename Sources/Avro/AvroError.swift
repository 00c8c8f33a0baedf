/// Something wrong with an Avro file, schema or value, with the place where that shows.
package struct AvroError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure this is; `rawValue` is stable and may cross a process border.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The path does not exist.
    package static let fileNotFound = Code(rawValue: "fileNotFound")
    /// The operating system refused to open, read or write; the message has its words.
    package static let system = Code(rawValue: "system")
    /// No room is left for the file; nothing of it stays.
    package static let diskFull = Code(rawValue: "diskFull")
    /// The file does not start as an object container file does.
    package static let notAvro = Code(rawValue: "notAvro")
    /// The data end before a value does.
    package static let truncated = Code(rawValue: "truncated")
    /// The bytes contradict the schema or the format.
    package static let corrupt = Code(rawValue: "corrupt")
    /// The data demand more memory, depth or items than ``AvroLimits`` allow.
    package static let limitExceeded = Code(rawValue: "limitExceeded")
    package static let unsupportedCodec = Code(rawValue: "unsupportedCodec")
    package static let invalidSchema = Code(rawValue: "invalidSchema")
    /// The writer's schema cannot be read as the reader's.
    package static let schemaMismatch = Code(rawValue: "schemaMismatch")
    /// A value does not fit the schema it is to be written with.
    package static let invalidValue = Code(rawValue: "invalidValue")
  }

  package let code: Code
  package let message: String
  /// In bytes from the start of the file or buffer; nil where no bytes are concerned. Within a compressed block
  /// it is where the block's data start in the file, and the message has the place in the decompressed data.
  package let offset: Int?

  package init(_ code: Code, _ message: String, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.offset = offset
  }

  package var description: String {
    offset.map { "\(message) (byte \($0))" } ?? message
  }
}
