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
    ("gpt-oss-", .o200kBase), ("ft:gpt-4o", .o200kBase), ("ft:gpt-4", .cl100kBase),
    ("ft:gpt-3.5-turbo", .cl100kBase), ("ft:davinci-002", .cl100kBase), ("ft:babbage-002", .cl100kBase),
  ]
}
