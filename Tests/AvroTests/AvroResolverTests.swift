import Avro
import JSON
import Testing

@Suite struct AvroResolverTests {
  private func schema(_ json: JSONValue) throws -> AvroSchema { try AvroSchema(json) }

  private func read(_ value: AvroValue, _ writer: JSONValue, as reader: JSONValue) throws -> AvroValue {
    let writer = try schema(writer)
    return try AvroBinary.decode(
      AvroBinary.encode(value, schema: writer), schema: writer, as: schema(reader))
  }

  private func record(_ fields: JSONValue..., name: JSONValue = "R", aliases: JSONValue = []) -> JSONValue {
    ["type": "record", "name": name, "aliases": aliases, "fields": .array(fields)]
  }

  @Test(
    arguments: [
      (AvroValue.int(-7), "int", "long", AvroValue.long(-7)), (.int(3), "int", "float", .float(3)),
      (.int(3), "int", "double", .double(3)), (.long(1 << 40), "long", "float", .float(0x1p40)),
      (.long(5), "long", "double", .double(5)), (.float(0.5), "float", "double", .double(0.5)),
      (.string("é"), "string", "bytes", .bytes([0xC3, 0xA9])), (.bytes([0x61]), "bytes", "string", .string("a")),
      (.boolean(true), "boolean", "boolean", .boolean(true)),
    ] as [(AvroValue, JSONValue, JSONValue, AvroValue)])
  func `primitive types are widened`(
    value: AvroValue, writer: JSONValue, reader: JSONValue, expected: AvroValue
  ) throws {
    #expect(try read(value, writer, as: reader) == expected)
  }

  @Test(arguments: [("long", "int"), ("double", "float"), ("string", "int"), ("int", "boolean"), ("null", "string")])
  func `other primitive types do not match`(writer: String, reader: String) throws {
    let error = #expect(throws: AvroError.self) {
      try AvroResolver(writer: schema(.string(writer)), reader: schema(.string(reader)))
    }
    #expect(error?.code == .schemaMismatch)
  }

  @Test func `fields are matched by name, reordered, dropped and filled in`() throws {
    let writer = record(
      ["name": "a", "type": "int"], ["name": "gone", "type": ["type": "array", "items": "string"]],
      ["name": "b", "type": "string"])
    let reader = record(
      ["name": "b", "type": "string"], ["name": "new", "type": ["null", "int"], "default": nil],
      ["name": "a", "type": "long"], ["name": "text", "type": "bytes", "default": "\u{FF}"])
    let value = AvroValue.record(
      AvroRecord([("a", .int(1)), ("gone", .array([.string("x"), .string("y")])), ("b", .string("z"))]))
    let expected = AvroValue.record(
      AvroRecord([
        ("b", .string("z")), ("new", .union(0, .null)), ("a", .long(1)), ("text", .bytes([0xFF])),
      ]))
    #expect(try read(value, writer, as: reader) == expected)
  }

  @Test func `a new field without a default is an error that names it`() throws {
    let error = #expect(throws: AvroError.self) {
      try AvroResolver(
        writer: schema(record(["name": "a", "type": "int"])),
        reader: schema(record(["name": "a", "type": "int"], ["name": "late", "type": "int"])))
    }
    #expect(error?.message.contains("\"late\"") == true)
  }

  @Test func `aliases of types and fields lead to old names`() throws {
    let writer = record(["name": "old", "type": "int"], name: "Old")
    let reader = record(["name": "new", "aliases": ["old"], "type": "int"], name: "New", aliases: ["Old"])
    let value = AvroValue.record(AvroRecord([("old", .int(4))]))
    #expect(try read(value, writer, as: reader) == .record(AvroRecord([("new", .int(4))])))
    #expect(throws: AvroError.self) { try read(value, writer, as: record(["name": "old", "type": "int"], name: "X")) }
  }

  @Test func `records match by their unqualified name`() throws {
    let writer = record(["name": "a", "type": "int"], name: "old.space.R")
    let reader = record(["name": "a", "type": "int"], name: "new.space.R")
    #expect(try read(.record(AvroRecord([("a", .int(1))])), writer, as: reader)["a"] == .int(1))
  }

  @Test func `an unknown symbol becomes the reader's default or an error`() throws {
    let writer: JSONValue = ["type": "enum", "name": "E", "symbols": ["A", "B", "C"]]
    let strict: JSONValue = ["type": "enum", "name": "E", "symbols": ["C", "A"]]
    let lenient: JSONValue = ["type": "enum", "name": "E", "symbols": ["C", "A"], "default": "A"]
    #expect(try read(.enumeration("C"), writer, as: strict) == .enumeration("C"))
    #expect(try read(.enumeration("B"), writer, as: lenient) == .enumeration("A"))
    let error = #expect(throws: AvroError.self) { try read(.enumeration("B"), writer, as: strict) }
    #expect(error?.code == .schemaMismatch)
  }

  @Test func `unions are resolved on either side`() throws {
    #expect(try read(.int(1), "int", as: ["null", "string", "long"]) == .union(2, .long(1)))
    #expect(try read(.int(1), "int", as: ["double", "int"]) == .union(1, .int(1)))
    #expect(try read(.union(1, .int(1)), ["null", "int"], as: "double") == .double(1))
    #expect(try read(.union(1, .int(1)), ["null", "int"], as: ["long", "null"]) == .union(0, .long(1)))
    #expect(throws: AvroError.self) { try read(.union(0, .null), ["null", "int"], as: "double") }
    #expect(throws: AvroError.self) { try read(.int(1), "int", as: ["null", "string"]) }
    #expect(throws: AvroError.self) { try read(.union(1, .int(1)), ["null", "int"], as: "string") }
  }

  @Test func `a branch that failed once fails again`() throws {
    let other = record(["name": "x", "type": "string"], name: "A")
    let writer = record(
      ["name": "p", "type": record(["name": "x", "type": "int"], name: "A")], ["name": "q", "type": "A"])
    let reader = record(
      ["name": "p", "type": [other, "null"], "default": nil], ["name": "q", "type": ["A", "null"], "default": nil])
    #expect(throws: AvroError.self) { try AvroResolver(writer: schema(writer), reader: schema(reader)) }
  }

  @Test func `recursive types are resolved`() throws {
    let writer = record(["name": "v", "type": "int"], ["name": "next", "type": ["null", "R"]])
    let reader = record(["name": "next", "type": ["null", "R"]], ["name": "v", "type": "long"])
    let inner = AvroValue.record(AvroRecord([("v", .int(2)), ("next", .union(0, .null))]))
    let value = AvroValue.record(AvroRecord([("v", .int(1)), ("next", .union(1, inner))]))
    let expected = AvroValue.record(
      AvroRecord([
        ("next", .union(1, .record(AvroRecord([("next", .union(0, .null)), ("v", .long(2))])))), ("v", .long(1)),
      ]))
    #expect(try read(value, writer, as: reader) == expected)
  }

  @Test func `a default that needs itself is an error, not a crash`() throws {
    let reader = record(
      ["name": "a", "type": "int"], ["name": "self", "type": "R", "default": .object(["a": 1])])
    let error = #expect(throws: AvroError.self) {
      try AvroResolver(writer: schema(record(["name": "a", "type": "int"])), reader: schema(reader))
    }
    #expect(error?.code == .limitExceeded)
  }

  @Test func `a default that tries every branch at every level ends`() throws {
    var json: JSONValue = 7
    for _ in 0..<100 { json = .object(["n": json]) }
    let types: JSONValue = [
      "type": "record", "name": "A",
      "fields": [
        [
          "name": "n",
          "type": [
            "A",
            [
              "type": "record", "name": "B",
              "fields": [
                ["name": "n", "type": ["A", "B", "null"]]
              ],
            ], "null",
          ],
        ]
      ],
    ]
    let reader = record(["name": "d", "type": types, "default": json])
    #expect(throws: AvroError.self) { try AvroResolver(writer: schema(record()), reader: schema(reader)) }
  }

  @Test func `files are read as another schema`() throws {
    let reader = try AvroFileReader(
      path: "\(FixtureFiles.folder)/event.deflate.avro",
      as: schema(record(["name": "duration", "type": "double"], name: "Event")))
    let first = try #require(try reader.next())
    #expect(first == .record(AvroRecord([("duration", .double(10))])))
    #expect(try reader.all().count == 39)
  }
}
