/// What a function returned, as plain data: objects of the program have no say in how it compares.
///
/// Instances of subclasses of the plain types (`Counter`, `defaultdict`, `IntEnum`, a class of the program's own) are
/// given as what they are underneath, numbers of numpy as numbers.
package indirect enum PlainValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A whole number of any size, in decimal digits with an optional minus sign.
  case int(String)
  case float(Double)
  /// What is no Unicode scalar (a lone surrogate) is replaced by U+FFFD.
  case string(String)
  case bytes([UInt8])
  case list([PlainValue])
  case tuple([PlainValue])
  case set([PlainValue])
  /// In the order of the program.
  case dictionary([(key: PlainValue, value: PlainValue)])
  /// Anything else, by the name of its type and what it says of itself, at most 200 characters.
  /// `definesEquality` is whether its class decides by itself what it equals: a comparison inside the program
  /// could have called it equal to anything.
  case other(type: String, description: String, definesEquality: Bool)

  package static func == (left: PlainValue, right: PlainValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.float(let left), .float(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.bytes(let left), .bytes(let right)): left == right
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)), (.set(let left), .set(let right)):
      left == right
    case (.dictionary(let left), .dictionary(let right)):
      left.elementsEqual(right) { $0.key == $1.key && $0.value == $1.value }
    case (.other(let type, let text, _), .other(let otherType, let otherText, _)):
      type == otherType && text == otherText
    default: false
    }
  }
}
