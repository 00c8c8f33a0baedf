import JSON
import Models
import Testing
import Tokenization

@Suite struct ModelRequestTests {
  private let plain = ModelRequest(messages: [ChatMessage(.user, "hi")])

  @Test func `equal requests have one hash, whatever the order of additional parameters`() {
    var left = plain
    var right = plain
    left.additionalParameters = ["a": ["x": 1, "y": 2], "b": 2]
    right.additionalParameters = ["b": 2, "a": ["y": 2, "x": 1]]
    #expect(left.requestHash == right.requestHash)
  }

  @Test func `each part of a request enters its hash`() {
    var requests = [plain]
    func add(_ change: (inout ModelRequest) -> Void) {
      var request = plain
      change(&request)
      requests.append(request)
    }
    add { $0.messages[0].content = "ho" }
    add { $0.messages[0].role = .system }
    add { $0.messages.append(ChatMessage(.assistant, "")) }
    add { $0.temperature = 0 }
    add { $0.topP = 0 }
    add { $0.maximumOutputTokens = 0 }
    add { $0.seed = 0 }
    add { $0.stop = ["x"] }
    add { $0.reasoningEffort = "low" }
    add { $0.settings.think = .on }
    add { $0.settings.think = .level("low") }
    add { $0.settings.thinkingTokens = 0 }
    add { $0.settings.contextTokens = 1 }
    add { $0.settings.keepAlive = "1" }
    add { $0.additionalParameters = ["x": 0] }
    #expect(Set(requests.map(\.requestHash)).count == requests.count)
  }

  /// Recordings hold hashes: this one may never change.
  @Test func `the canonical form is fixed`() {
    let request = ModelRequest(
      messages: [ChatMessage(.system, "s"), ChatMessage(.user, "u\n")], temperature: 0, topP: 0.5,
      maximumOutputTokens: 10, seed: 7, stop: ["a"], reasoningEffort: "low", additionalParameters: ["z": 1, "k": nil])
    let text =
      #"{"messages":[{"role":"system","content":"s"},{"role":"user","content":"u\n"}],"temperature":0.0,"topP":0.5,"#
      + #""maximumOutputTokens":10,"seed":7,"stop":["a"],"reasoningEffort":"low","#
      + #""additionalParameters":{"k":null,"z":1}}"#
    #expect(String(decoding: request.canonicalJSON, as: UTF8.self) == text)
    #expect(plain.requestHash == "28b1d959db3e421ca8c4d70c7ea1843622e7b3e4c98773e62bb765378ff92164")
  }

  @Test func `the canonical form reads back`() throws {
    let request = ModelRequest(
      messages: [ChatMessage(.assistant, "é")], temperature: 1.5, topP: 1, maximumOutputTokens: 3, seed: .max,
      stop: ["a", "b"], reasoningEffort: "high",
      settings: ProviderSettings(think: .off, thinkingTokens: 1, contextTokens: 2, keepAlive: "5m"),
      additionalParameters: ["n": [1, 2.5]])
    let value = try JSONParser().parse(request.canonicalJSON)
    #expect(ModelRequest(canonical: value) == request)
    #expect(ModelRequest(canonical: ["messages": [["role": "robot", "content": ""]]]) == nil)
    #expect(ModelRequest(canonical: 3) == nil)
  }
}

@Suite struct ModelTokenCounterTests {
  @Test(arguments: [
    ("openai/gpt-4", "cl100k_base"), ("openai/gpt-5.1", "o200k_base"), ("ollama/gpt-oss:20b", "o200k_base"),
    ("anthropic/claude-opus-4-8", "o200k_base"), ("openai-compatible/gpt-4", "o200k_base"),
  ])
  func `a model's own encoding counts where it is public`(_ reference: String, _ encoding: String) throws {
    #expect(ModelTokenCounter(try ModelReference(parsing: reference)).encoding.rawValue == encoding)
  }

  @Test func `messages cost a little more than their text`() {
    let counter = ModelTokenCounter()
    let messages = [ChatMessage(.system, "be brief"), ChatMessage(.user, "hi")]
    #expect(counter.count("be brief") == 2)
    #expect(counter.count(messages) == 3 + (4 + 2) + (4 + 1))
  }
}
