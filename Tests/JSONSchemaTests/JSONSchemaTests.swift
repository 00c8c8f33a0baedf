import JSON
import JSONSchema
import Testing

@Suite struct JSONSchemaTests {
  private func problems(_ value: JSONValue, _ schema: JSONValue, strict: Bool = false) throws -> [String] {
    var schema = try JSONSchema(schema)
    schema.refusesUnknownMembers = strict
    return schema.problems(in: value).map(\.description)
  }

  @Test(
    arguments: [
      (["type": "integer"], 1), (["type": "integer"], 1.0), (["type": "number"], 1),
      (["type": ["string", "null"]], nil),
      (["enum": [1, "a", nil]], nil), (["enum": [1]], 1.0), (["const": [1, ["a": 2.0]]], [1.0, ["a": 2]]),
      (["minimum": 0, "maximum": 1], 0), (["exclusiveMinimum": 0], 0.001), (["minimum": 0], "less than any number"),
      (["minItems": 1, "items": ["type": "string"]], ["a"]), (["minLength": 2, "maxLength": 2], "🙂é"),
      (["uniqueItems": true], [1, 2, "1"]), (true, ["anything"]), ([:], nil),
      (["type": "object", "properties": ["a": ["type": "string"]]], ["a": "x", "b": 1]),
      (["additionalProperties": ["type": "number"]], ["a": 1, "b": 2.5]),
      (["properties": ["a": true], "additionalProperties": false], ["a": [1]]),
      (["anyOf": [["type": "string"], ["minimum": 3]]], 4), (["oneOf": [["type": "string"], ["type": "null"]]], nil),
      (["allOf": [["type": "string"], ["minLength": 1]]], "x"),
      (["minimum": 9_007_199_254_740_992.0], 9_007_199_254_740_993),
    ] as [(JSONValue, JSONValue)])
  func `what fits has no problems`(_ schema: JSONValue, _ value: JSONValue) throws {
    #expect(try problems(value, schema) == [])
  }

  @Test(
    arguments: [
      (["type": "integer"], 1.5, "is a number instead of integer"),
      (["type": ["string", "null"]], [], "is an array instead of string or null"),
      (["enum": ["a", "b"]], "c", #""c" is none of "a", "b""#), (["const": 1], "1", #""1" is not 1"#),
      (["minimum": 0], -1, "-1 is less than 0"), (["maximum": 1], 1.5, "1.5 is more than 1"),
      (["exclusiveMinimum": 0], 0, "0 is not more than 0"), (["exclusiveMaximum": 2], 2.0, "2.0 is not less than 2"),
      (["maximum": 9_007_199_254_740_992.0], 9_007_199_254_740_993, "9007199254740993 is more than 9007199254740992.0"),
      (["minItems": 1], [], "has 0 elements, fewer than 1"), (["maxLength": 1], "ab", "has 2 characters, more than 1"),
      (["uniqueItems": true], [1, 2, 1.0], "/2: stands twice"), (false, 1, "must not be there"),
      (["items": ["type": "string"]], ["a", 1], "/1: is an integer instead of string"),
      (["properties": ["a/b~": ["type": "string"]]], ["a/b~": 1], "/a~1b~0: is an integer instead of string"),
      (["required": ["a"]], [:], "/a: is missing"),
      (["properties": ["a": true], "additionalProperties": false], ["b": 1], "/b: is not known here"),
      (["additionalProperties": ["type": "number"]], ["a": "1"], "/a: is a string instead of number"),
      (["oneOf": [["type": "integer"], ["minimum": 0]]], 1, "fits 2 alternatives instead of one"),
      (["allOf": [["type": "string"]]], 1, "is an integer instead of string"),
      (
        ["anyOf": [["type": "null"], ["required": ["a"], "properties": ["b": ["type": "string"]]]]], ["a": 1, "b": 2],
        "fits none of 2 alternatives; nearest: /b: is an integer instead of string"
      ),
    ] as [(JSONValue, JSONValue, String)])
  func `what does not fit is told with its place`(
    _ schema: JSONValue, _ value: JSONValue, _ problem: String
  ) throws {
    #expect(try problems(value, schema) == [problem])
  }

  @Test func `a reference leads to a component, also to itself`() throws {
    let tree: JSONValue = [
      "type": "object", "required": ["value"],
      "properties": ["value": ["type": "integer"], "children": ["items": ["$ref": "#/components/schemas/Tree"]]],
    ]
    let schema = try JSONSchema(["$ref": "#/components/schemas/Tree"], components: ["Tree": tree])
    #expect(schema.problems(in: ["value": 1, "children": [["value": 2, "children": []]]]) == [])
    let problems = schema.problems(in: ["value": 1, "children": [["value": 2, "children": [["value": "3"]]]]])
    #expect(problems.map(\.pointer) == ["/children/0/children/0/value"])
  }

  @Test func `a schema that is nothing but itself ends`() throws {
    let schema = try JSONSchema(
      ["$ref": "#/components/schemas/A"], components: ["A": ["anyOf": [["$ref": "#/components/schemas/A"]]]])
    #expect(schema.problems(in: 1).count == 1)
  }

  @Test func `unknown members pass, unless they are looked for`() throws {
    let schema: JSONValue = ["properties": ["a": ["properties": ["b": true]]]]
    #expect(try problems(["a": ["b": 1, "c": 2], "d": 3], schema) == [])
    #expect(
      try problems(["a": ["b": 1, "c": 2], "d": 3], schema, strict: true)
        == ["/a/c: is not in the schema", "/d: is not in the schema"])
  }

  @Test(
    arguments: [
      (["$defs": [:]], "/$defs"), (["items": [["type": "string"]]], "/items"), (["pattern": "a"], "/pattern"),
      (["type": "float"], "/type"), (["$ref": "#/components/schemas/None"], "/$ref"), (["$ref": "other.json"], "/$ref"),
      (["$ref": "#/components/schemas/A", "description": "x"], ""), (["enum": []], "/enum"),
      (["properties": ["a/b": ["minimum": "0"]]], "/properties/a~1b/minimum"), (["anyOf": [1]], "/anyOf/0"),
      (["required": "a"], "/required"), (["minItems": -1], "/minItems"), ("string", ""), (["allOf": []], "/allOf"),
    ] as [(JSONValue, String)])
  func `a schema outside the subset is refused with its place`(_ schema: JSONValue, _ pointer: String) {
    let error = #expect(throws: SchemaError.self) { try JSONSchema(schema, components: ["A": [:]]) }
    #expect(error?.pointer == pointer)
  }

  @Test func `a component outside the subset is refused`() {
    let error = #expect(throws: SchemaError.self) { try JSONSchema(true, components: ["A": ["not": true]]) }
    #expect(error?.pointer == "/components/schemas/A/not")
  }
}
