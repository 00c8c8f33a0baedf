import JSON
import Models
import TestSupport
import Testing

/// A provider with an answer in its documented protocol, cut into the pieces in which it is sent.
struct ProviderServer: Sendable, CustomTestStringConvertible {
  let reference: String
  var api: String?
  let keyVariable: String
  /// As the server gets it.
  let path: String
  let type: String
  /// The answer "Hello é😀" after the thought "hm", as far as the protocol has thoughts.
  let pieces: [String]

  var testDescription: String { reference + (api.map { " \($0)" } ?? "") }

  static let key = "sk-marker-0123456789"

  func client(_ server: TestHTTPServer, base: String = "", key: String? = Self.key) throws -> any ModelClient {
    try ModelCatalog.standard.client(
      for: ModelReference(parsing: reference), options: ModelOptions(baseURL: server.url + base, api: api),
      environment: key.map { [keyVariable: $0] } ?? [:])
  }

  /// A server that streams the answer, each piece in a chunk of its own.
  func server() throws -> TestHTTPServer {
    try TestHTTPServer { _ in [.head(type: type)] + pieces.map { .chunk($0) } + [.lastChunk] }
  }

  static func event(_ type: String, _ json: JSONValue) -> String { "event: \(type)\ndata: \(json)\n\n" }

  static let all = [chat, responses, messages, gemini, ollama]

  static let chat = ProviderServer(
    reference: "openai/m", keyVariable: "OPENAI_API_KEY", path: "/chat/completions", type: "text/event-stream",
    pieces: [
      ChatServer.delta("", reasoning: "hm"), ChatServer.delta("Hel"), ChatServer.delta("lo é😀"),
      ChatServer.delta("", reason: "stop"), ChatServer.usage, ChatServer.done,
    ])

  static let responses = ProviderServer(
    reference: "openai/m", api: "responses", keyVariable: "OPENAI_API_KEY", path: "/responses",
    type: "text/event-stream",
    pieces: [
      event("response.created", ["type": "response.created", "response": ["id": "resp_1", "status": "in_progress"]]),
      event("response.reasoning_text.delta", ["type": "response.reasoning_text.delta", "delta": "hm"]),
      event("response.output_text.delta", ["type": "response.output_text.delta", "delta": "Hel"]),
      event("response.output_text.delta", ["type": "response.output_text.delta", "delta": "lo é😀"]),
      event("response.output_text.done", ["type": "response.output_text.done", "text": "Hello é😀"]),
      responseEnd("completed"),
    ])

  static func responseEnd(_ status: String, reason: JSONValue = nil, error: JSONValue = nil) -> String {
    event(
      "response.\(status)",
      [
        "type": .string("response.\(status)"), "sequence_number": 9,
        "response": [
          "id": "resp_1", "object": "response", "status": .string(status), "model": "served-1", "error": error,
          "incomplete_details": reason.isNull ? nil : ["reason": reason],
          "output": [
            ["type": "message", "role": "assistant", "content": [["type": "output_text", "text": "Hello é😀"]]]
          ],
          "usage": [
            "input_tokens": 11, "input_tokens_details": ["cached_tokens": 4, "cache_write_tokens": 3],
            "output_tokens": 7, "output_tokens_details": ["reasoning_tokens": 2], "total_tokens": 18,
          ],
        ],
      ])
  }

  static let messages = ProviderServer(
    reference: "anthropic/claude-opus-4-5", keyVariable: "ANTHROPIC_API_KEY", path: "/v1/messages",
    type: "text/event-stream",
    pieces: [
      event(
        "message_start",
        [
          "type": "message_start",
          "message": [
            "id": "msg_1", "type": "message", "role": "assistant", "content": [], "model": "served-1",
            "stop_reason": nil,
            "usage": [
              "input_tokens": 4, "cache_creation_input_tokens": 3, "cache_read_input_tokens": 4, "output_tokens": 1,
            ],
          ],
        ]),
      event("ping", ["type": "ping"]),
      event(
        "content_block_start",
        [
          "type": "content_block_start", "index": 0,
          "content_block": ["type": "thinking", "thinking": "", "signature": ""],
        ]),
      blockDelta(0, ["type": "thinking_delta", "thinking": "hm"]),
      blockDelta(0, ["type": "signature_delta", "signature": "EqQBCg"]),
      event("content_block_stop", ["type": "content_block_stop", "index": 0]),
      event(
        "content_block_start",
        ["type": "content_block_start", "index": 1, "content_block": ["type": "text", "text": ""]]),
      blockDelta(1, ["type": "text_delta", "text": "Hel"]), blockDelta(1, ["type": "text_delta", "text": "lo é😀"]),
      event("content_block_stop", ["type": "content_block_stop", "index": 1]),
      messageDelta("end_turn"), event("message_stop", ["type": "message_stop"]),
    ])

  static func blockDelta(_ index: Int, _ delta: JSONValue) -> String {
    event(
      "content_block_delta",
      ["type": "content_block_delta", "index": .integer(Int64(index)), "delta": delta])
  }

  static func messageDelta(_ reason: String) -> String {
    event(
      "message_delta",
      [
        "type": "message_delta", "delta": ["stop_reason": .string(reason), "stop_sequence": nil],
        "usage": ["output_tokens": 7, "output_tokens_details": ["thinking_tokens": 2]],
      ])
  }

  static let gemini = ProviderServer(
    reference: "google/gemini-2.5-pro", keyVariable: "GEMINI_API_KEY",
    path: "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse", type: "text/event-stream",
    pieces: [
      candidate([["text": "hm", "thought": true]]), candidate([["text": "Hel"]]),
      candidate([["text": "lo é😀"]], reason: "STOP"),
    ])

  static func candidate(_ parts: JSONValue, reason: String? = nil) -> String {
    var candidate: JSONObject = ["content": ["parts": parts, "role": "model"], "index": 0]
    candidate["finishReason"] = reason.map { .string($0) }
    let usage: JSONValue = [
      "promptTokenCount": 11, "cachedContentTokenCount": 4, "candidatesTokenCount": 5, "thoughtsTokenCount": 2,
      "totalTokenCount": 18,
    ]
    return ChatServer.event([
      "candidates": [.object(candidate)], "usageMetadata": usage, "modelVersion": "served-1", "responseId": "r-1",
    ])
  }

  static let ollama = ProviderServer(
    reference: "ollama/qwen3:8b", keyVariable: "OLLAMA_API_KEY", path: "/api/chat", type: "application/x-ndjson",
    pieces: [
      ollamaLine("", thinking: "hm"), ollamaLine("Hel"), ollamaLine("lo é😀"),
      ollamaEnd(),
    ])

  static func ollamaLine(_ text: String, thinking: String? = nil) -> String {
    var message: JSONObject = ["role": "assistant", "content": .string(text)]
    message["thinking"] = thinking.map { .string($0) }
    let line: JSONValue = [
      "model": "served-1", "created_at": "2025-10-26T17:21:21.196249Z", "message": .object(message), "done": false,
    ]
    return "\(line)\n"
  }

  static func ollamaEnd(_ reason: String = "stop") -> String {
    let line: JSONValue = [
      "model": "served-1", "created_at": "2025-10-26T17:21:22.196249Z",
      "message": ["role": "assistant", "content": ""], "done": true, "done_reason": .string(reason),
      "total_duration": 4_883_583_458, "load_duration": 1_334_875_000, "prompt_eval_count": 11,
      "prompt_eval_duration": 500_000_000, "eval_count": 7, "eval_duration": 2_000_000_000,
    ]
    return "\(line)\n"
  }
}
