import JSON

extension TokensCount.Params: Described {
  package static let notes = Notes(
    "What to count, and how.",
    [
      "text": "The text; null where a file or a conversation is given.",
      "path": "The file, of any size; relative to the server's folder.",
      "messages": "The conversation.",
      "encoding": Note(
        "How text is cut into tokens; null for the model's own where it is known, else `o200k_base`.",
        .oneOf(["o200k_base", "cl100k_base"])),
      "model": "The model that is to read it, as `PROVIDER/MODEL`; null for none in particular.",
      "specialTokens": Note(
        "What texts such as `<|endoftext|>` are: `text` like any other, as in what people write; `recognized` as one "
          + "token each; or `refused`.",
        .oneOf(["text", "recognized", "refused"]), .defaultValue("text")),
      "includeTokenIds": Note(
        "Whether to give the tokens themselves too, of a text or a file of up to 4 MiB.", .defaultValue(false)),
    ]
  ).adding(ProgressNotes.workDone)
}

extension TokensCount.Message: Described {
  package static let notes = Notes(
    "One message of a conversation.",
    [
      "role": "Who says it: `system`, `user`, `assistant`…",
      "content": "What it says.",
      "name": "The name of who says it; null for none.",
    ])
}

extension TokensCount.Result: Described {
  package static let notes = Notes(
    "How many tokens there are.",
    [
      "tokens": Note("The tokens.", .minimum(0)),
      "encoding": Note("How the text was cut into tokens.", .oneOf(["o200k_base", "cl100k_base"])),
      "isEstimate": """
      Whether the model may count otherwise: its own encoding is another or not known, or the conversation is for a \
      model for which the rule is not published.
      """,
      "bytes": Note("Bytes of the text or file; of a conversation, of its contents.", .minimum(0)),
      "replacedParts": Note("Parts that were not UTF-8 and counted as U+FFFD.", .minimum(0)),
      "tokenIds": "The tokens in their order; null unless asked for.",
    ])
}
