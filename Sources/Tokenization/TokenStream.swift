/// Counts the tokens of a text that comes in parts, wherever they are cut, as if it came at once.
///
/// Only what later bytes could still change is kept: as a rule the last word. A run of letters, of white space or of
/// punctuation marks without an end is one piece, and has to fit into memory.
package struct TokenStream: ~Copyable {
  /// More than what is looked at behind a piece, and more than the longest special token.
  private static let margin = 32

  private let encoding: TokenEncoding
  private let special: SpecialTokens
  private let maximumPieceBytes: Int
  private let counter: any StreamCounter
  /// UTF-8 that is not yet counted.
  private var text: [UInt8] = []
  /// The beginning of a character.
  private var unfinished: [UInt8] = []
  /// It is no use to look again before there is this much.
  private var enough = 0
  private var replaced = 0
  private var bytes = 0

  /// - Parameter maximumPieceBytes: bytes of the longest piece that is waited for.
  package init(_ tokenizer: Tokenizer, special: SpecialTokens = .asText, maximumPieceBytes: Int = 64 << 20) {
    encoding = tokenizer.encoding
    self.special = special
    self.maximumPieceBytes = maximumPieceBytes
    counter = tokenizer.streamCounter()
  }

  /// Takes the next bytes of the text.
  ///
  /// - Throws: ``EndlessPiece``.
  package mutating func append(_ part: [UInt8]) throws(EndlessPiece) {
    bytes += part.count
    if unfinished.isEmpty {
      unfinished = take(part)
    } else {
      unfinished = take(unfinished + part)
    }
    guard text.count >= min(enough, maximumPieceBytes) else { return }
    let done = text.withUnsafeBufferPointer { count($0, margin: Self.margin) }
    text.removeFirst(done)
    // A piece that goes on and on is looked at again when twice as much of it is there: in all a few times its length.
    enough = text.count * 2
    if text.count > maximumPieceBytes { throw EndlessPiece() }
  }

  /// Takes the end of the text.
  package consuming func finish() -> TokenTotal {
    if !unfinished.isEmpty {
      text += UTF8Text.replacement
      replaced += 1
    }
    _ = text.withUnsafeBufferPointer { count($0, margin: 0) }
    return TokenTotal(tokens: counter.tokens, bytes: bytes, replaced: replaced)
  }

  /// - Returns: the bytes that are not taken.
  private mutating func take(_ part: [UInt8]) -> [UInt8] {
    part.withUnsafeBufferPointer { part in
      let taken = UTF8Text.append(part, to: &text, replaced: &replaced)
      return Array(part[taken...])
    }
  }

  /// - Returns: how many bytes are done with.
  private func count(_ text: UnsafeBufferPointer<UInt8>, margin: Int) -> Int {
    var start = 0
    if special == .recognized {
      while let found = encoding.firstSpecialToken(in: UnsafeBufferPointer(rebasing: text[start...])) {
        let rest = UnsafeBufferPointer(rebasing: text[start...])
        _ = counter.count(UnsafeBufferPointer(rebasing: rest[..<found.range.lowerBound]), margin: 0)
        counter.countSpecialToken(found.token)
        start += found.range.upperBound
      }
    }
    return start + counter.count(UnsafeBufferPointer(rebasing: text[start...]), margin: margin)
  }
}

/// The number of tokens of a text.
package struct TokenTotal: Sendable, Equatable {
  package var tokens: Int
  /// Of the text as it came.
  package var bytes: Int
  /// Parts of the text that were no UTF-8 and were counted as U+FFFD.
  package var replaced: Int

  package init(tokens: Int, bytes: Int, replaced: Int) {
    self.tokens = tokens
    self.bytes = bytes
    self.replaced = replaced
  }
}

/// A text has a run of letters, of white space or of punctuation marks that is too long to be one piece.
package struct EndlessPiece: Error {}

/// The way through a text, whatever the rules.
protocol StreamCounter: AnyObject {
  var tokens: Int { get }
  func count(_ text: UnsafeBufferPointer<UInt8>, margin: Int) -> Int
  func countSpecialToken(_ token: UInt32)
}

private final class RulesStreamCounter<Rules: PieceRules>: StreamCounter {
  private var pass: TokenPass<Rules, CountingSink>

  init(_ vocabulary: Vocabulary) { pass = TokenPass(vocabulary, CountingSink(), textBytes: 1 << 20) }

  var tokens: Int { pass.sink.count }
  func count(_ text: UnsafeBufferPointer<UInt8>, margin: Int) -> Int { pass.encode(text, margin: margin) }
  func countSpecialToken(_ token: UInt32) { pass.sink.take(token) }
}

extension Tokenizer {
  fileprivate func streamCounter() -> any StreamCounter {
    switch encoding {
    case .o200kBase: RulesStreamCounter<O200kRules>(vocabulary)
    case .cl100kBase: RulesStreamCounter<CL100kRules>(vocabulary)
    }
  }
}
