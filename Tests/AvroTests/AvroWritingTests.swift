import Avro
import JSON
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct AvroWritingTests {
  /// A new folder for one test, removed afterwards by the caller.
  private func temporaryFolder() throws -> String {
    let folder = "/tmp/llmbench-avro-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try #require(mkdir(folder, 0o755) == 0)
    return folder
  }

  private func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  @Test(arguments: AvroCodec.allCases)
  func `a file appears when it is finished and not before`(codec: AvroCodec) throws {
    let folder = try temporaryFolder()
    defer { system("rm -rf \(folder)") }
    let path = "\(folder)/numbers.avro"
    var options = AvroFileWriter.Options(codec: codec)
    options.blockSize = 1000
    options.level = 1
    options.metadata = [("origin", [1, 2, 3])]
    let writer = try AvroFileWriter(path: path, schema: AvroSchema("long"), options: options)
    for number in 0..<5000 { try writer.append(.long(Int64(number))) }
    #expect(names(in: folder).count == 1)
    #expect(!names(in: folder).contains("numbers.avro"))
    let size = try writer.finish()
    #expect(names(in: folder) == ["numbers.avro"])
    let bytes = try FixtureFiles.bytes(path)
    #expect(bytes.count == size)
    let reader = try AvroFileReader(path: path)
    #expect(try reader.all() == (0..<5000).map { .long(Int64($0)) })
    #expect(reader.header.metadata.first { $0.key == "origin" }?.value == [1, 2, 3])
  }

  @Test func `a file that is given up leaves nothing`() throws {
    let folder = try temporaryFolder()
    defer { system("rm -rf \(folder)") }
    do {
      let writer = try AvroFileWriter(path: "\(folder)/a.avro", schema: AvroSchema("long"))
      try writer.append(.long(1))
    }
    #expect(names(in: folder).isEmpty)
  }

  @Test func `a missing folder and a full disk are told apart`() throws {
    let missing = #expect(throws: AvroError.self) {
      try AvroFileWriter(path: "/nowhere/at/all/a.avro", schema: AvroSchema("long"))
    }
    #expect(missing?.code == .fileNotFound)
  }

  @Test func `a value that does not fit is an error and the file goes on`() throws {
    let folder = try temporaryFolder()
    defer { system("rm -rf \(folder)") }
    let schema = try AvroSchema(
      text: """
        {"type":"record","name":"R","fields":[
          {"name":"a","type":"int"},{"name":"b","type":["null","string"],"default":null}]}
        """)
    let writer = try AvroFileWriter(path: "\(folder)/a.avro", schema: schema)
    try writer.append(.record(AvroRecord([("a", .int(1)), ("b", .string("x"))])))
    for bad in [
      .record(AvroRecord([("b", .null)])), .record(AvroRecord([("a", .string("1"))])), .int(1),
      .record(AvroRecord([("a", .int(1)), ("b", .int(1))])),
      .record(AvroRecord([("a", .int(1)), ("b", .union(2, .null))])),
    ] as [AvroValue] {
      let error = #expect(throws: AvroError.self) { try writer.append(bad) }
      #expect(error?.code == .invalidValue)
    }
    try writer.append(.record(AvroRecord([("a", .int(2))])))
    try writer.finish()
    let values = try AvroFileReader(path: "\(folder)/a.avro").all()
    #expect(values.map { $0["a"] } == [.int(1), .int(2)])
    #expect(values.map { $0["b"] } == [.union(1, .string("x")), .union(0, .null)])
  }

  @Test func `the format's own metadata keys and bad options are refused`() throws {
    var options = AvroFileWriter.Options()
    options.metadata = [("avro.codec", [])]
    #expect(throws: AvroError.self) { try AvroFileWriter.bytes(of: [], schema: AvroSchema("int"), options: options) }
    options.metadata = []
    options.marker = [1]
    #expect(throws: AvroError.self) { try AvroFileWriter.bytes(of: [], schema: AvroSchema("int"), options: options) }
    options.marker = nil
    options.blockSize = 0
    #expect(throws: AvroError.self) { try AvroFileWriter.bytes(of: [], schema: AvroSchema("int"), options: options) }
  }

  @Test func `values that are too deep are refused`() throws {
    let schema = try AvroSchema(
      text: """
        {"type":"record","name":"L","fields":[{"name":"n","type":["null","L"]}]}
        """)
    var value = AvroValue.record(AvroRecord([("n", .union(0, .null))]))
    for _ in 0..<2000 { value = .record(AvroRecord([("n", .union(1, value))])) }
    let error = #expect(throws: AvroError.self) { try AvroBinary.encode(value, schema: schema) }
    #expect(error?.code == .limitExceeded)
  }

  // MARK: Single-object messages

  @Test func `a message has the marker and the fingerprint, lowest byte first`() throws {
    let schema = try AvroSchema("int")
    let message = try AvroSingleObject.encode(.int(1), schema: schema)
    #expect(message == [0xC3, 0x01, 0x8F, 0x5C, 0x39, 0x3F, 0x1A, 0xD5, 0x75, 0x72, 0x02])
    #expect(try AvroSingleObject.decode(message) { $0 == schema.fingerprint ? schema : nil } == .int(1))
    #expect(try AvroSingleObject.decode(message, as: AvroSchema("double")) { _ in schema } == .double(1))
  }

  @Test func `messages that are none are errors`() throws {
    let schema = try AvroSchema("int")
    let message = try AvroSingleObject.encode(.int(1), schema: schema)
    for bad in [[], [0xC3], Array(message.prefix(9)), [0xC3, 0x02] + message.dropFirst(2)] as [[UInt8]] {
      let error = #expect(throws: AvroError.self) { try AvroSingleObject.decode(bad) { _ in schema } }
      #expect(error?.code == .notAvro)
    }
    #expect(throws: AvroError.self) { try AvroSingleObject.decode(message) { _ in nil } }
    let cut = #expect(throws: AvroError.self) {
      try AvroSingleObject.decode(Array(message.dropLast())) { _ in schema }
    }
    #expect(cut?.offset == 10)
    #expect(throws: AvroError.self) { try AvroSingleObject.decode(message + [0]) { _ in schema } }
  }
}
