package import JSON

/// The `id` of a request, which the answer repeats with its JSON type: `1` and `"1"` are different ids.
package enum RequestID: Hashable, Sendable {
  case integer(Int64)
  case string(String)
  /// `null`: legal in plain JSON-RPC, and the id of an error whose request could not be told.
  case null
  /// A number that is no 64-bit integer, as `1.5`: legal in plain JSON-RPC, echoed digit by digit.
  case other(raw: NumberToken)

  /// The digits of a number as its sender wrote them. Equal for equal values, so that `1.50` cancels `1.5`.
  package struct NumberToken: Hashable, Sendable {
    package let text: String
    private let key: String

    /// - Parameter text: a number in JSON's grammar.
    package init(_ text: String) {
      self.text = text
      let isIntegral = text.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") }
      key = isIntegral ? text : Double(text).map { "\($0)" } ?? text
    }

    package static func == (left: Self, right: Self) -> Bool { left.key == right.key }
    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
  }

  /// The id that a parsed value stands for; nil for booleans, arrays and objects.
  package init?(_ value: JSONValue) {
    switch value {
    case .integer(let number): self = .integer(number)
    case .string(let text): self = .string(text)
    case .null: self = .null
    case .double(let number): self = .other(raw: NumberToken("\(number)"))
    case .bool, .array, .object: return nil
    }
  }
}

extension RequestID: CustomStringConvertible {
  /// The id as JSON text.
  package var description: String {
    switch self {
    case .integer(let number): String(number)
    case .string(let text): JSONWriter.string(.string(text))
    case .null: "null"
    case .other(let token): token.text
    }
  }

  func write(to writer: inout JSONWriter) {
    switch self {
    case .integer(let number): writer.write(number)
    case .string(let text): writer.write(text)
    case .null: writer.write(.null)
    case .other(let token): writer.writeNumber(token.text)
    }
  }
}
