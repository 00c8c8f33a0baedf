import Contract
import Foundation
import JSON
import JSONSchema
import OpenRPC
import TestSupport
import Testing

@Suite struct OpenRPCDocumentTests {
  private let document: JSONValue
  private let methods: [JSONValue]
  private let schemas: MessageSchemas

  init() throws {
    document = try OpenRPCDocument.make()
    methods = document["methods"]?.arrayValue ?? []
    schemas = try MessageSchemas(document: document)
  }

  private func method(_ name: String) -> JSONValue? { methods.first { $0["name"]?.stringValue == name } }

  @Test func `the committed document is this one`() throws {
    let text = try String(contentsOfFile: "\(packageFolder)/Protocol/openrpc.json", encoding: .utf8)
    #expect(
      text == JSONWriter.string(document, indentation: 2) + "\n",
      "Protocol/openrpc.json is out of date: llmbench protocol > Protocol/openrpc.json")
  }

  @Test func `every method and notification of the contract is in it, and nothing else`() {
    let declared = MethodTable.all.map { $0.name } + NotificationTable.all.map { $0.name }
    #expect(methods.compactMap { $0["name"]?.stringValue } == declared)
    #expect(Set(declared).count == declared.count)
    for notification in NotificationTable.all {
      let entry = method(notification.name)
      #expect(entry?["result"] == nil)
      #expect(entry?["x-direction"]?.stringValue == notification.direction.rawValue)
    }
    for name in MethodTable.all.map({ $0.name }) { #expect(method(name)?["result"]?["schema"] != nil) }
  }

  @Test func `required params come first`() {
    for method in methods {
      let required = (method["params"]?.arrayValue ?? []).map { $0["required"] == true }
      #expect(required == required.sorted { $0 && !$1 }, "\(method["name"] ?? nil)")
    }
    #expect(schemas.entries["benchmark.run"]?.params.problems(in: [:]).map(\.pointer) == ["/suite", "/models"])
  }

  @Test func `what a method can is read off its parameters`() {
    #expect(method("benchmark.run")?["x-progress"] == true)
    #expect(method("benchmark.run")?["x-partial-result"] == ["$ref": "#/components/schemas/SampleRecord"])
    #expect(method("data.generate")?["x-progress"] == true)
    #expect(method("data.generate")?["x-partial-result"] == nil)
    #expect(method("results.get")?["x-progress"] == false)
    #expect(method("initialize")?["x-open-params"] == true)
  }

  @Test func `every reference leads somewhere`() {
    func references(_ value: JSONValue) -> [String] {
      switch value {
      case .object(let object):
        object.flatMap { $0.key == "$ref" ? [$0.value.stringValue ?? ""] : references($0.value) }
      case .array(let array): array.flatMap(references)
      default: []
      }
    }
    let found = Set(references(document))
    for reference in found {
      let target = reference.split(separator: "/").dropFirst().reduce(document as JSONValue?) { $0?[String($1)] }
      #expect(reference.hasPrefix("#/components/") && target != nil, "\(reference)")
    }
    // What nothing refers to would only be in the way.
    for name in document["components"]?["schemas"]?.objectValue?.keys ?? [] {
      #expect(found.contains("#/components/schemas/\(name)"), "\(name)")
    }
  }

  @Test func `components are named for the generators of clients`() {
    for name in document["components"]?["schemas"]?.objectValue?.keys ?? [] {
      #expect(name.wholeMatch(of: /[A-Z][A-Za-z0-9]*/) != nil, "\(name)")
    }
  }

  @Test func `each example fits`() throws {
    for method in methods {
      let name = try #require(method["name"]?.stringValue)
      let entry = try #require(schemas.entries[name])
      for example in entry.examples {
        let params = JSONObject(
          (example["params"]?.arrayValue ?? []).map { ($0["name"]?.stringValue ?? "", $0["value"] ?? nil) })
        #expect(entry.params.problems(in: .object(params)) == [], "params of \(name)")
        if let result = entry.result {
          #expect(result.problems(in: try #require(example["result"]?["value"])) == [], "result of \(name)")
        }
      }
      // The server has no occasion yet to send the one; the other needs somebody else's server.
      let isSilent = ["window/logMessage", "data.fetch"].contains(name)
      #expect(entry.examples.isEmpty == isSilent, "examples of \(name)")
    }
  }

  @Test func `the schemas are strict where they can be`() throws {
    let params = try #require(schemas.entries["benchmark.run"]).params
    let valid: JSONObject = ["suite": "sorting", "models": ["local/x"], "sample": ["count": 3], "budget": nil]
    #expect(params.problems(in: .object(valid)) == [])
    for (key, value, pointer) in [
      ("epochs", 0, "/epochs"), ("temperature", 2.5, "/temperature"), ("models", [], "/models"),
      ("sample", ["count": 0], "/sample"), ("workDoneToken", 1.5, "/workDoneToken"), ("epoch", 1, "/epoch"),
      ("budget", ["seconds": 0], "/budget"), ("detached", "yes", "/detached"),
    ] as [(String, JSONValue, String)] {
      var changed = valid
      changed[key] = value
      #expect(params.problems(in: .object(changed)).first?.pointer == pointer, "\(key)")
    }
  }

  @Test func `every code of an error is documented once, with advice`() throws {
    let errors = try #require(document["components"]?["errors"]?.objectValue)
    for kind in ServiceError.Kind.allCases {
      let entry = try #require(errors[kind.rawValue])
      #expect(entry["code"]?.intValue == kind.code)
      let advice = try #require(document["x-errors"]?[kind.rawValue])
      #expect(advice["code"] == entry["code"])
      #expect(advice["whatToDo"]?.stringValue?.isEmpty == false)
      #expect(
        schemas.problems(inError: ["code": .integer(Int64(kind.code)), "data": ["kind": .string(kind.rawValue)]]) == [])
    }
    #expect(document["x-errors"]?.objectValue?.keys == errors.keys)
    #expect(Set(errors.values.compactMap { $0["code"]?.intValue }).count == errors.count)
    for code in [-32700, -32600, -32601, -32602, -32603, -32002, -32800, 1001, 1002, 1003] {
      #expect(schemas.documentedCodes.contains(code))
    }
    #expect(schemas.problems(inError: ["code": 1]).count == 1)
    #expect(schemas.problems(inError: ["code": 1101, "data": ["kind": "unknownModel"]]).count == 1)
  }
}
