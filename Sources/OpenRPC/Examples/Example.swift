import JSON

/// One exchange that took place, shortened: lists to their first elements, long texts to their beginning.
struct Example {
  let name: String
  /// An object, as JSON text.
  let params: String
  /// As JSON text; of a notification nothing.
  let result: String

  init(_ name: String, params: String = "{}", result: String = "null") {
    self.name = name
    self.params = params
    self.result = result
  }

  /// - Throws: `JSONParseError`, which the tests rule out.
  func json(hasResult: Bool) throws -> JSONValue {
    let params = try JSONParser().parse(self.params).objectValue ?? [:]
    var json: JSONObject = [
      "name": .string(name),
      "params": .array(params.map { ["name": .string($0.key), "value": $0.value] }),
    ]
    if hasResult { json["result"] = ["name": "result", "value": try JSONParser().parse(result)] }
    return .object(json)
  }
}

/// The examples of every method and notification, by its name.
enum ExampleTable {
  static func examples(of method: String) -> [Example] { RecordedExamples.all[method] ?? [] }
}
