import Contract
import JSON
import Prices

/// Whether the budget of a request can be held: the worst case of each of its calls must be known.
struct BudgetCheck {
  let request: RunRequest
  /// By model reference; none for a model whose price is not known.
  let rates: [String: TokenRates]

  /// Members of a provider's request body that change neither how much it answers nor what a token costs. Any other may:
  /// `n`, `max_tokens` under another name, `service_tier`, tools…
  private static let harmlessParameters: Set<String> = [
    "temperature", "top_p", "top_k", "min_p", "typical_p", "seed", "stop", "stop_sequences", "presence_penalty",
    "frequency_penalty", "repeat_penalty", "repetition_penalty", "logit_bias", "response_format", "user", "metadata",
    "grammar", "json_schema", "cache_prompt",
  ]

  /// - Throws: ``ServiceError`` of kind `priceUnknown` or `invalidParams` that says what to do.
  func check() throws(ServiceError) {
    guard !BudgetLimits(request.budget).isEmpty else { return }
    let unknown = request.models.first { rates[$0] == nil }
    if request.budget?.usd != nil, request.allowUnknownPrice != true, let unknown {
      throw ServiceError(
        .priceUnknown,
        "The price of \(unknown) is not known, so a budget in US dollars cannot hold it: give its price with "
          + "--prices FILE (prices), or let it be with --allow-unknown-price (allowUnknownPrice).",
        details: ["model": .string(unknown)])
    }
    let isFree = request.models.allSatisfy { rates[$0]?.isFree ?? true }
    guard request.budget?.tokens != nil || !isFree else { return }
    if request.maximumOutputTokens == nil {
      throw ServiceError(
        .invalidParams,
        "With a budget in US dollars or tokens each answer needs a limit, so that its worst case is known: give one with "
          + "--max-tokens N (maximumOutputTokens).")
    }
    for (name, _) in request.modelOptions?.parameters ?? [:] where !Self.harmlessParameters.contains(name) {
      throw ServiceError(
        .invalidParams,
        "A budget cannot hold calls with the parameter \"\(name)\", which may change how much they answer or cost: leave "
          + "out either.")
    }
  }
}
