package import JSON

/// An Avro schema (specification 1.12): a table of types, the first of which to read is `root`.
///
/// Names are accepted more widely than the specification allows (`$`, `-`, a field name with a dot…), since files
/// with such names exist; a default is checked only when it is used.
package struct AvroSchema: Sendable {
  package let types: [AvroType]
  /// The place of the top-level type in `types`.
  package let root: Int
  /// The schema as it was given.
  package let json: JSONValue

  /// - Throws: ``AvroError`` with `invalidSchema`.
  package init(_ json: JSONValue) throws(AvroError) {
    var parser = AvroSchemaParser()
    root = try parser.parse(json, namespace: "")
    types = parser.types
    self.json = json
  }

  /// - Parameter text: JSON, or the bare name of a primitive type, which some writers leave without quotes.
  /// - Throws: ``AvroError`` with `invalidSchema`.
  package init(text: String) throws(AvroError) {
    if AvroType(primitive: text) != nil {
      try self.init(.string(text))
      return
    }
    do {
      try self.init(JSONParser(maximumDepth: 512).parse(text))
    } catch let error as JSONParseError {
      throw AvroError(.invalidSchema, "the schema is not JSON: \(error)")
    } catch let error as AvroError {
      throw error
    } catch {
      throw AvroError(.invalidSchema, "the schema cannot be read: \(error)")
    }
  }

  package subscript(id: Int) -> AvroType { types[id] }

  package var rootType: AvroType { types[root] }

  /// The fields of a top-level record; nil for any other top-level type.
  package var fields: [AvroField]? {
    if case .record(let fields) = rootType.shape { return fields }
    return nil
  }
}
