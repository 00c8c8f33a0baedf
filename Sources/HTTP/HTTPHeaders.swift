/// Header fields in their order; names are compared without regard to case.
///
/// A field added as sensitive is sent like any other, but its value is in no description and no error.
package struct HTTPHeaders: Sendable {
  package struct Field: Sendable {
    package let name: String
    package let value: String
    package let isSensitive: Bool
  }

  package private(set) var fields: [Field] = []

  package init() {}

  package init(_ fields: KeyValuePairs<String, String>) {
    for (name, value) in fields { add(name, value) }
  }

  /// The value of the first field of that name; nil where there is none.
  package subscript(name: String) -> String? {
    fields.first { Self.isSameName($0.name, name) }?.value
  }

  package mutating func add(_ name: String, _ value: String, isSensitive: Bool = false) {
    fields.append(Field(name: name, value: value, isSensitive: isSensitive))
  }

  /// What must not show in any text.
  var secrets: [String] { fields.filter(\.isSensitive).map(\.value) }

  private static func isSameName(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8, right.utf8)
    return left.count == right.count && zip(left, right).allSatisfy { lowercase($0) == lowercase($1) }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

extension HTTPHeaders.Field: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(name): \(isSensitive ? "(hidden)" : value)" }
  /// Keeps `dump` and test failures from showing a sensitive value.
  package var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
