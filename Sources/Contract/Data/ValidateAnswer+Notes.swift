import JSON

extension ValidateAnswer.Params: Described {
  package static let notes = Notes(
    "An answer, and what it should be.",
    [
      "kind": Note(
        "What kind of value it is.",
        .oneOf(["integer", "number", "boolean", "date", "string", "listOrdered", "listUnordered"])),
      "expected": Note(
        "The right answer: a value of the kind or its text; a list as an array, or with commas.", .schema(true)),
      "actual": Note("The answer to judge, as the model gave it.", .schema(true)),
      "options": "What it may differ in; null for the defaults.",
      "mode": Note("How it is read.", .oneOf(["strict", "lenient"]), .defaultValue("strict")),
    ])
}

extension ValidateAnswer.Options: Described {
  package static let notes = Notes(
    "What an answer may differ in.",
    [
      "tolerance": Note(
        "How far a number may be off where `decimalPlaces` is not given.", .minimum(0), .defaultValue(0.000001)),
      "decimalPlaces": Note(
        "Decimal places that a number was asked for: it may be off by the rounding to them; null for none.",
        .range(0, 15)),
      "caseSensitive": Note("Whether upper and lower case differ.", .defaultValue(false)),
      "allowCurrency": Note("Whether a currency may stand with a number; `strict` alone minds.", .defaultValue(true)),
      "allowPercent": Note("Whether `35%` may be given for 0.35.", .defaultValue(true)),
    ])
}

extension ValidateAnswer.Result: Described {
  package static let notes = Notes(
    "The verdict.",
    [
      "match": "Whether the answer is right.",
      "reason": "Why it is not, in a word such as `severalValues` or `wrongOrder`; null where it is right.",
      "detail": "The same in a sentence; null where it is right.",
      "understood": "What the answer was understood to say; null where it could not be read.",
    ])
}
