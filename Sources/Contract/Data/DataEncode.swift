package import JSON

package enum DataEncode: Method {
  package static let name = "data.encode"
  package static let summary =
    "Writes data as TOON, JSON, compact JSON, YAML, XML or CSV, from a value, a text or a file."
  package static let details = """
    The texts are those of the TOON project's benchmark; TOON is version 4.0 of its specification. A file larger than \
    memory is no matter from JSON to TOON and, strictly, from TOON to JSON, where `output` is given.
    """
  package static let errors: [ServiceError.Kind] = [
    .fileNotFound, .fileUnreadable, .fileUnwritable, .diskFull, .invalidData, .cancelled,
  ]

  package struct Params: Codable, Sendable, Equatable {
    /// `toon`, `json`, `json-compact`, `yaml`, `xml` or `csv`.
    package var format: String
    package var value: JSONValue?
    package var text: String?
    package var path: String?
    /// What `text` or the file is written in. Default by the file's name, else JSON.
    package var from: String?
    /// Default true.
    package var strict: Bool?
    /// Spaces a level of what is written, 1…16. Default 2.
    package var indentation: Int?
    /// `comma` (default), `tab` or `pipe`.
    package var delimiter: String?
    /// Spaces a level of a TOON text that is read. Default 2.
    package var sourceIndentation: Int?
    /// What parts the cells of a CSV text that is read. Default `comma`.
    package var sourceDelimiter: String?
    /// A file for the text, replaced if it is there.
    package var output: String?

    package init(format: String) { self.format = format }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var format: String
    package var bytes: Int
    package var text: String?
    package var path: String?
    /// Time to read and understand the source.
    package var readSeconds: Double
    /// Time to write the text.
    package var writeSeconds: Double

    package init(
      format: String, bytes: Int, text: String?, path: String?, readSeconds: Double, writeSeconds: Double
    ) {
      self.format = format
      self.bytes = bytes
      self.text = text
      self.path = path
      self.readSeconds = readSeconds
      self.writeSeconds = writeSeconds
    }
  }
}

package enum DataDecode: Method {
  package static let name = "data.decode"
  package static let summary = "Reads data in any of the formats of `data.encode` and gives it as JSON."
  package static let details = """
    An error of kind `invalidData` has the place in `line` and `column`. For a file too large for a message, \
    `data.encode` with `from` writes JSON to a file.
    """
  package static let errors: [ServiceError.Kind] = [.fileNotFound, .fileUnreadable, .invalidData]

  package struct Params: Codable, Sendable, Equatable {
    /// Default by the file's name.
    package var format: String?
    package var text: String?
    package var path: String?
    /// Whether everything that the format forbids is an error. Default true.
    package var strict: Bool?
    /// Spaces a level of a TOON text. Default 2.
    package var indentation: Int?
    /// What parts the cells of CSV. Default `comma`.
    package var delimiter: String?

    package init() {}
  }

  package struct Result: Codable, Sendable, Equatable {
    package var value: JSONValue
    package var readSeconds: Double

    package init(value: JSONValue, readSeconds: Double) {
      self.value = value
      self.readSeconds = readSeconds
    }
  }
}
