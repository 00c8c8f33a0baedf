import JSON

extension ResultsQuery.Params: Described {
  package static let notes = Notes(
    "Which runs to list.",
    [
      "suite": "Only runs of this suite; null for all.",
      "model": "Only runs that asked this model, `PROVIDER/MODEL`; null for all.",
      "status": "Only runs that stand so; null for all.",
      "since": "Only runs that began at this time or later; null for all.",
      "until": "Only runs that began before this time; null for all.",
      "limit": Note("The most runs to give.", .range(1, 1000), .defaultValue(50)),
      "cursor": "`nextCursor` of the page before; null for the first page.",
    ])
}

extension ResultsQuery.Result: Described {
  package static let notes = Notes(
    "A page of runs.",
    ["runs": "The runs, newest first.", "nextCursor": "Asks for the next page as `cursor`; null on the last page."])
}

extension ResultsGet.Params: Described {
  package static let notes = Notes(
    "Which run to give.", ["runId": "The run's id, the unique beginning of one, or `latest`."])
}

extension ResultsSamples.Params: Described {
  package static let notes = Notes(
    "Which samples to give.",
    [
      "runId": "The run's id, the unique beginning of one, or `latest`.",
      "outcome": "Only samples that ended so; null for all.",
      "model": "Only samples of this model, `PROVIDER/MODEL`; null for all.",
      "limit": Note("The most samples to give.", .range(1, 1000), .defaultValue(100)),
      "cursor": "`nextCursor` of the page before; null for the first page.",
    ])
}

extension ResultsSamples.Result: Described {
  package static let notes = Notes(
    "A page of samples.",
    [
      "samples": "The samples, in the order they ended.",
      "nextCursor": "Asks for the next page as `cursor`; null on the last page.",
    ])
}

extension ReportRender.Params: Described {
  package static let notes = Notes(
    "Which runs to render, and how.",
    [
      "runIds": Note(
        "The runs' ids, or unique beginnings of them, or `latest`; several are compared with the first.", .notEmpty),
      "format": Note("How the document is written.", .defaultValue("markdown")),
      "path": "A file on the server's machine that is written; null to have the text in the answer.",
    ])
}

extension ReportRender.Result: Described {
  package static let notes = Notes(
    "The document.",
    [
      "format": "How it is written.", "bytes": "Size of the document in bytes.",
      "path": "The file that was written; null for none.", "text": "The document; null where a file was written.",
    ])
}

extension ReportFormat: Described {
  package static let notes = Notes(
    "How a report is written.",
    [
      "markdown": "Markdown with tables.", "html": "One HTML page with all it needs.", "csv": "One line a sample.",
      "junit": "JUnit XML, for continuous integration.", "json": "JSON.",
      "jsonl": "The samples as JSON, one a line.", "github": "Annotations of a GitHub workflow.",
    ])
}
