import JSON

extension ModelSettings: Described {
  package static let notes = Notes(
    "How models are asked, beyond temperature and length. A setting that no model of the run knows is refused.",
    [
      "api": Note(
        "`chat` or `responses` of `openai/`; also `messages` of `local/` and `openai-compatible/`. Null for the usual one: "
          + "`responses` of OpenAI's models that have no other, else `chat`.", .notEmpty),
      "reasoningEffort": Note(
        "How much a reasoning model reasons, in its provider's word: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, "
          + "`max`. Null for the model's own.", .notEmpty),
      "think": Note(
        "Whether a model thinks first: `on`, `off`, or a level in its provider's word. Null for the model's own.",
        .notEmpty),
      "thinkingTokens": Note(
        "The most tokens to think with, of `anthropic/` and `google/`; 0 for none. Null for the model's own.",
        .range(0, 10_000_000)),
      "numCtx": Note(
        "Tokens of context that an `ollama/` model is loaded with; null for the server's own, often 4096.",
        .range(1, 100_000_000)),
      "keepAlive": Note(
        "How long an `ollama/` model stays loaded: `5m`, `1h30m`, seconds, `-1` for ever; null for the server's own.",
        .notEmpty),
      "topP": Note("Nucleus sampling; null for the provider's own.", .range(0, 1)),
      "parameters": Note(
        "Members for the provider's own request body, beyond or instead of what llmbench sends; those of an object are added "
          + "to it. Stored with the run, so no place for secrets. Null for none."),
    ])
}
