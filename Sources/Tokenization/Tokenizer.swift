/// Cuts text into the tokens of an encoding, the same as tiktoken 0.14.0 does.
package struct Tokenizer: Sendable {
  package let encoding: TokenEncoding
  let vocabulary: Vocabulary

  private static let o200kBase = Tokenizer(.o200kBase)
  private static let cl100kBase = Tokenizer(.cl100kBase)

  /// The one tokenizer of an encoding. The first to ask for it waits some milliseconds until it is made.
  package static func shared(_ encoding: TokenEncoding) -> Tokenizer {
    switch encoding {
    case .o200kBase: o200kBase
    case .cl100kBase: cl100kBase
    }
  }

  private init(_ encoding: TokenEncoding) {
    self.encoding = encoding
    do {
      vocabulary = try Vocabulary(merges: EmbeddedData.merges(encoding), count: encoding.ordinaryTokenCount)
    } catch {
      // The program itself is damaged: no input gets here, and no count would be right.
      preconditionFailure("the vocabulary of \(encoding.rawValue) in this program is damaged")
    }
  }

  /// Counts the tokens of a text.
  package func count(_ text: String, special: SpecialTokens = .asText) -> Int {
    var text = text
    return text.withUTF8 { count(utf8: $0, special) }
  }

  /// - Parameter text: valid UTF-8.
  func count(utf8 text: UnsafeBufferPointer<UInt8>, _ special: SpecialTokens) -> Int {
    pass(CountingSink(), text, special).count
  }

  /// The tokens of a text.
  package func encode(_ text: String, special: SpecialTokens = .asText) -> [UInt32] {
    var text = text
    return text.withUTF8 { pass(CollectingSink(), $0, special).tokens }
  }

  private func pass<Sink: TokenSink>(
    _ sink: Sink, _ text: UnsafeBufferPointer<UInt8>, _ special: SpecialTokens
  ) -> Sink {
    switch encoding {
    case .o200kBase: pass(TokenPass<O200kRules, Sink>(vocabulary, sink, textBytes: text.count), text, special)
    case .cl100kBase: pass(TokenPass<CL100kRules, Sink>(vocabulary, sink, textBytes: text.count), text, special)
    }
  }

  private func pass<Rules: PieceRules, Sink: TokenSink>(
    _ pass: consuming TokenPass<Rules, Sink>, _ text: UnsafeBufferPointer<UInt8>, _ special: SpecialTokens
  ) -> Sink {
    var rest = text
    if special == .recognized {
      while let found = encoding.firstSpecialToken(in: rest) {
        _ = pass.encode(UnsafeBufferPointer(rebasing: rest[..<found.range.lowerBound]), margin: 0)
        pass.sink.take(found.token)
        rest = UnsafeBufferPointer(rebasing: rest[found.range.upperBound...])
      }
    }
    _ = pass.encode(rest, margin: 0)
    return pass.sink
  }
}
