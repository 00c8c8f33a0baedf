/// Counts the tokens of a text.
package protocol TokenCounter: Sendable {
  func count(_ text: String) -> Int
}

extension TokenCounter {
  /// The tokens of a prompt: its texts, three more for each message and three for the start of the answer, which is
  /// what the chat formats of current models add.
  package func count(_ messages: [ChatMessage]) -> Int {
    messages.reduce(3) { $0 + 3 + count($1.content) }
  }
}

/// Guesses token counts without a vocabulary, for usage that a server did not report. Such usage is marked as an
/// estimate.
///
/// The rule follows how current byte-pair encodings cut text before they merge: a run of letters costs one token for
/// each 6 letters begun, a run of digits one for each 3, a run of other visible ASCII characters one for each 2, a
/// run of line breaks one, one space before a word nothing, further white space one a run, and every character
/// beyond ASCII letters one for each 3 of its UTF-8 bytes begun.
package struct TokenEstimator: TokenCounter {
  package init() {}

  package func count(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var tokens = 0
      var index = 0
      while index < bytes.count {
        let kind = Kind(bytes[index])
        var end = index + 1
        while end < bytes.count, Kind(bytes[end]) == kind { end += 1 }
        tokens += Self.tokens(kind, end - index)
        index = end
      }
      return tokens
    }
  }

  private enum Kind {
    case letter, digit, space, lineBreak, other, beyondASCII

    init(_ byte: UInt8) {
      switch byte {
      case 0x41...0x5A, 0x61...0x7A: self = .letter
      case 0x30...0x39: self = .digit
      case 0x0A, 0x0D: self = .lineBreak
      case 0x09, 0x20: self = .space
      case 0x80...: self = .beyondASCII
      default: self = .other
      }
    }
  }

  private static func tokens(_ kind: Kind, _ length: Int) -> Int {
    switch kind {
    case .letter: (length + 5) / 6
    case .digit, .beyondASCII: (length + 2) / 3
    case .other: (length + 1) / 2
    case .lineBreak: 1
    case .space: length > 1 ? 1 : 0
    }
  }
}
