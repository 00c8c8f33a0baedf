import JSON

/// Turns the JSON of a schema into a table of types. A type's place is taken before its parts are parsed, so that
/// the parts can refer to it.
struct AvroSchemaParser {
  private(set) var types: [AvroType] = []
  /// Places of the named types by full name.
  private var places: [String: Int] = [:]

  mutating func parse(_ json: JSONValue, namespace: String) throws(AvroError) -> Int {
    switch json {
    case .string(let text): return try reference(text, namespace: namespace)
    case .array(let branches): return try union(branches, namespace: namespace)
    case .object(let object): return try definition(object, namespace: namespace)
    default: throw AvroError(.invalidSchema, "a type is a string, an array or an object, not \(json.kindDescription)")
    }
  }

  private mutating func reference(_ text: String, namespace: String) throws(AvroError) -> Int {
    if let primitive = AvroType(primitive: text) { return add(primitive) }
    if let place = places[AvroName(text, in: namespace).full] ?? places[text] { return place }
    throw AvroError(.invalidSchema, "unknown type \"\(text)\"")
  }

  private mutating func union(_ branches: [JSONValue], namespace: String) throws(AvroError) -> Int {
    let place = add(AvroType(shape: .union([]), minimumSize: 1))
    var ids: [Int] = []
    var seen: Set<String> = []
    for branch in branches {
      let id = try parse(branch, namespace: namespace)
      if case .union = types[id].shape {
        throw AvroError(.invalidSchema, "a union directly contains another union")
      }
      guard seen.insert(types[id].branchName).inserted else {
        throw AvroError(.invalidSchema, "a union contains \(types[id].description) twice")
      }
      ids.append(id)
    }
    types[place].shape = .union(ids)
    return place
  }

  private mutating func definition(_ object: JSONObject, namespace: String) throws(AvroError) -> Int {
    guard let type = object["type"] else { throw AvroError(.invalidSchema, "a type has no \"type\"") }
    // {"type": {"type": "string"}} and {"type": ["null", "int"]} are read as what they wrap.
    guard case .string(let keyword) = type else { return try parse(type, namespace: namespace) }
    switch keyword {
    case "record", "error": return try record(object, namespace: namespace)
    case "enum": return try enumeration(object, namespace: namespace)
    case "fixed": return try fixed(object, namespace: namespace)
    case "array":
      let place = add(AvroType(shape: .null, attributes: rest(of: object, without: ["items"]), minimumSize: 1))
      types[place].shape = .array(items: try part("items", of: object, namespace: namespace))
      return place
    case "map":
      let place = add(AvroType(shape: .null, attributes: rest(of: object, without: ["values"]), minimumSize: 1))
      types[place].shape = .map(values: try part("values", of: object, namespace: namespace))
      return place
    default:
      let place = try reference(keyword, namespace: namespace)
      if types[place].name == nil { types[place].attributes = rest(of: object, without: []) }
      return place
    }
  }

  private mutating func part(_ key: String, of object: JSONObject, namespace: String) throws(AvroError) -> Int {
    guard let json = object[key] else {
      throw AvroError(.invalidSchema, "a type \"\(object["type"]?.stringValue ?? "")\" has no \"\(key)\"")
    }
    return try parse(json, namespace: namespace)
  }

  private mutating func record(_ object: JSONObject, namespace: String) throws(AvroError) -> Int {
    let place = try named(object, shape: .record([]), without: ["fields"], namespace: namespace)
    guard case .array(let members)? = object["fields"] else {
      throw AvroError(.invalidSchema, "\(types[place].description) has no array \"fields\"")
    }
    let inner = types[place].name?.namespace ?? ""
    // Until it is known, a type takes a byte: one that contains itself without a choice has no finite value at all.
    types[place].minimumSize = 1
    var fields: [AvroField] = []
    var seen: Set<String> = []
    var size = 0
    for member in members {
      let field = try field(member, of: place, namespace: inner)
      guard seen.insert(field.name).inserted else {
        throw AvroError(.invalidSchema, "\(types[place].description) has two fields \"\(field.name)\"")
      }
      let (sum, overflow) = size.addingReportingOverflow(types[field.type].minimumSize)
      size = overflow ? .max : sum
      fields.append(field)
    }
    types[place].shape = .record(fields)
    types[place].fieldNames = fields.map(\.name)
    types[place].minimumSize = size
    return place
  }

  private mutating func field(
    _ json: JSONValue, of record: Int, namespace: String
  ) throws(AvroError) -> AvroField {
    guard case .object(let object) = json, let name = object["name"]?.stringValue, Self.isUsable(name) else {
      throw AvroError(.invalidSchema, "a field of \(types[record].description) has no usable \"name\"")
    }
    guard let type = object["type"] else {
      throw AvroError(.invalidSchema, "field \"\(name)\" of \(types[record].description) has no \"type\"")
    }
    return AvroField(
      name: name, aliases: Self.strings(object["aliases"]), type: try parse(type, namespace: namespace),
      defaultValue: object["default"],
      attributes: rest(of: object, without: ["name", "aliases", "default"]))
  }

  private mutating func enumeration(_ object: JSONObject, namespace: String) throws(AvroError) -> Int {
    let place = try named(
      object, shape: .enumeration(symbols: [], default: nil), without: ["symbols", "default"], namespace: namespace)
    guard case .array(let members)? = object["symbols"] else {
      throw AvroError(.invalidSchema, "\(types[place].description) has no array \"symbols\"")
    }
    let symbols = Self.strings(object["symbols"])
    guard symbols.count == members.count, Set(symbols).count == symbols.count else {
      throw AvroError(.invalidSchema, "the symbols of \(types[place].description) are not distinct strings")
    }
    let fallback = object["default"]?.stringValue
    if let fallback, !symbols.contains(fallback) {
      throw AvroError(
        .invalidSchema, "the default \"\(fallback)\" of \(types[place].description) is none of its symbols")
    }
    types[place].shape = .enumeration(symbols: symbols, default: fallback)
    types[place].minimumSize = 1
    return place
  }

  private mutating func fixed(_ object: JSONObject, namespace: String) throws(AvroError) -> Int {
    let place = try named(object, shape: .fixed(size: 0), without: ["size"], namespace: namespace)
    guard let size = object["size"]?.intValue, (0...Int(Int32.max)).contains(size) else {
      throw AvroError(.invalidSchema, "\(types[place].description) has no usable \"size\"")
    }
    types[place].shape = .fixed(size: size)
    types[place].minimumSize = size
    return place
  }

  /// Enters a named type so that what follows can refer to it.
  private mutating func named(
    _ object: JSONObject, shape: AvroType.Shape, without keys: [String], namespace: String
  ) throws(AvroError) -> Int {
    let keyword = object["type"]?.stringValue ?? ""
    guard let text = object["name"]?.stringValue, Self.isUsable(text) else {
      throw AvroError(.invalidSchema, "a type \"\(keyword)\" has no usable \"name\"")
    }
    let name = AvroName(text, in: object["namespace"]?.stringValue ?? namespace)
    guard AvroType(primitive: name.full) == nil else {
      throw AvroError(.invalidSchema, "a type \"\(keyword)\" has the name of the primitive type \(name)")
    }
    guard places[name.full] == nil else { throw AvroError(.invalidSchema, "type \(name) is defined twice") }
    var type = AvroType(shape: shape, name: name, minimumSize: 0)
    type.aliases = Self.strings(object["aliases"]).map { AvroName($0, in: name.namespace) }
    type.attributes = rest(of: object, without: keys + ["name", "namespace", "aliases"])
    let place = add(type)
    places[name.full] = place
    return place
  }

  private mutating func add(_ type: AvroType) -> Int {
    types.append(type)
    return types.count - 1
  }

  private func rest(of object: JSONObject, without keys: [String]) -> JSONObject {
    JSONObject(distinct: object.filter { $0.key != "type" && !keys.contains($0.key) })
  }

  private static func strings(_ json: JSONValue?) -> [String] {
    json?.arrayValue?.compactMap(\.stringValue) ?? []
  }

  /// Not empty, no empty part between dots, no control character.
  private static func isUsable(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && name.utf8.last != UInt8(ascii: ".")
  }
}
