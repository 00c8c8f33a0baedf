import JSON
import TestSupport

/// A server of the chat completions API that works the right answer out from the prompt, or does what a test wants.
struct FakeModel: Sendable {
  typealias Reply = @Sendable (_ prompt: String, _ number: Int) -> [TestHTTPServer.Step]

  private let server: TestHTTPServer
  private let counter = Counter()

  init(_ reply: @escaping Reply = { prompt, _ in FakeModel.stream(FakeModel.rightAnswer(to: prompt)) }) throws {
    let counter = counter
    server = try TestHTTPServer { request in
      guard let body = try? JSONParser().parse(request.body) else { return [.response("{}", status: 400)] }
      return reply(body["messages"]?[0]?["content"]?.stringValue ?? "", counter.next())
    }
  }

  var baseURL: String { "\(server.url)/v1" }
  var requests: [TestHTTPServer.Request] { server.requests }
  var prompts: [String] {
    requests.compactMap { try? JSONParser().parse($0.body)["messages"]?[0]?["content"]?.stringValue }
  }
  func sawDisconnects(_ count: Int) async -> Bool { await server.sawDisconnects(count) }

  /// What a run needs to ask this server.
  var options: [String] { ["--model", "local/fake", "--base-url", baseURL] }
}

// MARK: - Responses

extension FakeModel {
  /// A whole streamed answer with its usage.
  static func stream(_ text: String, stop: String = "stop", pauseMilliseconds: Int = 0) -> [TestHTTPServer.Step] {
    let half = text.index(text.startIndex, offsetBy: text.count / 2)
    let usage: JSONValue = ["prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120]
    return [
      .head(), event(delta(String(text[..<half]))), .pause(milliseconds: pauseMilliseconds),
      event(delta(String(text[half...]))),
      event(["choices": [["index": 0, "delta": [:], "finish_reason": .string(stop)]]]),
      event(["choices": [], "usage": usage]), .chunk("data: [DONE]\n\n"), .lastChunk,
    ]
  }

  static func delta(_ text: String) -> JSONValue {
    ["id": "1", "model": "fake", "choices": [["index": 0, "delta": ["content": .string(text)]]]]
  }

  static func event(_ value: JSONValue) -> TestHTTPServer.Step { .chunk("data: \(value)\n\n") }
}

// MARK: - Right answers

extension FakeModel {
  static func rightAnswer(to prompt: String) -> String {
    if prompt.contains("Write TypeScript") { return "```typescript\n\(program)\n```\n" }
    guard let array = prompt.split(separator: "\n").last.flatMap({ try? JSONParser().parse(String($0)).arrayValue })
    else { return "I do not understand." }
    return array.first?["userId"] == nil ? sorted(array) : averages(array)
  }

  private static func sorted(_ list: [JSONValue]) -> String {
    "\(JSONValue.array(list.compactMap(\.intValue).sorted().map { .integer(Int64($0)) }))"
  }

  private static func averages(_ events: [JSONValue]) -> String {
    var durations: [String: [Int]] = [:]
    for event in events {
      guard let user = event["userId"]?.stringValue, let duration = event["duration"]?.intValue, duration >= 50 else {
        continue
      }
      durations[user, default: []].append(duration)
    }
    let rows = durations.sorted { $0.key < $1.key }.map { user, values -> JSONValue in
      let mean = Double(values.reduce(0, +)) / Double(values.count)
      return ["id": .string(user), "avg": .double((mean * 100).rounded() / 100)]
    }
    return "\(JSONValue.array(rows))"
  }

  static let program = """
    const sums: Map<string, { sum: number; count: number }> = new Map();
    for (const event of events) {
      if (event.duration < 50) continue;
      const entry = sums.get(event.userId) ?? { sum: 0, count: 0 };
      entry.sum += event.duration;
      entry.count += 1;
      sums.set(event.userId, entry);
    }
    const result = [...sums.entries()]
      .map(([id, entry]) => ({ id, avg: Math.round((entry.sum / entry.count) * 100) / 100 }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    """
}
