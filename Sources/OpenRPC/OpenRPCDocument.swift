import Contract
package import JSON

/// The protocol as an OpenRPC document: written from the types of the contract, by which server and client work too.
package enum OpenRPCDocument {
  /// The document. Made at the first use.
  ///
  /// - Throws: ``ShapeError`` when a type of the contract cannot be described; the tests see to it that none is so.
  package static func make() throws -> JSONValue { try made.get() }

  private static let made = Result<JSONValue, any Error> { .object(try build()) }

  private static func build() throws -> JSONObject {
    var components = Components()
    var methods: [JSONValue] = []
    for method in MethodTable.all { methods.append(.object(try entry(method, &components))) }
    for notification in NotificationTable.all { methods.append(.object(try entry(notification, &components))) }
    return [
      "openrpc": "1.4.1",
      "info": [
        "title": "llmbench", "version": .string(ProgramVersion.current), "description": .string(introduction),
      ],
      "servers": servers,
      "methods": .array(methods),
      "components": [
        "schemas": .object(try components.json()), "errors": .object(ErrorComponents.json),
      ],
      "x-errors": .object(ErrorComponents.advice),
    ]
  }

  private static let introduction = """
    Benchmarks of large language models as a JSON-RPC 2.0 service. `Protocol/README.md` has the framing, the life cycle \
    and the limits.

    Parameters are by name. Names are camelCase, units stand in the name, fractions are 0…1, an unknown value is null and \
    never 0, times are RFC 3339 in UTC. An optional parameter may be left out or null; one that no method knows is \
    refused, except where `x-open-params` is set. Results may gain members: pass over those you do not know.

    `x-progress`: the method reports through `$/progress` under a `workDoneToken`. `x-partial-result`: it sends parts of \
    that form under a `partialResultToken`. `x-cancellable`: `$/cancelRequest` ends it. `x-direction`: who sends a \
    notification. `x-errors` has, for each error among the components, what to do about it, the form of its `data`, and \
    whether any request may meet it whatever its method.
    """

  private static let servers: JSONValue = [
    ["name": "stdio", "url": "stdio:", "summary": "`llmbench serve --stdio`, as a child process."],
    [
      "name": "tcp", "url": "tcp://127.0.0.1:7077",
      "summary": "`llmbench serve --tcp 127.0.0.1:7077`; with port 0 it says which it took.",
    ],
    [
      "name": "unix", "url": "unix:///run/user/1000/llmbench.sock",
      "summary": "`llmbench serve --socket PATH`, for the same user.",
    ],
  ]
}

// MARK: - Methods

extension OpenRPCDocument {
  private static func entry<M: Method>(_ method: M.Type, _ components: inout Components) throws -> JSONObject {
    let params = try ShapeReader.shape(of: M.Params.self)
    let result = try ShapeReader.shape(of: M.Result.self)
    let isOpen = M.self is any OpenParams.Type
    for member in params.members { try components.add(member.shape, isOpen ? .givenOpenly : .given) }
    try components.add(result, .told)
    var entry = head(M.name, M.summary, M.details)
    entry["params"] = .array(try descriptors(M.Params.self, params))
    entry["result"] = .object(try resultDescriptor(M.self, result))
    entry["errors"] = .array(errors(of: M.self).map(ErrorComponents.reference))
    entry["examples"] = .array(try ExampleTable.examples(of: M.name).map { try $0.json(hasResult: true) })
    entry["x-progress"] = .bool(M.Params.self is any ProgressParams.Type)
    if let params = M.Params.self as? any PartialResultParams.Type {
      entry["x-partial-result"] = .object(try part(params, &components))
    }
    entry["x-cancellable"] = .bool(M.isCancellable)
    if isOpen { entry["x-open-params"] = true }
    return entry
  }

  private static func entry<N: Notification>(_ notification: N.Type, _ components: inout Components) throws
    -> JSONObject
  {
    let params = try ShapeReader.shape(of: N.Params.self)
    let role = N.direction == .clientToServer ? ComponentRole.givenOpenly : .told
    for member in params.members { try components.add(member.shape, role) }
    for type in Components.alternatives(N.Params.self) { try components.add(try ShapeReader.shape(of: type), role) }
    var entry = head(N.name, N.summary, N.details)
    entry["params"] = .array(try descriptors(N.Params.self, params))
    entry["examples"] = .array(try ExampleTable.examples(of: N.name).map { try $0.json(hasResult: false) })
    entry["x-direction"] = .string(N.direction.rawValue)
    if N.self is any OpenParams.Type { entry["x-open-params"] = true }
    return entry
  }

  private static func head(_ name: String, _ summary: String, _ details: String) -> JSONObject {
    var entry: JSONObject = ["name": .string(name), "summary": .string(summary)]
    if !details.isEmpty { entry["description"] = .string(details) }
    entry["tags"] = [["name": .string(tag(name))]]
    entry["paramStructure"] = "by-name"
    return entry
  }

  private static func tag(_ name: String) -> String {
    if name.hasPrefix("$/") || name.hasPrefix("window/") { return "notifications" }
    guard let dot = name.firstIndex(of: ".") else { return "lifecycle" }
    return String(name[..<dot])
  }

  /// Required ones first.
  private static func descriptors(_ type: any Decodable.Type, _ params: Shape) throws -> [JSONValue] {
    let notes = (type as? any Described.Type)?.notes
    let members = params.members.filter { !$0.isOptional } + params.members.filter { $0.isOptional }
    return try members.map { member in
      var schema = try SchemaWriter.schema(member.shape, isNullable: member.isOptional, notes?[member.name])
      let description = schema["description"]
      schema["description"] = nil
      // A reference has company no more.
      if schema.count == 1, case .array(let only)? = schema["allOf"], let reference = only.first?.objectValue {
        schema = reference
      }
      var descriptor: JSONObject = ["name": .string(member.name)]
      descriptor["description"] = description
      descriptor["required"] = .bool(!member.isOptional)
      descriptor["schema"] = .object(schema)
      return .object(descriptor)
    }
  }

  private static func resultDescriptor<M: Method>(_ method: M.Type, _ shape: Shape) throws -> JSONObject {
    var descriptor: JSONObject = ["name": "result"]
    let text = M.resultNote.text.isEmpty ? (M.Result.self as? any Described.Type)?.notes.summary : M.resultNote.text
    descriptor["description"] = text.map(JSONValue.string)
    var schema = try SchemaWriter.schema(shape, M.resultNote)
    if schema["description"] != nil { schema["description"] = nil }
    descriptor["schema"] = .object(schema)
    return descriptor
  }

  private static func errors<M: Method>(of method: M.Type) -> [String] {
    var names = [ServiceError.Kind.invalidParams.rawValue]
    if M.self == Initialize.self { names.append("unauthorized") }
    names += M.errors.map(\.rawValue)
    if M.isCancellable { names.append(ServiceError.Kind.cancelled.rawValue) }
    return names
  }

  private static func part<P: PartialResultParams>(_ params: P.Type, _ components: inout Components) throws
    -> JSONObject
  {
    let shape = try ShapeReader.shape(of: P.Part.self)
    try components.add(shape, .told)
    return try SchemaWriter.schema(shape)
  }
}
