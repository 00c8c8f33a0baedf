package import JSON

package enum TokensCount: Method {
  package static let name = "tokens.count"
  package static let summary = "Counts the tokens of a text, a file or a conversation, as tiktoken does."
  package static let details = """
    Give one of `text`, `path` and `messages`. A conversation costs, beyond its texts, what the rule of OpenAI's cookbook \
    says ("How to count tokens with tiktoken"): 3 tokens a message, those of its role, 1 for a name, and 3 for the \
    beginning of the answer. Bytes of a file that are not UTF-8 count as U+FFFD.
    """
  package static let errors: [ServiceError.Kind] = [.fileNotFound, .fileUnreadable, .invalidData]

  package struct Params: Codable, Sendable, Equatable, ProgressParams {
    package var text: String?
    /// A file of any size.
    package var path: String?
    package var messages: [Message]?
    /// `o200k_base` or `cl100k_base`. Default: the model's own where it is known, else `o200k_base`.
    package var encoding: String?
    /// `PROVIDER/MODEL`, or a model's name alone.
    package var model: String?
    /// `text` (default), `recognized` or `refused`.
    package var specialTokens: String?
    /// Default false.
    package var includeTokenIds: Bool?
    package var workDoneToken: JSONValue?

    package init(text: String? = nil, path: String? = nil, messages: [Message]? = nil) {
      self.text = text
      self.path = path
      self.messages = messages
    }
  }

  package struct Message: Codable, Sendable, Equatable {
    /// `system`, `user`, `assistant`…
    package var role: String
    package var content: String
    package var name: String?

    package init(role: String, content: String, name: String? = nil) {
      self.role = role
      self.content = content
      self.name = name
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var tokens: Int
    package var encoding: String
    /// Whether the model may count otherwise.
    package var isEstimate: Bool
    /// Of the text as it came; of a conversation those of its contents.
    package var bytes: Int
    /// Parts that were no UTF-8 and counted as U+FFFD.
    package var replacedParts: Int
    /// nil unless asked for.
    package var tokenIds: [Int]?

    package init(
      tokens: Int, encoding: String, isEstimate: Bool, bytes: Int, replacedParts: Int, tokenIds: [Int]? = nil
    ) {
      self.tokens = tokens
      self.encoding = encoding
      self.isEstimate = isEstimate
      self.bytes = bytes
      self.replacedParts = replacedParts
      self.tokenIds = tokenIds
    }
  }
}
