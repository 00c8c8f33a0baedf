/// A secret that goes into a request header and nowhere else.
package struct APIKey: Sendable {
  /// Where the key came from.
  package let variable: String
  let value: String

  /// nil where the variable is unset or blank. White space around a key, such as a file's last line break, is dropped.
  package init?(variable: String, environment: [String: String]) {
    guard let text = environment[variable] else { return nil }
    let trimmed = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    guard !trimmed.isEmpty else { return nil }
    self.variable = variable
    value = trimmed
  }

  /// The text without the key, should it hold it.
  func redacted(_ text: String) -> String {
    // A stand-in such as "x", which servers without keys are given, is no secret and would tear the text apart.
    value.utf8.count < 6 ? text : text.replacing(value, with: "(hidden)")
  }

  /// Whether the key can stand in a header.
  var isSendable: Bool { value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
}

extension APIKey: CustomStringConvertible, CustomReflectable {
  package var description: String { "the key in \(variable)" }
  package var customMirror: Mirror { Mirror(self, children: ["variable": variable]) }
}
