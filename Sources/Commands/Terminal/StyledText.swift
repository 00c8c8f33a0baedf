/// One line of text with bold, dim and coloured parts.
///
/// All text is made harmless when it is taken in (``TerminalText``), so nothing that passes through here can
/// carry an escape sequence to the terminal.
package struct StyledText: Sendable, Equatable {
  package enum Style: Sendable {
    case plain, bold, dim, red, green, yellow

    fileprivate var code: String? {
      switch self {
      case .plain: nil
      case .bold: "1"
      case .dim: "2"
      case .red: "31"
      case .green: "32"
      case .yellow: "33"
      }
    }
  }

  private struct Span: Sendable, Equatable {
    var text: String
    var style: Style
  }

  private var spans: [Span] = []

  package init(_ text: String, _ style: Style = .plain) { append(text, style) }

  /// The characters alone.
  package var plain: String { spans.map(\.text).joined() }

  /// Columns that the text takes on a terminal.
  package var width: Int { spans.reduce(0) { $0 + TerminalText.width($1.text) } }

  /// The text with SGR sequences (ECMA-48) when colour is wanted.
  package func rendered(inColor: Bool) -> String {
    guard inColor else { return plain }
    return spans.map { span in span.style.code.map { "\u{1B}[\($0)m\(span.text)\u{1B}[0m" } ?? span.text }.joined()
  }

  package mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    spans.append(Span(text: TerminalText.singleLine(text), style: style))
  }

  package static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.spans += right.spans
    return sum
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = StyledText("")

    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ literal: String) { text.append(literal) }
    package mutating func appendInterpolation(_ value: some CustomStringConvertible, _ style: Style = .plain) {
      text.append(value.description, style)
    }
    package mutating func appendInterpolation(_ value: StyledText) { text = text + value }
  }

  package init(stringLiteral value: String) { self.init(value) }
  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }
}
