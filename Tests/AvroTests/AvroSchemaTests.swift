import Avro
import JSON
import Testing

@Suite struct AvroSchemaTests {
  @Test(arguments: [
    // The specification's own examples, and names as they are met.
    ("\"null\"", "\"null\""), ("{\"type\": \"int\"}", "\"int\""), ("[ ]", "[]"),
    (
      "{\"type\":\"fixed\",\"name\":\"foo\",\"namespace\":\"x.y\",\"size\":15}",
      "{\"name\":\"x.y.foo\",\"type\":\"fixed\",\"size\":15}"
    ),
    (
      "{\"name\":\"a.b.foo\",\"namespace\":\"ignored\",\"type\":\"fixed\",\"size\":15}",
      "{\"name\":\"a.b.foo\",\"type\":\"fixed\",\"size\":15}"
    ),
    (
      #"{"type":"record","name":"foo","doc":"d","fields":[{"name":"f","type":{"type":"long"},"default":1}]}"#,
      "{\"name\":\"foo\",\"type\":\"record\",\"fields\":[{\"name\":\"f\",\"type\":\"long\"}]}"
    ),
    (
      "{\"type\":\"record\",\"name\":\"Outer$Inner\",\"fields\":[{\"name\":\"a.b\",\"type\":\"int\"}]}",
      "{\"name\":\"Outer$Inner\",\"type\":\"record\",\"fields\":[{\"name\":\"a.b\",\"type\":\"int\"}]}"
    ),
    ("{\"type\":{\"type\":\"map\",\"values\":\"int\"}}", "{\"type\":\"map\",\"values\":\"int\"}"),
  ])
  func `canonical forms`(text: String, canonical: String) throws {
    #expect(try AvroSchema(text: text).canonicalForm == canonical)
  }

  @Test func `a bare name without quotes is a schema`() throws {
    #expect(try AvroSchema(text: "long").canonicalForm == "\"long\"")
  }

  @Test(arguments: [
    #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}"#,
    "{\"type\":\"record\",\"name\":\"\",\"fields\":[]}", "{\"type\":\"record\",\"name\":\"int\",\"fields\":[]}",
    "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\"}]}",
    "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"type\":\"int\"}]}", "{\"type\":\"record\",\"name\":\"R\"}",
    "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"A\"]}",
    "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[1]}",
    "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"],\"default\":\"B\"}",
    "{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}", "{\"type\":\"fixed\",\"name\":\"F\"}",
    "{\"type\":\"array\"}", "{\"type\":\"map\"}", "{\"items\":\"int\"}", "{\"type\":\"R\"}",
    "[{\"type\":\"fixed\",\"name\":\"F\",\"size\":1},{\"type\":\"fixed\",\"name\":\"F\",\"size\":2}]",
  ])
  func `schemas that break the rules are errors`(text: String) throws {
    let error = #expect(throws: AvroError.self) { try AvroSchema(text: text) }
    #expect(error?.code == .invalidSchema)
  }

  @Test func `deep schemas are errors or schemas, not crashes`() throws {
    let text = String(repeating: "{\"type\":\"array\",\"items\":", count: 100_000) + "\"int\""
    #expect(throws: AvroError.self) { try AvroSchema(text: text + String(repeating: "}", count: 100_000)) }
    let deep = String(repeating: "{\"type\":\"array\",\"items\":", count: 400) + "\"int\""
    #expect(try AvroSchema(text: deep + String(repeating: "}", count: 400)).types.count == 401)
  }

  @Test func `names resolve in the namespace they stand in`() throws {
    let schema = try AvroSchema(
      text: """
        {"type":"record","name":"a.R","fields":[
          {"name":"e","type":{"type":"enum","name":"E","symbols":["X"]}},
          {"name":"f","type":"E"},{"name":"g","type":"a.E"},{"name":"r","type":["null","R"]}]}
        """)
    let fields = try #require(schema.fields)
    #expect(fields[0].type == fields[1].type && fields[1].type == fields[2].type)
    #expect(schema[fields[0].type].name?.full == "a.E")
  }

  @Test func `sizes of types know recursion`() throws {
    let list = try AvroSchema(
      text: """
        {"type":"record","name":"L","fields":[{"name":"v","type":"double"},{"name":"n","type":["null","L"]}]}
        """)
    #expect(list.rootType.minimumSize == 9)
    let nothing = try AvroSchema(
      text: """
        {"type":"record","name":"N","fields":[{"name":"a","type":"null"},
          {"name":"b","type":{"type":"fixed","name":"Z","size":0}}]}
        """)
    #expect(nothing.rootType.minimumSize == 0)
  }
}
