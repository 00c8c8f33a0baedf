import JSON

extension DataDatasets.Result: Described {
  package static let notes = Notes("The datasets.", ["datasets": "Each with the size and seed it has by default."])
}

extension DataDataset.Params: Described {
  package static let notes = Notes(
    "Which dataset to give.",
    [
      "name": "A name of `data.datasets`; null where `path` is given.",
      "path": "A JSON file of your own, relative to the server's folder; null where `name` is given.",
      "questionsPath": """
      A file of questions to the data of `path`: a JSON array, or an object a line, of `{question, expected, kind?, type?, \
      id?, options?}`; null to have them made from the data.
      """,
      "rows": Note("Its records; null for the number that `data.datasets` tells.", .range(1, 1_000_000)),
      "seed": Note("Seed of data and questions.", .defaultValue(12345)),
      "repositories": """
      A file of real repositories for the dataset `repositories`: an array of objects with our names or GitHub's; null for \
      generated stand-ins.
      """,
    ])
}

extension DataDataset.Result: Described {
  package static let notes = Notes(
    "A dataset with its questions.",
    ["dataset": "What it is.", "value": Note("The data.", .schema(true)), "questions": "No two alike."])
}

extension DatasetInfo: Described {
  package static let notes = Notes(
    "What a dataset is.",
    [
      "name": "Its name.", "title": "What it holds.",
      "rows": Note("Its records; of a tree those of its largest collection at the top.", .minimum(1)),
      "structure": Note(
        """
        `uniform`: records of the same plain fields; `semi-uniform`: some records have fields that others lack; `nested`: \
        records with objects or lists in them; `deep`: a tree.
        """, .oneOf(["uniform", "semi-uniform", "nested", "deep"])),
      "tabularEligibility": Note(
        "The share of its collections of records that TOON writes as a table; 0 where it has none.", .fraction),
      "tabularValues": Note("The share of its plain values that stand in such tables.", .fraction),
      "csvSupported": "Whether CSV can hold all of it.", "seed": "What it was made from; null for data from a file.",
      "questions": Note("How many questions there are.", .minimum(0)),
      "questionTypes": "How many of each type; types without any are left out.",
    ])
}

extension QuestionTypeCount: Described {
  package static let notes = Notes(
    "Questions of one type.",
    [
      "type": """
      `field-retrieval`, `aggregation`, `filtering`, `structure-awareness` or `structural-validation`.
      """, "count": Note("How many.", .minimum(1)),
    ])
}

extension DatasetQuestion: Described {
  package static let notes = Notes(
    "A question about a dataset.",
    [
      "id": "The same for the same dataset, seed and rows.", "type": "As in `questionTypes`.", "question": "Its text.",
      "expected": Note("The right answer.", .schema(true)),
      "kind": "What kind of value the answer is, as `validate.answer` takes it.",
      "options": "What an answer may differ in, as `validate.answer` takes it.",
    ])
}
