import Reporting

/// A piece of a page. What is interpolated into it is escaped unless it is a piece of a page itself, so that no text of a
/// model, a provider or a user can become markup.
struct HTML: Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
  private(set) var text: String

  var description: String { text }

  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// - Parameter trusted: markup that this program wrote.
  init(trusted: String) { text = trusted }

  static func + (left: HTML, right: HTML) -> HTML { HTML(trusted: left.text + right.text) }

  struct Interpolation: StringInterpolationProtocol {
    var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }

    mutating func appendInterpolation(_ html: HTML) { text += html.text }

    mutating func appendInterpolation(_ html: HTML?) { text += html?.text ?? "" }

    mutating func appendInterpolation(_ pieces: [HTML]) { for piece in pieces { text += piece.text } }

    /// On one line, and with everything that hides or reorders text made visible.
    mutating func appendInterpolation(_ value: String) { text += HTML.escaped(VisibleText.line(value)) }

    mutating func appendInterpolation(_ value: Int) { text += Figure.count(value) }

    /// With its line breaks, for `<pre>`.
    mutating func appendInterpolation(block value: String) { text += HTML.escaped(VisibleText.block(value)) }

    /// A number in an attribute: as a machine reads it.
    mutating func appendInterpolation(number value: Double) { text += HTML.number(value) }
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// To a hundredth.
  static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    guard rounded.isFinite else { return "0" }
    return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
  }
}

extension [HTML] {
  func joined() -> HTML { HTML(trusted: map(\.text).joined()) }
}
