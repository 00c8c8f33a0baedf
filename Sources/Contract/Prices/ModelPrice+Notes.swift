import JSON

extension ModelPrice: Described {
  package static let notes = Notes(
    "What the tokens of a model cost, in US dollars per million.",
    [
      "model": Note(
        "`PROVIDER/MODEL`. A dated version of it, such as `-2026-01-31`, is meant too; with `*` at its end, every model "
          + "that begins so.", .notEmpty),
      "inputUSDPerMillion": Note("Of prompt tokens.", .range(0, 1_000_000)),
      "cachedInputUSDPerMillion": Note(
        "Of prompt tokens that the provider took from its cache; null for as all others.", .range(0, 1_000_000)),
      "cacheWriteUSDPerMillion": Note(
        "Of prompt tokens that the provider wrote to its cache; null for as all others.", .range(0, 1_000_000)),
      "outputUSDPerMillion": Note("Of all that is generated, reasoning included.", .range(0, 1_000_000)),
      "longPrompt": "Instead of these, for a request with a long prompt; null where its length makes no difference.",
      "source": "Where the price was read; null when unknown.",
      "asOf": "The day on which it was read there, as `2026-01-31`; null when unknown.",
    ])
}

extension LongPromptPrice: Described {
  package static let notes = Notes(
    "What all tokens of a request with a long prompt cost, in US dollars per million.",
    [
      "aboveTokens": Note("The longest prompt, in tokens, that has the usual price.", .minimum(1)),
      "inputUSDPerMillion": Note("Of prompt tokens.", .range(0, 1_000_000)),
      "cachedInputUSDPerMillion": Note(
        "Of prompt tokens that the provider took from its cache; null for as all others.", .range(0, 1_000_000)),
      "cacheWriteUSDPerMillion": Note(
        "Of prompt tokens that the provider wrote to its cache; null for as all others.", .range(0, 1_000_000)),
      "outputUSDPerMillion": Note("Of all that is generated, reasoning included.", .range(0, 1_000_000)),
    ])
}
