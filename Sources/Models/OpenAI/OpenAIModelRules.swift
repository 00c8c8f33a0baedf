/// What OpenAI documents about which of its models take which parameters, and how it refuses one.
///
/// Sources: platform.openai.com/docs/guides/reasoning and …/docs/guides/latest-model, as of 2026-11;
/// platform.openai.com/docs/models for the models of the Responses API alone, as openai-python's `ResponsesModel` of
/// 2026-08-21 lists them. What is missing here costs one refused request: the parameter that it names is left out from
/// then on.
enum OpenAIModelRules {
  /// Parameters of the chat completions API that a model refuses.
  static func refused(by model: String, _ reasoningEffort: String?) -> Set<String> {
    guard isReasoningModel(model) else { return [] }
    var refused: Set<String> = []
    if !takesSampling(model, reasoningEffort) { refused.formUnion(["temperature", "top_p"]) }
    // "Not supported with latest reasoning models o3 and o4-mini."
    if model.hasPrefix("o3") || model.hasPrefix("o4") { refused.insert("stop") }
    return refused
  }

  /// Whether a model is served by the Responses API and not by chat completions.
  static func needsResponses(_ model: String) -> Bool {
    let isPro = model.hasPrefix("o") || model.hasPrefix("gpt-5")
    return (isPro && parts(model).contains("pro")) || parts(model).contains("codex")
      || model.contains("-deep-research") || model.hasPrefix("computer-use-")
  }

  /// The parts of a model's name between its hyphens.
  private static func parts(_ model: String) -> [Substring] { model.split(separator: "-") }

  /// The o series and the gpt-5 family but for its chat variants.
  private static func isReasoningModel(_ model: String) -> Bool {
    if model.hasPrefix("o"), model.dropFirst().first?.isNumber == true { return true }
    return model.hasPrefix("gpt-5") && !parts(model).contains("chat")
  }

  /// From gpt-5.1 on the plain models take temperature and top_p while they do not reason, which is their default.
  private static func takesSampling(_ model: String, _ reasoningEffort: String?) -> Bool {
    guard model.hasPrefix("gpt-5."), reasoningEffort == nil || reasoningEffort == "none" else { return false }
    let suffix = model.dropFirst("gpt-5.".count).drop { $0.isNumber }
    // What may follow is a date; other variants ("-pro", "-codex") always reason.
    return suffix.allSatisfy { $0.isNumber || $0 == "-" }
  }

  /// The parameter that an error names as one that this model does not take. `reasoning.effort` is named by its first
  /// part.
  static func refusal(in details: FailureDetails) -> Refusal? {
    guard ["unsupported_parameter", "unsupported_value"].contains(details.code), let parameter = details.parameter
    else { return nil }
    return .parameter(String(parameter.prefix { $0 != "." }))
  }
}
