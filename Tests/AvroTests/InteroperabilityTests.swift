import Avro
import JSON
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct InteroperabilityTests {
  @Test(arguments: FixtureFiles.all)
  func `files of the reference implementations are read`(file: String, json: String) throws {
    let expected = try FixtureFiles.json(json)
    let reader = try AvroFileReader(path: file)
    let values = try reader.all().map { $0.json(unions: .tagged, schema: reader.schema) }
    #expect(JSONValue.array(values) == expected["values"])
    #expect(try reader.countValues() == values.count)
  }

  @Test(arguments: FixtureFiles.all)
  func `canonical forms and fingerprints are those of the reference`(file: String, json: String) throws {
    let expected = try FixtureFiles.json(json)
    let schema = try AvroSchema(#require(expected["schema"]))
    #expect(schema.canonicalForm == expected["canonicalForm"]?.stringValue)
    // The reference gives the bytes as they go into a message: the lowest first.
    let hexadecimal = String(schema.fingerprint.byteSwapped, radix: 16)
    let padded = String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
    #expect(padded == expected["fingerprint"]?.stringValue)
  }

  @Test(arguments: FixtureFiles.all)
  func `values go through JSON and every codec unchanged`(file: String, json: String) throws {
    let expected = try FixtureFiles.json(json)
    let schema = try AvroSchema(#require(expected["schema"]))
    let values = try #require(expected["values"]?.arrayValue).map { json throws in
      try AvroValue(json: json, schema: schema)
    }
    for codec in AvroCodec.allCases {
      var options = AvroFileWriter.Options(codec: codec)
      options.blockSize = 100
      let reader = try AvroFileReader(bytes: AvroFileWriter.bytes(of: values, schema: schema, options: options))
      #expect(reader.header.codec == codec)
      #expect(reader.schema.json == schema.json)
      let read = try reader.all().map { $0.json(unions: .tagged, schema: schema) }
      #expect(JSONValue.array(read) == expected["values"])
    }
  }

  @Test func `a file without compression is written as the reference writes it`() throws {
    let original = try FixtureFiles.bytes(named: "everything.null.avro")
    let reader = try AvroFileReader(bytes: original)
    var options = AvroFileWriter.Options()
    options.marker = reader.header.marker
    let written = try AvroFileWriter.bytes(of: reader.all(), schema: reader.schema, options: options)
    let again = try AvroFileReader(bytes: written)
    // What follows the header is the same to the last byte.
    #expect(written[again.header.dataOffset...] == original[reader.header.dataOffset...])
  }

  /// Where `scripts/check-avro-interop` is to look at what we write; without it there is nothing to do.
  private static let folder = getenv("LLMBENCH_AVRO_INTEROP_FOLDER").map { String(cString: $0) }

  @Test(.enabled(if: folder != nil), arguments: FixtureFiles.all)
  func `fixtures are rewritten for the reference to read`(file: String, json: String) throws {
    let folder = try #require(Self.folder)
    let name = try #require(file.split(separator: "/").last?.split(separator: ".").first)
    let reader = try AvroFileReader(path: file)
    let values = try reader.all()
    for codec in AvroCodec.allCases {
      _ = mkdir("\(folder)/\(codec.rawValue)", 0o755)
      let path = "\(folder)/\(codec.rawValue)/\(name).\(codec.rawValue).avro"
      let writer = try AvroFileWriter(path: path, schema: reader.schema, options: .init(codec: codec))
      for value in values { try writer.append(value) }
      try writer.finish()
    }
  }

  @Test func `logical types are carried along`() throws {
    let schema = try AvroFileReader(path: "\(FixtureFiles.folder)/logical.null.avro").schema
    let fields = try #require(schema.fields)
    #expect(fields.map { schema[$0.type].logicalType } == ["decimal", "uuid", "date", "timestamp-millis", "duration"])
    #expect(schema[fields[0].type].attributes["precision"] == 9)
  }

  @Test func `the published fingerprint of int is right`() throws {
    #expect(try AvroSchema("int").fingerprint == 0x7275_d51a_3f39_5c8f)
    #expect(AvroSchema.fingerprint(of: []) == 0xc15d_213a_a4d7_a795)
  }
}
