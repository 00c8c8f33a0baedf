package import Client
package import Contract
package import JSON

/// Describes the HTTP API as OpenAPI 3.1: names, types and words are those of the OpenRPC document of the service behind
/// it.
package struct OpenAPIDocument {
  private let methods: [String: JSONValue]
  private let schemas: JSONObject

  /// Asks the service what its methods are.
  package static func make(_ client: ServiceClient) async throws(ServiceError) -> JSONValue {
    OpenAPIDocument(try await client.callRaw(Discover.name)).value
  }

  private init(_ document: JSONValue) {
    var methods: [String: JSONValue] = [:]
    for method in document["methods"]?.arrayValue ?? [] {
      if let name = method["name"]?.stringValue { methods[name] = method }
    }
    self.methods = methods
    schemas = document["components"]?["schemas"]?.objectValue ?? [:]
  }

  private var value: JSONValue {
    let paths = paths
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "llmbench dashboard", "version": .string(ProgramVersion.current),
        "description": "Runs, scores, trends and costs of a results store, as `llmbench serve --http` gives them.",
      ],
      "paths": paths,
      "components": [
        "schemas": .object(needed(by: paths)),
        "securitySchemes": [
          "adminKey": [
            "type": "http", "scheme": "bearer", "description": "The value of LLMBENCH_ADMIN_KEY where the server runs.",
          ]
        ],
      ],
    ]
  }

  // MARK: Paths

  private var paths: JSONValue {
    [
      "/api/health": ["get": .object(operation("health", "Says that the server and its store answer.", Self.health))],
      "/api/runs": ["get": .object(query("listRuns", ResultsQuery.self, Queries.runs))],
      "/api/runs/{id}": ["get": .object(query("getRun", ResultsGet.self, [], isOfRun: true))],
      "/api/runs/{id}/problems": [
        "get": .object(query("listProblems", ResultsSamples.self, Queries.problems, isOfRun: true))
      ],
      "/api/runs/{id}/cancel": ["post": .object(cancel)],
      "/api/trends": ["get": .object(query("getTrends", ResultsTrends.self, Queries.trends))],
      "/api/models": ["get": .object(query("listModels", ResultsModels.self, []))],
      "/api/costs": ["get": .object(query("getCosts", ResultsCosts.self, Queries.costs))],
      "/api/compare": ["get": .object(compare)],
      "/api/results": ["post": .object(addResults)],
      "/api/events": ["get": .object(events)],
      "/api/openapi.json": [
        "get": .object(operation("describe", "Gives this document.", ["type": "object"]))
      ],
    ]
  }

  private static let health: JSONValue = [
    "type": "object", "required": ["status", "version"],
    "properties": ["status": ["type": "string", "const": "ok"], "version": ["type": "string"]],
  ]

  private func operation(
    _ id: String, _ summary: String, _ schema: JSONValue, parameters: [JSONValue] = [], errors: [Int] = [400]
  ) -> JSONObject {
    var responses: JSONObject = [
      "200": ["description": "The answer.", "content": ["application/json": ["schema": schema]]],
      "304": ["description": "The answer is still the one that `If-None-Match` names."],
    ]
    for status in errors { responses[String(status)] = Self.problem(status) }
    var operation: JSONObject = ["operationId": .string(id), "summary": .string(summary)]
    if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
    operation["responses"] = .object(responses)
    return operation
  }

  private func query<M: Method>(
    _ id: String, _ method: M.Type, _ names: [String], isOfRun: Bool = false
  ) -> JSONObject {
    let known = methods[M.name]?["params"]?.arrayValue ?? []
    var parameters: [JSONValue] = isOfRun ? [Self.runId] : []
    for name in names {
      guard let parameter = known.first(where: { $0["name"]?.stringValue == name }) else { continue }
      var schema = Self.withoutNull(parameter["schema"] ?? [:])
      for (key, value) in Self.bounds(name, M.name) { schema[key] = value }
      parameters.append([
        "name": .string(name), "in": "query", "description": parameter["description"] ?? "", "schema": .object(schema),
      ])
    }
    return operation(
      id, M.summary, methods[M.name]?["result"]?["schema"] ?? [:], parameters: parameters,
      errors: isOfRun ? [400, 404] : [400])
  }

  private static let runId: JSONValue = [
    "name": "id", "in": "path", "required": true,
    "description": "A run's id, the unique beginning of one, or `latest`.",
    "schema": ["type": "string", "minLength": 1],
  ]

  private var compare: JSONObject {
    var operation = query("compareRuns", ResultsCompare.self, ["metric", "k", "alpha", "limit"])
    let lists: [JSONValue] = [
      [
        "name": "runs", "in": "query", "required": true, "style": "form", "explode": false,
        "description": "The runs' ids with commas between them: the one that the others are held against first.",
        "schema": ["type": "array", "items": ["type": "string", "minLength": 1], "minItems": 1, "maxItems": 50],
      ],
      [
        "name": "model", "in": "query", "style": "form", "explode": false,
        "description": "Only these models, with commas between them.",
        "schema": ["type": "array", "items": ["type": "string", "minLength": 1], "minItems": 1],
      ],
    ]
    operation["parameters"] = .array(lists + (operation["parameters"]?.arrayValue ?? []))
    if var responses = operation["responses"]?.objectValue {
      responses["404"] = Self.problem(404)
      operation["responses"] = .object(responses)
    }
    return operation
  }

  private var events: JSONObject {
    [
      "operationId": "listen",
      "summary": "Tells what runs do, as server-sent events, until the client goes.",
      "description": """
        `run` events carry `{runId, suite, status, completedSamples, plannedSamples, durationSeconds, models: [{model, score, \
        n, errors, costUSD}]}` of a run whenever its figures are others; `change` events `{revision}` after anything in the \
        store changed. A client that reads slowly misses figures that newer ones have replaced.
        """,
      "responses": [
        "200": [
          "description": "Events, for as long as the client listens.",
          "content": ["text/event-stream": ["schema": ["type": "string"]]],
        ],
        "400": Self.problem(400), "503": Self.problem(503),
      ],
    ]
  }

  private var addResults: JSONObject {
    let result = methods[ResultsImport.name]?["result"]?["schema"] ?? [:]
    let answer: JSONValue = ["application/json": ["schema": result]]
    return [
      "operationId": "addResults",
      "summary": "Stores runs: the results of a LiveCodeBench tracker, or an export of llmbench.",
      "description": """
        A run that is stored already is left as it is, so that the same results may come twice. An export is JSON lines \
        (`application/jsonl`).
        """,
      "security": [["adminKey": []]],
      "requestBody": [
        "required": true,
        "content": [
          "application/json": ["schema": ["anyOf": [Self.tracker, ["type": "array", "items": Self.tracker, "minItems": 1]]]],
          "application/jsonl": ["schema": ["type": "string"]],
        ],
      ],
      "responses": [
        "200": ["description": "Every run was stored already.", "content": answer],
        "201": ["description": "At least one run is new.", "content": answer],
        "400": Self.problem(400), "401": Self.problem(401), "403": Self.problem(403), "408": Self.problem(408),
        "413": Self.problem(413), "415": Self.problem(415), "429": Self.problem(429),
      ],
    ]
  }

  private var cancel: JSONObject {
    [
      "operationId": "cancelRun", "summary": .string(BenchmarkCancel.summary),
      "security": [["adminKey": []]], "parameters": [Self.runId],
      "responses": [
        "200": [
          "description": "It is cancelled, and stored.",
          "content": [
            "application/json": [
              "schema": [
                "type": "object", "required": ["runId", "status"],
                "properties": ["runId": ["type": "string"], "status": ["$ref": "#/components/schemas/RunStatus"]],
              ]
            ]
          ],
        ],
        "400": Self.problem(400), "401": Self.problem(401), "403": Self.problem(403), "404": Self.problem(404),
        "409": Self.problem(409), "429": Self.problem(429),
      ],
    ]
  }

  // MARK: Schemas

  /// `results.import` says the same of a tracker's file.
  private static let tracker: JSONValue = [
    "type": "object",
    "required": ["model_id", "run_date", "score", "passed_count", "total_count"],
    "properties": [
      "id": ["type": ["string", "null"]],
      "model_id": ["type": "string", "minLength": 1], "run_date": ["type": "string", "format": "date-time"],
      "sample_size": ["type": ["integer", "null"], "minimum": 0],
      "score": ["type": "number", "minimum": 0, "maximum": 1],
      "passed_count": ["type": "integer", "minimum": 0], "total_count": ["type": "integer", "minimum": 0],
      "input_tokens": ["type": ["integer", "null"], "minimum": 0],
      "output_tokens": ["type": ["integer", "null"], "minimum": 0],
      "input_cost": ["type": ["number", "null"], "minimum": 0], "output_cost": ["type": ["number", "null"], "minimum": 0],
      "duration_seconds": ["type": ["number", "null"], "minimum": 0],
      "problems": [
        "type": ["array", "null"],
        "items": [
          "type": "object", "required": ["problem_id", "passed"],
          "properties": [
            "problem_id": ["type": "string"], "passed": ["type": "boolean"], "error_type": ["type": ["string", "null"]],
            "latency_ms": ["type": ["number", "null"]],
          ],
        ],
      ],
    ],
  ]

  private static func problem(_ status: Int) -> JSONValue {
    let text =
      switch status {
      case 400: "A parameter or the body is wrong: `parameter` names it."
      case 401: "The key is missing or another one."
      case 403: "The server has no key: it takes no such request."
      case 404: "There is no such run."
      case 408: "The body did not arrive in time."
      case 409: "The run is not under way here."
      case 413: "The body is too large."
      case 415: "The body is of another media type."
      case 429: "More than ten such requests in a minute."
      default: "The server cannot answer now."
      }
    return [
      "description": .string(text),
      "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
    ]
  }

  private static let problemSchema: JSONValue = [
    "type": "object", "required": ["error"],
    "properties": [
      "error": [
        "type": "object", "required": ["kind", "message"],
        "properties": [
          "kind": ["type": "string", "description": "A word for programs."],
          "message": ["type": "string", "description": "What is wrong and what to do, for people."],
          "parameter": ["type": "string", "description": "The parameter at fault."],
        ],
      ]
    ],
  ]

  /// An address cannot say null: what is left out is.
  private static func withoutNull(_ schema: JSONValue) -> JSONObject {
    guard var object = schema.objectValue else { return [:] }
    if let types = object["type"]?.arrayValue {
      let rest = types.filter { $0 != "null" }
      object["type"] = rest.count == 1 ? rest[0] : .array(rest)
    }
    if let choices = object["anyOf"]?.arrayValue {
      let rest = choices.filter { $0 != ["type": "null"] }
      if rest.count == 1, let only = rest[0].objectValue {
        object["anyOf"] = nil
        for (key, value) in only { object[key] = value }
      }
    }
    return object
  }

  /// What a parameter's own words say and its schema does not.
  private static func bounds(_ name: String, _ method: String) -> JSONObject {
    switch name {
    case "alpha": ["exclusiveMinimum": 0, "maximum": 0.999999]
    case "days": ["exclusiveMinimum": 0, "maximum": 100_000]
    case "k": ["minimum": 1, "maximum": 10_000]
    // A letter for the list, and the last row's key in hexadecimal digits.
    case "cursor" where method == ResultsQuery.name:
      ["pattern": "^r(3[0-9]){1,15}20(2[1-9a-f]|[3-6][0-9a-f]|7[0-9a-e]){1,200}$"]
    case "cursor": ["pattern": "^s(3[0-9]){1,15}$"]
    default: [:]
    }
  }

  /// The schemas that are referred to, and those that they refer to.
  private func needed(by value: JSONValue) -> JSONObject {
    var found: [String: JSONValue] = ["Problem": Self.problemSchema]
    var open = [value]
    while let next = open.popLast() {
      for name in Self.references(in: next) where found[name] == nil {
        guard let schema = schemas[name] else { continue }
        found[name] = schema
        open.append(schema)
      }
    }
    return JSONObject(distinct: found.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) })
  }

  private static func references(in value: JSONValue) -> [String] {
    switch value {
    case .object(let object):
      object.flatMap { key, value -> [String] in
        if key == "$ref", let text = value.stringValue { return text.split(separator: "/").last.map { [String($0)] } ?? [] }
        return references(in: value)
      }
    case .array(let elements): elements.flatMap { references(in: $0) }
    default: []
    }
  }
}
