import Testing
import Tokenization

@Suite struct TokenEncodingTests {
  @Test(arguments: [
    ("gpt-5.1", TokenEncoding?.some(.o200kBase)), ("gpt-5", .o200kBase), ("GPT-4o", .o200kBase),
    ("gpt-4o-2024-08-06", .o200kBase), ("gpt-4.1-mini", .o200kBase), ("gpt-4.1", .o200kBase), ("o3", .o200kBase),
    ("o4-mini-2025-04-16", .o200kBase), ("gpt-oss-20b", .o200kBase), ("gpt-4", .cl100kBase),
    ("gpt-4-turbo", .cl100kBase), ("gpt-3.5-turbo-0125", .cl100kBase), ("text-embedding-3-small", .cl100kBase),
    ("ft:gpt-4o-mini:me", .o200kBase), ("claude-opus-4-5", nil), ("gemini-2.5-pro", nil), ("o30", nil), ("", nil),
  ])
  func `a model's encoding is known by its name`(_ model: String, _ encoding: TokenEncoding?) {
    #expect(TokenEncoding.ofOpenAIModel(model) == encoding)
  }

  /// From the rule of OpenAI's cookbook: 3 a message, its role, its content, a name and 1, and 3 for the answer.
  @Test func `a conversation costs more than its texts`() {
    let tokenizer = Tokenizer.shared(.o200kBase)
    #expect(tokenizer.count([ChatText]()) == 3)
    #expect(tokenizer.count([ChatText(role: "user", content: "hello world")]) == 3 + 3 + 1 + 2)
    let messages = [
      ChatText(role: "system", content: "be brief"), ChatText(role: "system", name: "example", content: "hi"),
    ]
    #expect(tokenizer.count(messages) == 3 + (3 + 1 + 2) + (3 + 1 + 1 + 1 + 1))
  }
}
