/// What a file may ask of its reader. Sizes and counts written in a file are claims: nothing is allocated on their
/// word alone, and beyond these limits reading ends with ``AvroError/Code/limitExceeded``.
package struct AvroLimits: Sendable {
  /// Bytes of the header: schema, metadata, marker.
  package var headerBytes = 16 << 20
  /// Bytes of one block as stored in the file.
  package var storedBlockBytes = 64 << 20
  /// Bytes of one block after decompression.
  package var blockBytes = 256 << 20
  /// Levels of records, arrays, maps and unions inside each other in one value.
  package var depth = 512
  /// Values of any kind inside one top-level value.
  package var valuesPerObject = 10_000_000
  /// Values without a single byte (null, empty records…) in the arrays and at the top level of one file; such
  /// values cost a hostile file nothing and its reader time.
  package var emptyValues = 16_000_000

  package init() {}
}
