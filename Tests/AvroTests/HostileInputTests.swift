import Avro
import JSON
import SeededRandom
import Testing

@Suite struct HostileInputTests {
  private func values(_ file: RawFile, limits: AvroLimits = AvroLimits()) throws -> [AvroValue] {
    try AvroFileReader(bytes: file.bytes, limits: limits).all()
  }

  private func failure(_ file: RawFile, limits: AvroLimits = AvroLimits()) -> AvroError? {
    #expect(throws: AvroError.self) { try values(file, limits: limits) }
  }

  // MARK: The container

  @Test func `a file that is no Avro file is told apart`() throws {
    for bytes in [[], Array("PAR1".utf8), [0x4F, 0x62, 0x6A], [0x4F, 0x62, 0x6A, 2]] as [[UInt8]] {
      let error = #expect(throws: AvroError.self) { try AvroFileReader(bytes: bytes) }
      #expect(error?.code == .notAvro)
    }
  }

  @Test func `a missing file, a folder and a device are told apart`() throws {
    let missing = #expect(throws: AvroError.self) { try AvroFileReader(path: "/nowhere/at/all.avro") }
    #expect(missing?.code == .fileNotFound)
    for path in ["/tmp", "/dev/null"] {
      let error = #expect(throws: AvroError.self) { try AvroFileReader(path: path) }
      #expect(error?.code == .system)
    }
  }

  @Test func `metadata that are not UTF-8 and a missing codec are fine`() throws {
    var file = RawFile("\"int\"")
    file.codec = nil
    file.extra = [("blob", [0xFF, 0xFE, 0])]
    file.add(count: 1, varints(7))
    let reader = try AvroFileReader(bytes: file.bytes)
    #expect(try reader.all() == [.int(7)])
    #expect(reader.header.metadata.first { $0.key == "blob" }?.value == [0xFF, 0xFE, 0])
  }

  @Test func `an unknown codec is named`() throws {
    var file = RawFile("\"int\"")
    file.codec = "lzma9"
    let error = failure(file)
    #expect(error?.code == .unsupportedCodec)
    #expect(error?.message.contains("lzma9") == true)
  }

  @Test(arguments: ["", "{", "\"nope\"", "{\"type\":\"record\"}", "[\"int\",\"int\"]", "[[\"int\"]]", "12"])
  func `a schema that is none is an error`(schema: String) throws {
    #expect(failure(RawFile(schema))?.code == .invalidSchema)
  }

  @Test func `a huge header claim is not believed`() throws {
    var encoder = AvroEncoder()
    encoder.write(raw: [0x4F, 0x62, 0x6A, 0x01])
    encoder.write(Int64(1) << 60)
    let error = #expect(throws: AvroError.self) { try AvroFileReader(bytes: encoder.bytes) }
    #expect(error?.code == .truncated)
    #expect(error?.offset == 4)
  }

  @Test(arguments: [
    (Int64(-1), Int64(4)), (1, -4), (1, 1 << 40), (1 << 60, 4), (.min, 4), (4, .min), (4, 1 << 62), (.max, .max),
  ])
  func `block headers that lie are errors at their place`(count: Int64, size: Int64) throws {
    var file = RawFile("\"int\"")
    let start = file.bytes.count
    file.add(count: count, size: size, varints(1, 2, 3, 4))
    #expect(failure(file)?.offset == start)
    #expect(throws: AvroError.self) { try AvroFileReader(bytes: file.bytes).countValues() }
  }

  @Test func `a wrong marker is an error at its place`() throws {
    var file = RawFile("\"int\"")
    file.add(count: 1, varints(1))
    let end = file.bytes.count
    file.add(count: 1, varints(1), marker: [UInt8](repeating: 0, count: 16))
    let error = failure(file)
    #expect(error?.code == .corrupt)
    #expect(error?.offset == end + 3)
  }

  @Test func `bytes left over in a block are an error`() throws {
    var file = RawFile("\"int\"")
    file.add(count: 1, varints(1, 2))
    #expect(failure(file)?.code == .corrupt)
    var empty = RawFile("\"int\"")
    empty.add(count: 0, varints(1))
    #expect(failure(empty)?.code == .corrupt)
  }

  @Test func `empty blocks are passed over`() throws {
    var file = RawFile("\"int\"")
    for _ in 0..<3 { file.add(count: 0, []) }
    file.add(count: 1, varints(5))
    file.add(count: 0, [])
    #expect(try values(file) == [.int(5)])
  }

  @Test func `after an error there is nothing more to read`() throws {
    var file = RawFile("\"boolean\"")
    file.add(count: 2, [1, 9])
    file.add(count: 1, [1])
    let reader = try AvroFileReader(bytes: file.bytes)
    #expect(try reader.next() == .boolean(true))
    #expect(throws: AvroError.self) { try reader.next() }
    #expect(try reader.next() == nil)
  }

  // MARK: Values

  @Test(arguments: [
    ("\"boolean\"", [2]), ("\"int\"", varints(1 << 40)), ("\"long\"", [UInt8](repeating: 0xFF, count: 12)),
    ("\"string\"", varints(-3)), ("\"string\"", [4, 0xC3, 0x28]), ("\"bytes\"", varints(1 << 50)),
    ("[\"null\",\"int\"]", varints(2)), ("[\"null\",\"int\"]", varints(-1)), ("[]", varints(0)),
    ("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}", varints(1)),
    ("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[]}", varints(0)),
    ("{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483647}", [1, 2, 3]),
    ("{\"type\":\"array\",\"items\":\"int\"}", varints(1 << 60)),
    ("{\"type\":\"array\",\"items\":\"int\"}", varints(.min, 1)),
    ("{\"type\":\"array\",\"items\":\"int\"}", varints(-2, -9, 1, 1, 0)),
    ("{\"type\":\"array\",\"items\":\"int\"}", varints(-2, 1 << 50, 1, 1, 0)),
    ("{\"type\":\"array\",\"items\":\"null\"}", varints(1 << 60, 0)),
    ("{\"type\":\"map\",\"values\":\"null\"}", varints(1 << 60, 0)),
    ("{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}}", varints(1 << 60, 0)),
    ("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}", [0, 0, 0]),
  ])
  func `values that contradict their schema are errors within the file`(schema: String, data: [UInt8]) throws {
    var file = RawFile(schema)
    let start = file.bytes.count
    file.add(count: 1, data)
    let offset = try #require(failure(file)?.offset)
    #expect((start...file.bytes.count).contains(offset))
  }

  @Test func `more values without bytes than allowed are an error`() throws {
    var file = RawFile("\"null\"")
    file.add(count: 1 << 50, [])
    #expect(failure(file)?.code == .corrupt)
    var limits = AvroLimits()
    limits.emptyValues = 10
    var many = RawFile("\"null\"")
    for _ in 0..<5 { many.add(count: 3, []) }
    #expect(failure(many, limits: limits)?.code == .limitExceeded)
    var arrays = RawFile("{\"type\":\"array\",\"items\":\"null\"}")
    arrays.add(count: 3, varints(4, 0, 4, 0, 4, 0))
    #expect(failure(arrays, limits: limits)?.code == .limitExceeded)
  }

  @Test func `a value of too many values is an error`() throws {
    var limits = AvroLimits()
    limits.valuesPerObject = 100
    var file = RawFile("{\"type\":\"array\",\"items\":\"int\"}")
    file.add(count: 1, varints(101) + [UInt8](repeating: 0, count: 102))
    #expect(failure(file, limits: limits)?.code == .limitExceeded)
  }

  @Test(arguments: [100, 250, 5_000_000])
  func `nesting is bounded`(depth: Int) throws {
    var file = RawFile("{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"L\"]}]}")
    file.add(count: 1, [UInt8](repeating: 2, count: depth) + [0])
    if depth <= 250 {
      #expect(try values(file).count == 1)
      let reader = try AvroFileReader(bytes: file.bytes)
      #expect(try reader.skip(1) == 1)
    } else {
      #expect(failure(file)?.code == .limitExceeded)
      // Two values in the block, so that the first cannot be passed over with it.
      var two = RawFile(file.schema)
      two.add(count: 2, [UInt8](repeating: 2, count: depth) + [0, 0])
      let reader = try AvroFileReader(bytes: two.bytes)
      let error = #expect(throws: AvroError.self) { try reader.skip(1) }
      #expect(error?.code == .limitExceeded)
    }
  }

  // MARK: Codecs

  @Test(arguments: [AvroCodec.deflate, .snappy, .zstandard])
  func `a bomb ends at the limit`(codec: AvroCodec) throws {
    let schema = try AvroSchema("bytes")
    let large = AvroValue.bytes([UInt8](repeating: 0, count: 4 << 20))
    let bytes = try AvroFileWriter.bytes(of: [large], schema: schema, options: .init(codec: codec))
    var limits = AvroLimits()
    limits.blockBytes = 1 << 20
    let error = #expect(throws: AvroError.self) { try AvroFileReader(bytes: bytes, limits: limits).all() }
    #expect(error?.code == .limitExceeded)
    #expect(try AvroFileReader(bytes: bytes).all() == [large])
  }

  @Test(arguments: [AvroCodec.deflate, .snappy, .zstandard])
  func `compressed data that are cut or changed are errors`(codec: AvroCodec) throws {
    let original = try FixtureFiles.bytes(named: "event.\(codec.rawValue).avro")
    let header = try AvroFileReader(bytes: original).header
    for data in [[], [0], [UInt8](repeating: 0xFF, count: 40)] as [[UInt8]] {
      var encoder = AvroEncoder()
      encoder.write(5)
      encoder.write(sized: data)
      let bytes = original[..<header.dataOffset] + encoder.bytes + header.marker
      let error = #expect(throws: AvroError.self) { try AvroFileReader(bytes: Array(bytes)).all() }
      #expect(error?.code == .corrupt)
    }
  }

  @Test func `a snappy block with a wrong checksum is an error`() throws {
    let original = try FixtureFiles.bytes(named: "everything.snappy.avro")
    var bytes = original
    bytes[bytes.count - 17] ^= 1
    let error = #expect(throws: AvroError.self) { try AvroFileReader(bytes: bytes).all() }
    #expect(error?.message.contains("CRC-32") == true)
  }

  // MARK: Every byte

  private static let fuzzed = [
    "event.null", "event.deflate", "event.snappy", "event.zstandard", "everything.null", "everything.deflate",
    "list.null", "bare-union.null", "bare-array.null", "namespaces.null",
  ]

  /// Reads, counts and skips; whatever happens must be a value or an `AvroError`.
  private func exercise(_ bytes: [UInt8]) throws {
    var limits = AvroLimits()
    limits.emptyValues = 10_000
    limits.valuesPerObject = 100_000
    limits.blockBytes = 1 << 20
    do {
      let reader = try AvroFileReader(bytes: bytes, limits: limits)
      _ = try? reader.countValues()
      for value in try reader.all().prefix(3) { _ = value.json(schema: reader.schema) }
    } catch is AvroError {
      return
    }
  }

  @Test(.timeLimit(.minutes(2)), arguments: fuzzed)
  func `a file cut anywhere is a value or an error`(name: String) throws {
    let original = try FixtureFiles.bytes(named: "\(name).avro")
    let reader = try AvroFileReader(bytes: original)
    let whole = try reader.countValues()
    for length in original.indices {
      let cut = Array(original[..<length])
      try exercise(cut)
      // Only the end of a block may look like the end of the file.
      if let values = try? AvroFileReader(bytes: cut).all() { #expect(values.count < whole) }
    }
  }

  @Test(.timeLimit(.minutes(2)), arguments: fuzzed)
  func `a file changed anywhere is a value or an error`(name: String) throws {
    let original = try FixtureFiles.bytes(named: "\(name).avro")
    var random = SeededGenerator(seed: 42)
    for index in original.indices {
      for mask in [0x01, 0x80, 0xFF, UInt8(truncatingIfNeeded: random.next())] as [UInt8] {
        var changed = original
        changed[index] ^= mask
        try exercise(changed)
      }
    }
    for _ in 0..<500 {
      var changed = original
      for _ in 0..<random.next(in: 2...8) {
        changed[random.next(in: 0...changed.count - 1)] = UInt8(truncatingIfNeeded: random.next())
      }
      try exercise(changed)
    }
  }
}
