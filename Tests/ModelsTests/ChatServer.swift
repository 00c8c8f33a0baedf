import JSON
import Models
import TestSupport

/// Pieces of what a chat completions server sends.
enum ChatServer {
  static func event(_ json: JSONValue) -> String { "data: \(json)\n\n" }

  static func delta(_ text: String, reasoning: String? = nil, reason: String? = nil) -> String {
    var delta: JSONObject = ["content": .string(text)]
    if let reasoning { delta["reasoning_content"] = .string(reasoning) }
    let choice: JSONValue = [
      "index": 0, "delta": .object(delta), "finish_reason": reason.map { .string($0) } ?? .null,
    ]
    return event(["id": "chat-1", "object": "chat.completion.chunk", "model": "served-1", "choices": [choice]])
  }

  static let usage = event([
    "choices": [],
    "usage": [
      "prompt_tokens": 11, "completion_tokens": 7, "prompt_tokens_details": ["cached_tokens": 4],
      "completion_tokens_details": ["reasoning_tokens": 2],
    ],
  ])

  static let done = "data: [DONE]\n\n"

  /// A stream sent in one piece.
  static func stream(_ parts: String...) -> [TestHTTPServer.Step] { [.head(), .chunk(parts.joined()), .lastChunk] }

  /// A complete answer.
  static func answer(_ text: String) -> [TestHTTPServer.Step] {
    stream(delta(text), delta("", reason: "stop"), usage, done)
  }

  static func client(
    _ server: TestHTTPServer, _ reference: String = "local/m", environment: [String: String] = [:]
  ) throws -> any ModelClient {
    try ModelCatalog.standard.client(
      for: ModelReference(parsing: reference), options: ModelOptions(baseURL: server.url + "/v1"),
      environment: environment)
  }
}

extension ModelClient {
  func ask(
    _ request: ModelRequest = ModelRequest(messages: [ChatMessage(.user, "hi")]), sample: String = "s", epoch: Int = 1,
    timeouts: ModelTimeouts = ModelTimeouts(total: .seconds(20))
  ) async -> Result<ModelResponse, ModelError> {
    do throws(ModelError) {
      return .success(
        try await complete(request, call: CallIdentity(sampleID: sample, epoch: epoch), timeouts: timeouts))
    } catch {
      return .failure(error)
    }
  }
}

extension Result where Failure == ModelError {
  var error: ModelError? {
    if case .failure(let error) = self { return error }
    return nil
  }
}
