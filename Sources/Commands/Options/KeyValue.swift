import ArgumentParser
package import JSON

/// A suite option on the command line: `key=value`, where a value that is JSON counts as such and any other as text.
package struct KeyValue: Sendable, Equatable {
  package let key: String
  package let value: JSONValue

  package init(key: String, value: JSONValue) {
    self.key = key
    self.value = value
  }

  @Sendable package static func parse(_ text: String) throws -> KeyValue {
    guard let separator = text.firstIndex(of: "="), separator > text.startIndex else {
      throw ValidationError("'\(text)' is not of the form key=value")
    }
    let value = String(text[text.index(after: separator)...])
    let parsed = try? JSONParser().parse(value)
    return KeyValue(key: String(text[..<separator]), value: parsed ?? .string(value))
  }
}
