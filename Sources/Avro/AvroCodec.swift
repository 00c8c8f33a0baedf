/// How the blocks of a file are compressed.
package enum AvroCodec: String, Sendable, CaseIterable {
  case null
  /// RFC 1951, without a zlib header.
  case deflate
  /// Followed by the CRC-32 of the uncompressed data, big-endian.
  case snappy
  case zstandard

  /// Reads a name as it stands in a file, or the short forms `none` and `zstd`.
  package init?(name: String) {
    switch name {
    case "none", "": self = .null
    case "zstd": self = .zstandard
    default: self.init(rawValue: name)
    }
  }

  /// The names to offer where one is asked for.
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
