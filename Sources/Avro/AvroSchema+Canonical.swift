import JSON

extension AvroSchema {
  /// The specification's Parsing Canonical Form: full names, no attributes that reading does not need, fixed order
  /// of members, no white space. Two schemas that read the same bytes alike have the same one.
  package var canonicalForm: String {
    var writer = CanonicalWriter(schema: self)
    writer.write(root)
    return writer.text
  }

  /// The 64-bit Rabin fingerprint (CRC-64-AVRO) of the canonical form.
  package var fingerprint: UInt64 { Self.fingerprint(of: canonicalForm.utf8) }

  /// CRC-64-AVRO of any bytes.
  package static func fingerprint(of bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(emptyFingerprint) { print, byte in
      (print >> 8) ^ fingerprintTable[Int(truncatingIfNeeded: (print ^ UInt64(byte)) & 0xFF)]
    }
  }

  private static let emptyFingerprint: UInt64 = 0xC15D_213A_A4D7_A795

  private static let fingerprintTable: [UInt64] = (0..<256).map { index in
    (0..<8).reduce(UInt64(index)) { print, _ in (print >> 1) ^ (emptyFingerprint & (0 &- (print & 1))) }
  }
}

private struct CanonicalWriter {
  let schema: AvroSchema
  private(set) var text = ""
  private var written: Set<Int> = []

  init(schema: AvroSchema) { self.schema = schema }

  mutating func write(_ id: Int) {
    let type = schema.types[id]
    // A named type stands in full the first time and as its name from then on.
    if let name = type.name, !written.insert(id).inserted {
      text += Self.quoted(name.full)
      return
    }
    switch type.shape {
    case .record(let fields):
      text += "{\"name\":\(Self.quoted(type.branchName)),\"type\":\"record\",\"fields\":["
      writeList(fields) { writer, field in
        writer.text += "{\"name\":\(Self.quoted(field.name)),\"type\":"
        writer.write(field.type)
        writer.text += "}"
      }
      text += "]}"
    case .enumeration(let symbols, _):
      text += "{\"name\":\(Self.quoted(type.branchName)),\"type\":\"enum\",\"symbols\":["
      writeList(symbols) { $0.text += Self.quoted($1) }
      text += "]}"
    case .fixed(let size):
      text += "{\"name\":\(Self.quoted(type.branchName)),\"type\":\"fixed\",\"size\":\(size)}"
    case .array(let items): writeWrapped("{\"type\":\"array\",\"items\":", items)
    case .map(let values): writeWrapped("{\"type\":\"map\",\"values\":", values)
    case .union(let branches):
      text += "["
      writeList(branches) { $0.write($1) }
      text += "]"
    default: text += Self.quoted(type.keyword)
    }
  }

  private mutating func writeWrapped(_ start: String, _ id: Int) {
    text += start
    write(id)
    text += "}"
  }

  private mutating func writeList<Element>(_ list: [Element], _ body: (inout CanonicalWriter, Element) -> Void) {
    for (index, element) in list.enumerated() {
      if index > 0 { text += "," }
      body(&self, element)
    }
  }

  private static func quoted(_ text: String) -> String { JSONWriter.string(.string(text)) }
}
