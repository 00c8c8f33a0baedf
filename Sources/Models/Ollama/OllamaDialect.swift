import HTTP
import JSON

/// Ollama's own API, method `/api/chat`, with one JSON object a line.
///
/// Sources: github.com/ollama/ollama, docs/api.md ("Generate a chat completion"), docs/api/errors.mdx,
/// docs/api/usage.mdx, docs/capabilities/thinking.mdx, docs/modelfile.mdx (options) and `ChatRequest` in api/types.go,
/// as of 2026-08-21. `truncate` and `shift` are false, so that a prompt that does not fit is an error and an answer
/// that fills the context ends there: otherwise the server drops a part of what the model was asked and says nothing.
struct OllamaDialect: ModelDialect, Equatable {
  func path(for model: String) -> String { "/api/chat" }
  var redundantBaseEnds: [String] { ["/chat", "/api", "/v1"] }
  var baseURLHint: String { "the base URL is what comes before /api" }
  var streamForm: StreamForm { .lines }

  static let hintWhenDown = "start it with 'ollama serve', set OLLAMA_HOST or give --base-url"

  // MARK: - The request

  func body(_ request: ModelRequest, model: String) -> RequestBody {
    var body = RequestBody(object: [
      "model": .string(model),
      "messages": .array(
        request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] }),
      "stream": true, "truncate": false, "shift": false,
    ])
    var options = JSONObject()
    options["temperature"] = request.temperature.map { .double($0) }
    options["top_p"] = request.topP.map { .double($0) }
    options["num_predict"] = request.maximumOutputTokens.map { .integer(Int64($0)) }
    body.outputLimit = request.maximumOutputTokens
    options["seed"] = request.seed.map { .integer(Int64($0 & 0x7FFF_FFFF)) }
    if !request.stop.isEmpty { options["stop"] = .array(request.stop.map { .string($0) }) }
    options["num_ctx"] = request.settings.contextTokens.map { .integer(Int64($0)) }
    if !options.isEmpty { body.object["options"] = .object(options) }
    body.object["think"] = Self.think(request)
    // A number means seconds; as a text it would need a unit.
    body.object["keep_alive"] = request.settings.keepAlive.map { text in
      Int64(text).map { .integer($0) } ?? .string(text)
    }
    body.omitted += request.settings.given(except: .think, .contextTokens, .keepAlive)
    body.add(request.additionalParameters)
    return body
  }

  private static func think(_ request: ModelRequest) -> JSONValue? {
    switch request.settings.think {
    case .on?: .bool(true)
    case .off?: .bool(false)
    case .level(let level)?: .string(level)
    case nil: request.reasoningEffort.map { .string($0) }
    }
  }

  // MARK: - Errors

  /// Errors have a text alone.
  func kind(of details: FailureDetails, status: Int) -> ModelError.Kind? {
    if details.says("try pulling it first") { return .modelNotFound }
    if details.says("server busy", "maximum pending requests") { return .overloaded }
    if details.says("input length exceeds", "prompt is longer than the context") { return .contextTooLong }
    // No later try makes the machine larger.
    if details.says("requires more system memory") { return .unsupported }
    return nil
  }

  func remedy(for kind: ModelError.Kind, model: String) -> String? {
    switch kind {
    case .modelNotFound: "get it with 'ollama pull \(model)', see what is there with 'ollama list'"
    case .unsupported: "take a smaller model or quantisation, or less context with --num-ctx"
    case .contextTooLong: "give it more context with --num-ctx"
    case .overloaded: "ask fewer at once with --concurrency 1"
    default: nil
    }
  }

  // MARK: - The answer

  func take(_ value: JSONValue, eventType: String?, into answer: inout StreamedAnswer) {
    if let error = value["error"], !error.isNull {
      answer.failure = value
      return
    }
    if let model = value["model"]?.stringValue { answer.model = model }
    if let message = value["message"] {
      answer.hasBegun = true
      answer.text += message["content"]?.stringValue ?? ""
      answer.reasoning += message["thinking"]?.stringValue ?? ""
    }
    guard value["done"]?.boolValue == true else { return }
    answer.hasBegun = true
    answer.isFinished = true
    answer.stopReason = Self.stopReason(value["done_reason"]?.stringValue ?? "")
    takeMetrics(value, &answer)
  }

  private static func stopReason(_ word: String) -> StopReason {
    switch word {
    case "stop": .stop
    case "length": .length
    case "": .unknown
    default: .other(word)
    }
  }

  /// "All timing values are measured in nanoseconds."
  private func takeMetrics(_ value: JSONValue, _ answer: inout StreamedAnswer) {
    func seconds(_ name: String) -> Double? {
      value[name]?.doubleValue.flatMap { $0.isFinite && $0 > 0 ? $0 / 1e9 : nil }
    }
    func rate(_ tokens: Int?, _ seconds: Double?) -> Double? {
      guard let tokens, let seconds, tokens > 0 else { return nil }
      return Double(tokens) / seconds
    }
    // Left out where it would be 0, as of an answer without any token.
    let prompt = PartialUsage.count(value["prompt_eval_count"])
    let completion = PartialUsage.count(value["eval_count"])
    answer.usage.promptTokens = prompt
    answer.usage.completionTokens = completion ?? (answer.textBytes == 0 ? 0 : nil)
    answer.timings = ServerTimings(
      loadSeconds: seconds("load_duration"), promptSeconds: seconds("prompt_eval_duration"),
      generationSeconds: seconds("eval_duration"),
      promptTokensPerSecond: rate(prompt, seconds("prompt_eval_duration")),
      generationTokensPerSecond: rate(completion, seconds("eval_duration")))
  }
}
