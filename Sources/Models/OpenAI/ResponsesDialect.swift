import HTTP
import JSON

/// OpenAI's Responses API.
///
/// Sources: platform.openai.com/docs/api-reference/responses (create, object) and …/responses-streaming, as of 2026-11,
/// and openai-python's `types/responses` of 2026-08-21. It knows no seed and no stop texts. Nothing is kept at the
/// provider (`store` is false). llama.cpp's server speaks it too, but calls an answer that was cut off completed.
struct ResponsesDialect: ModelDialect, Equatable {
  let rules: ChatDialect.Rules
  private(set) var defaultLength: Int?
  private(set) var refusedParameters: Set<String> = []

  init(rules: ChatDialect.Rules, defaultLength: Int? = nil) {
    self.rules = rules
    self.defaultLength = defaultLength
  }

  func path(for model: String) -> String { "/responses" }
  var redundantBaseEnds: [String] { ["/responses", "/chat/completions"] }
  var baseURLHint: String { "a base URL usually ends in /v1, and not every server has the Responses API" }
  func rateLimit(_ headers: HTTPHeaders) -> RateLimitStatus? { RateLimitStatus(openAI: headers) }

  // MARK: - The request

  func body(_ request: ModelRequest, model: String) -> RequestBody {
    var body = RequestBody(object: [
      "model": .string(model),
      "input": .array(request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] }),
      "stream": true, "store": false,
    ])
    let effort = Self.effort(request)
    var refused = refusedParameters.union(["seed", "stop"])
    if rules == .openAI {
      refused.formUnion(OpenAIModelRules.refused(by: model, effort).intersection(["temperature", "top_p"]))
    }
    body.set("temperature", request.temperature.map { .double($0) }, unless: refused)
    body.set("top_p", request.topP.map { .double($0) }, unless: refused)
    let length = request.maximumOutputTokens ?? defaultLength
    body.set("max_output_tokens", length.map { .integer(Int64($0)) }, unless: refused)
    body.outputLimit = length
    body.set("seed", request.seed.map { _ in .null }, unless: refused)
    body.set("stop", request.stop.isEmpty ? nil : .null, unless: refused)
    body.set("reasoning", effort.map { ["effort": .string($0)] }, unless: refused)
    if request.settings.think == .on { body.omitted.append("think") }
    body.omitted += request.settings.given(except: .think)
    body.add(request.additionalParameters)
    return body
  }

  private static func effort(_ request: ModelRequest) -> String? {
    switch request.settings.think {
    case _ where request.reasoningEffort != nil: request.reasoningEffort
    case .level(let level)?: level
    case .off?: "none"
    default: nil
    }
  }

  func refusal(in details: FailureDetails) -> Refusal? { OpenAIModelRules.refusal(in: details) }

  func accepting(_ refusal: Refusal) -> (any ModelDialect)? {
    guard case .parameter(let name) = refusal,
      ["temperature", "top_p", "max_output_tokens", "reasoning"].contains(name)
    else { return nil }
    var dialect = self
    return dialect.refusedParameters.insert(name).inserted ? dialect : nil
  }

  /// The codes of an `error` event and of a response whose status is `failed`.
  func kind(of details: FailureDetails, status: Int) -> ModelError.Kind? {
    switch details.code {
    case "rate_limit_exceeded": .rateLimited
    case "server_error": .serverError
    case "server_is_overloaded", "slow_down": .overloaded
    case "bio_policy", "image_content_policy_violation": .contentFiltered
    default: nil
    }
  }

  // MARK: - The answer

  func take(_ value: JSONValue, eventType: String?, into answer: inout StreamedAnswer) {
    // An event repeats its type in the data; a whole response is an object of its own.
    let type = value["type"]?.stringValue ?? eventType ?? ""
    if let timings = value["timings"] { answer.timings.take(llamaServer: timings) }
    switch type {
    case "response.output_text.delta": add(value["delta"], to: \.text, &answer)
    case "response.refusal.delta": add(value["delta"], to: \.refusal, &answer)
    case "response.reasoning_text.delta", "response.reasoning_summary_text.delta":
      add(value["delta"], to: \.reasoning, &answer)
    case "error": answer.failure = value
    case _ where value["response"] != nil: take(response: value["response"] ?? .null, &answer)
    case _ where value["object"]?.stringValue == "response": take(response: value, &answer)
    default: if let error = value["error"], !error.isNull { answer.failure = value }
    }
  }

  private func add(
    _ delta: JSONValue?, to text: WritableKeyPath<StreamedAnswer, String>, _ answer: inout StreamedAnswer
  ) {
    answer[keyPath: text] += delta?.stringValue ?? ""
    answer.hasBegun = true
  }

  private func take(response: JSONValue, _ answer: inout StreamedAnswer) {
    if let id = response["id"]?.stringValue { answer.id = id }
    if let model = response["model"]?.stringValue, !model.isEmpty { answer.model = model }
    if let usage = response["usage"], usage["output_tokens"] != nil { take(usage: usage, &answer.usage) }
    switch response["status"]?.stringValue {
    case "completed": finish(response, .stop, &answer)
    case "incomplete":
      switch response["incomplete_details"]?["reason"]?.stringValue {
      case "max_output_tokens": finish(response, .length, &answer)
      case "content_filter": finish(response, .contentFilter, &answer)
      case let reason: finish(response, reason.map(StopReason.other) ?? .unknown, &answer)
      }
    case "failed", "cancelled": answer.failure = response
    default: break
    }
  }

  private func finish(_ response: JSONValue, _ reason: StopReason, _ answer: inout StreamedAnswer) {
    if answer.textBytes == 0 { takeOutput(response["output"], &answer) }
    answer.stopReason = reason
    // llama.cpp's server completes a response also at the limit.
    if rules == .compatible, reason == .stop, let limit = answer.outputLimit,
      let tokens = answer.usage.completionTokens, tokens >= limit
    {
      answer.stopReason = .length
    }
    answer.hasBegun = true
    answer.isFinished = true
  }

  /// The texts of a response that was not streamed.
  private func takeOutput(_ output: JSONValue?, _ answer: inout StreamedAnswer) {
    for item in output?.arrayValue ?? [] {
      for part in (item["content"]?.arrayValue ?? []) + (item["summary"]?.arrayValue ?? []) {
        let text = part["text"]?.stringValue ?? ""
        switch part["type"]?.stringValue {
        case "output_text": answer.text += text
        case "refusal": answer.refusal += part["refusal"]?.stringValue ?? ""
        case "reasoning_text", "summary_text": answer.reasoning += text
        default: break
        }
      }
    }
  }

  private func take(usage value: JSONValue, _ usage: inout PartialUsage) {
    usage = PartialUsage(
      promptTokens: PartialUsage.count(value["input_tokens"]),
      completionTokens: PartialUsage.count(value["output_tokens"]),
      cachedPromptTokens: PartialUsage.count(value["input_tokens_details"]?["cached_tokens"]),
      cacheWriteTokens: PartialUsage.count(value["input_tokens_details"]?["cache_write_tokens"]),
      reasoningTokens: PartialUsage.count(value["output_tokens_details"]?["reasoning_tokens"]))
  }
}
