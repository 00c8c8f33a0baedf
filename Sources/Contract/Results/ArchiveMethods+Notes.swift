import JSON

extension ResultsExport.Params: Described {
  package static let notes = Notes(
    "Which runs to export, and where to.",
    [
      "runIds": Note("The runs' ids, or unique beginnings of them, or `latest`.", .notEmpty),
      "path": "A file on the server's machine that is written; null to have the text in the answer.",
    ])
}

extension ResultsExport.Result: Described {
  package static let notes = Notes(
    "What was exported.",
    [
      "runs": "The runs, in the order asked for.",
      "bytes": "Size of the document in bytes.",
      "path": "The file that was written; null for none.",
      "text": "The document; null where a file was written.",
    ])
}

extension ResultsExport.Result.Run: Described {
  package static let notes = Notes(
    "One run that was exported.", ["runId": "Its id.", "samples": "How many samples it has."])
}

extension ResultsImport.Params: Described {
  package static let notes = Notes(
    "What to import: `path` or `text`.",
    [
      "path": "A file on the server's machine; null where `text` is given.",
      "text": "The document itself; null where `path` is given.",
      "replace": Note("Whether a run takes the place of a stored one with the same id.", .defaultValue(false)),
    ])
}

extension ResultsImport.Result: Described {
  package static let notes = Notes("What was imported.", ["runs": "The runs, in the order of the document."])
}

extension ResultsImport.Result.Run: Described {
  package static let notes = Notes(
    "One run of the document.",
    ["runId": "Its id.", "samples": "How many samples it has.", "status": "What was done with it."])
}

extension ImportStatus: Described {
  package static let notes = Notes(
    "What an import did with a run.",
    [
      "imported": "It was stored.", "replaced": "It took the place of a run with the same id.",
      "alreadyStored": "The store has it already, and was left as it is.",
    ])
}
