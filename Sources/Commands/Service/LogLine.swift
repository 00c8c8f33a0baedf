package import Contract
import JSON

/// One line of the server's log: `TIME LEVEL COMPONENT MESSAGE KEY=VALUE …`.
///
/// A value that is more than visible ASCII without `"`, `=` and `\` is written as a JSON string. A peer chooses parts of
/// the values, so what a terminal might act on is made visible, and a long one is cut.
package struct LogLine: Sendable {
  let level: LogLevel
  /// Who speaks: `server`, `rpc` or `trace`.
  let component: String
  /// A fixed phrase without `=`.
  let message: String
  let fields: [(key: String, value: String)]

  /// Characters of a value that are kept.
  private static let longestValue = 200

  package init(_ level: LogLevel, _ component: String, _ message: String, _ fields: [(key: String, value: String)]) {
    self.level = level
    self.component = component
    self.message = message
    self.fields = fields
  }

  /// The line with its line feed.
  package func text(at time: Timestamp) -> String {
    var text = "\(time) \(level.rawValue) \(component) \(message)"
    for (key, value) in fields { text += " \(key)=\(Self.written(value))" }
    return text + "\n"
  }

  private static func written(_ value: String) -> String {
    let short = value.count > longestValue ? value.prefix(longestValue) + "…" : value[...]
    let isPlain = short.utf8.allSatisfy { byte in
      (0x21...0x7E).contains(byte) && ![UInt8(ascii: "\""), UInt8(ascii: "="), UInt8(ascii: "\\")].contains(byte)
    }
    if isPlain, !short.isEmpty { return String(short) }
    return JSONWriter.string(.string(TerminalText.singleLine(String(short))))
  }
}
