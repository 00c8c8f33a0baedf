/// Names a model as `PROVIDER/MODEL`: `openai/gpt-5.1`, `ollama/qwen2.5-coder:7b-instruct-q8_0`,
/// `replay/recordings/run.jsonl`. The first slash parts the two; the name may hold more of them, and colons.
package struct ModelReference: Hashable, Sendable, CustomStringConvertible {
  /// Lower-case letters, digits and hyphens.
  package let provider: String
  /// As the provider knows the model.
  package let name: String

  /// For parts that are known to be well formed.
  package init(provider: String, name: String) {
    self.provider = provider
    self.name = name
  }

  /// - Throws: ``ModelError`` of kind `invalidReference` that says what a reference looks like.
  package init(parsing text: String) throws(ModelError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, Self.isProviderName(parts[0]), Self.isModelName(parts[1]) else {
      throw ModelError(
        .invalidReference,
        "“\(Self.shortened(text))” is not a model reference; "
          + "write PROVIDER/MODEL, as in openai/gpt-5.1 or local/smollm2")
    }
    self.init(provider: parts[0], name: parts[1])
  }

  package var description: String { "\(provider)/\(name)" }

  private static func isProviderName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "-")
      }
  }

  private static func isModelName(_ text: String) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return !first.isWhitespace && !last.isWhitespace && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  private static func shortened(_ text: String) -> String {
    let visible = text.prefix(80).filter { !$0.isNewline && ($0.asciiValue ?? 0x20) >= 0x20 }
    return visible.count < text.count ? visible + "…" : visible
  }
}
