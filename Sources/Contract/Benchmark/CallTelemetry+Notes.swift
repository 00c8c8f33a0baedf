import JSON

extension CallTelemetry: Described {
  package static let notes = Notes(
    "What a provider and its server tell of a call; null is what they do not tell.",
    [
      "cachedPromptTokens": Note("The part of the prompt that came from the provider's cache.", .minimum(0)),
      "cacheWriteTokens": Note("The part of the prompt that was written to it.", .minimum(0)),
      "reasoningTokens": Note("The part of the completion that is reasoning.", .minimum(0)),
      "connectMilliseconds": Note("Milliseconds for name look-up, connection and TLS.", .minimum(0)),
      "loadMilliseconds": Note("Milliseconds that the server spent on loading the model.", .minimum(0)),
      "promptMilliseconds": Note("Milliseconds that it spent on reading the prompt.", .minimum(0)),
      "generationMilliseconds": Note("Milliseconds that it spent on generating.", .minimum(0)),
      "promptTokensPerSecond": Note("Speed of reading, as the server measured it.", .minimum(0)),
      "generationTokensPerSecond": Note(
        "Speed of generating, as the server measured it, else from the first text to the last.", .minimum(0)),
      "servedModel": "The model that answered, in the provider's words.",
      "responseId": "The provider's name for the answer, for asking its support.",
      "omittedParameters": "Parameters that were not sent because the model does not take them, such as `temperature`.",
      "gpu": "What the server's GPUs did meanwhile; null for hosted models, and without a GPU.",
    ])
}
