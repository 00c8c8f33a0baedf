package import Tokenization

/// Counts the tokens of a text.
package protocol TokenCounter: Sendable {
  func count(_ text: String) -> Int
}

extension TokenCounter {
  /// The tokens of a prompt: its texts, four more for each message, of which one is its role, and three for the start of
  /// the answer. See `Tokenizer.count(_:)` for where that comes from.
  package func count(_ messages: [ChatMessage]) -> Int {
    messages.reduce(3) { $0 + 4 + count($1.content) }
  }
}

/// Counts tokens for a model: as it does itself where its encoding is public, else as `o200k_base` does, which is near
/// to what other makers' models of today count. It is an estimate then.
package struct ModelTokenCounter: TokenCounter {
  package let encoding: TokenEncoding

  /// - Parameter reference: nil for no model in particular.
  package init(_ reference: ModelReference? = nil) {
    encoding = reference.flatMap { TokenEncoding.ofModel($0.description) } ?? .o200kBase
  }

  package func count(_ text: String) -> Int { Tokenizer.shared(encoding).count(text) }
}
