/// One message of a conversation, as far as its tokens go.
package struct ChatText: Sendable, Equatable {
  package var role: String
  package var name: String?
  package var content: String

  package init(role: String, name: String? = nil, content: String) {
    self.role = role
    self.name = name
    self.content = content
  }
}

extension Tokenizer {
  /// Counts the tokens of a conversation as OpenAI's chat models take it.
  ///
  /// Each message costs 3 tokens for what stands around it, and those of its role, name and content; a name costs one
  /// more; and 3 are the beginning of the answer. That is the rule of OpenAI's cookbook, "How to count tokens with
  /// tiktoken" (`examples/How_to_count_tokens_with_tiktoken.ipynb` in openai/openai-cookbook, section 6), which it gives
  /// for gpt-3.5-turbo, gpt-4, gpt-4o and gpt-4o-mini. It is an estimate for every other model.
  package func count(_ messages: [ChatText]) -> Int {
    messages.reduce(3) { total, message in
      total + 3 + count(message.role) + count(message.content) + (message.name.map { count($0) + 1 } ?? 0)
    }
  }
}
