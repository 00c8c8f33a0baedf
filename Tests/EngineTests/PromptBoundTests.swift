import Engine
import JSON
import Models
import Testing

@Suite struct PromptBoundTests {
  /// Answers nothing; only its name and address matter.
  private struct NamedClient: ModelClient {
    let reference: ModelReference
    let address: String?
    let isLocal = false
    let defaultConcurrency = 1

    init(_ name: String, at address: String? = "https://api.openai.com/v1/chat/completions") throws {
      reference = try ModelReference(parsing: name)
      self.address = address
    }

    func complete(
      _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
    ) async throws(ModelError) -> ModelResponse { throw ModelError(.cancelled, "never asked") }
  }

  /// 400 words of one token each, 2000 bytes.
  private let request = ModelRequest(messages: [ChatMessage(.user, String(repeating: " four", count: 400))])

  @Test(arguments: ["openai/gpt-4o-2024-08-06", "openai/gpt-5", "openai/gpt-4"])
  func `a model whose encoding is public is bound by its tokens`(_ name: String) throws {
    #expect(PromptBound(try NamedClient(name)).tokens(request) == 256 + 16 + 450)
  }

  @Test(
    arguments: [
      ("openai/gpt-5.7", "https://api.openai.com/v1/responses"), ("openai/gpt-4o", "https://proxy.example/v1"),
      ("openai/gpt-4o", "https://api.openai.com.example/v1"),
      ("anthropic/claude-opus-4-8", "https://api.anthropic.com/"),
      ("openai-compatible/gpt-4o", "https://api.openai.com/v1"), ("openai/frob", "https://api.openai.com/v1"),
      ("openai/gpt-4o", nil),
    ] as [(String, String?)])
  func `any other is bound by the bytes`(_ name: String, _ address: String?) throws {
    #expect(PromptBound(try NamedClient(name, at: address)).tokens(request) == 256 + 16 + 2000)
    #expect(PromptBound().tokens(request) == 256 + 16 + 2000)
  }

  @Test func `text of many tokens has no more than bytes`() throws {
    let request = ModelRequest(messages: [ChatMessage(.user, "\u{10FFFF}"), ChatMessage(.assistant, "")])
    #expect(PromptBound(try NamedClient("openai/gpt-4o")).tokens(request) == 256 + 2 * 16 + 4)
  }

  @Test func `what is beside the messages counts`() throws {
    var request = request
    request.additionalParameters = ["response_format": ["type": "json_object"]]
    let bytes = #"{"response_format":{"type":"json_object"}}"#.utf8.count
    #expect(PromptBound(try NamedClient("openai/gpt-4o")).tokens(request) == 256 + 16 + 450 + bytes)
  }
}
