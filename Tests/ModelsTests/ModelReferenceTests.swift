import Models
import Testing

@Suite struct ModelReferenceTests {
  @Test(arguments: [
    ("openai/gpt-5.1", "openai", "gpt-5.1"), ("ollama/qwen2.5-coder:7b", "ollama", "qwen2.5-coder:7b"),
    ("local/org/model/x", "local", "org/model/x"), ("replay//tmp/a b.jsonl", "replay", "/tmp/a b.jsonl"),
  ])
  func `a reference is a provider and a name`(_ text: String, _ provider: String, _ name: String) throws {
    let reference = try ModelReference(parsing: text)
    #expect(reference.provider == provider && reference.name == name)
    #expect(reference.description == text)
  }

  @Test(arguments: ["", "gpt-5", "/x", "openai/", "OpenAI/x", "a b/x", "openai/ x", "openai/x\n", "openai/a\u{7}b"])
  func `anything else is refused with an example`(_ text: String) {
    let error = #expect(throws: ModelError.self) { try ModelReference(parsing: text) }
    #expect(error?.kind == .invalidReference)
    #expect(error?.message.contains("openai/gpt-5.1") == true)
  }
}
