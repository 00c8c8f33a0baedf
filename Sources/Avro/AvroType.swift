package import JSON

/// One type of an ``AvroSchema``. Types refer to each other by their place in ``AvroSchema/types``, so that a
/// recursive type is nothing special.
package struct AvroType: Sendable {
  package enum Shape: Sendable {
    case null, boolean, int, long, float, double, bytes, string
    case record([AvroField])
    case enumeration(symbols: [String], default: String?)
    case array(items: Int)
    case map(values: Int)
    case union([Int])
    case fixed(size: Int)
  }

  package internal(set) var shape: Shape
  /// Of a record, enum or fixed type; nil for all others.
  package internal(set) var name: AvroName?
  package internal(set) var aliases: [AvroName] = []
  /// What the format does not define itself: `logicalType`, `precision`, `scale`, `doc`…
  package internal(set) var attributes = JSONObject()
  /// The names of a record's fields, shared by all values of the type.
  package internal(set) var fieldNames: [String] = []
  /// The least number of bytes a value takes; 0 only where every value takes none.
  package internal(set) var minimumSize: Int

  /// As in `decimal` or `timestamp-millis`; values stay those of the underlying type.
  package var logicalType: String? { attributes["logicalType"]?.stringValue }
}

/// A field of a record type.
package struct AvroField: Sendable {
  package let name: String
  package let aliases: [String]
  /// The place of its type in ``AvroSchema/types``.
  package let type: Int
  /// In the JSON form that schemas use for defaults.
  package let defaultValue: JSONValue?
  /// `doc`, `order` and what else stands in the schema.
  package let attributes: JSONObject
}

extension AvroType {
  /// "record com.example.Event", "array", "long": the type in the words of an error message.
  package var description: String {
    name.map { "\(keyword) \($0)" } ?? keyword
  }

  /// The word for this kind of type in a schema.
  package var keyword: String {
    switch shape {
    case .null: "null"
    case .boolean: "boolean"
    case .int: "int"
    case .long: "long"
    case .float: "float"
    case .double: "double"
    case .bytes: "bytes"
    case .string: "string"
    case .record: "record"
    case .enumeration: "enum"
    case .array: "array"
    case .map: "map"
    case .union: "union"
    case .fixed: "fixed"
    }
  }

  /// How a union's branch of this type is called in JSON: the full name, or the keyword of an unnamed type.
  package var branchName: String { name?.full ?? keyword }

  /// Nil for anything but the name of a primitive type.
  init?(primitive keyword: String) {
    switch keyword {
    case "null": self.init(shape: .null, minimumSize: 0)
    case "boolean": self.init(shape: .boolean, minimumSize: 1)
    case "int": self.init(shape: .int, minimumSize: 1)
    case "long": self.init(shape: .long, minimumSize: 1)
    case "float": self.init(shape: .float, minimumSize: 4)
    case "double": self.init(shape: .double, minimumSize: 8)
    case "bytes": self.init(shape: .bytes, minimumSize: 1)
    case "string": self.init(shape: .string, minimumSize: 1)
    default: return nil
    }
  }
}
