extension TokenEncoding {
  /// The encoding of one of OpenAI's models; nil where it is another or not known.
  ///
  /// The names are those of `tiktoken/model.py` of tiktoken 0.14.0, as far as these encodings go. `o200k_harmony`, the
  /// encoding of gpt-oss, differs from `o200k_base` in its special tokens alone.
  ///
  /// - Parameter model: without its provider, as in `gpt-5.1` or `gpt-4o-2024-08-06`.
  package static func ofOpenAIModel(_ model: String) -> TokenEncoding? {
    let name = model.lowercased()
    if let encoding = names[name] { return encoding }
    return prefixes.first { name.hasPrefix($0.prefix) }?.encoding
  }

  /// The same for `PROVIDER/MODEL` or a name alone: of OpenAI's own API, and gpt-oss wherever it runs.
  package static func ofModel(_ reference: String) -> TokenEncoding? {
    let (provider, name) = parts(of: reference)
    let isOpenAIs = provider == nil || provider == "openai" || name.hasPrefix("gpt-oss")
    return isOpenAIs ? ofOpenAIModel(name) : nil
  }

  /// Whether the rule for conversations, which ``Tokenizer/count(_:)-([ChatText])`` follows, is published for a model.
  ///
  /// - Parameter reference: `PROVIDER/MODEL` or a name alone.
  package static func hasPublishedChatRule(_ reference: String) -> Bool {
    let (provider, name) = parts(of: reference)
    guard provider == nil || provider == "openai" else { return false }
    return ["gpt-3.5-turbo", "gpt-4", "gpt-4o"].contains(name)
      || ["gpt-3.5-turbo-", "gpt-4-", "gpt-4o-"].contains { name.hasPrefix($0) }
  }

  /// `openai/gpt-4o` in two; `ollama/openai/gpt-oss:20b` is of Ollama, its last part names the model.
  private static func parts(of reference: String) -> (provider: String?, name: String) {
    let parts = reference.lowercased().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return (parts.count > 1 ? parts.first : nil, parts.last ?? "")
  }

  private static let names: [String: TokenEncoding] = [
    "o1": .o200kBase, "o3": .o200kBase, "o4-mini": .o200kBase, "gpt-4.1": .o200kBase, "gpt-4o": .o200kBase,
    "gpt-4": .cl100kBase, "gpt-3.5-turbo": .cl100kBase, "gpt-3.5": .cl100kBase, "gpt-35-turbo": .cl100kBase,
    "davinci-002": .cl100kBase, "babbage-002": .cl100kBase, "text-embedding-ada-002": .cl100kBase,
    "text-embedding-3-small": .cl100kBase, "text-embedding-3-large": .cl100kBase,
  ]

  private static let prefixes: [(prefix: String, encoding: TokenEncoding)] = [
    ("o1-", .o200kBase), ("o3-", .o200kBase), ("o4-mini-", .o200kBase), ("gpt-5", .o200kBase),
    ("gpt-4.5-", .o200kBase), ("gpt-4.1-", .o200kBase), ("chatgpt-4o-", .o200kBase), ("gpt-4o-", .o200kBase),
    ("gpt-4-", .cl100kBase), ("gpt-3.5-turbo-", .cl100kBase), ("gpt-35-turbo-", .cl100kBase),
    ("gpt-oss", .o200kBase), ("ft:gpt-4o", .o200kBase), ("ft:gpt-4", .cl100kBase),
    ("ft:gpt-3.5-turbo", .cl100kBase), ("ft:davinci-002", .cl100kBase), ("ft:babbage-002", .cl100kBase),
  ]
}
