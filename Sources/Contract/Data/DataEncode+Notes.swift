import JSON

private let formatNames = ["toon", "json", "json-compact", "yaml", "xml", "csv"]
private let delimiterNames = ["comma", "tab", "pipe"]

extension DataEncode.Params: Described {
  package static let notes = Notes(
    "What to write, and how. The data is one of `value`, `text` and `path`.",
    [
      "format": Note("The form to write.", .oneOf(formatNames)),
      "value": "The data itself.",
      "text": "The data as a text.",
      "path": "A file with the data; relative to the server's folder.",
      "from": Note(
        "The form of the text or the file; null to go by the file's name (`.toon`, `.yaml`, `.yml`, `.xml`, `.csv`), else JSON.",
        .oneOf(formatNames)),
      "strict": Note("Whether everything that the source's form forbids is an error.", .defaultValue(true)),
      "indentation": Note("Spaces a level, of TOON, JSON, YAML (at least 2) and XML.", .range(1, 16), .defaultValue(2)),
      "delimiter": Note(
        "What parts values in TOON and CSV.", .oneOf(delimiterNames), .defaultValue("comma")),
      "sourceIndentation": Note("Spaces a level of a TOON source.", .range(1, 16), .defaultValue(2)),
      "sourceDelimiter": Note("What parts the cells of a CSV source.", .oneOf(delimiterNames), .defaultValue("comma")),
      "output": "A file for the text, replaced if it is there; null to have the text in the result.",
    ])
}

extension DataEncode.Result: Described {
  package static let notes = Notes(
    "What was written.",
    [
      "format": Note("The form of the text.", .oneOf(formatNames)),
      "bytes": Note("The size of the text in UTF-8.", .minimum(0)),
      "text": "The text; null where it went to a file.",
      "path": "The file; null where there is none.",
      "readSeconds": Note("Seconds to read the data.", .minimum(0)),
      "writeSeconds": Note("Seconds to write it.", .minimum(0)),
    ])
}

extension DataDecode.Params: Described {
  package static let notes = Notes(
    "What to read, and how. The data is one of `text` and `path`.",
    [
      "format": Note(
        "The form of the data; null to go by the file's name, which a text has not.", .oneOf(formatNames)),
      "text": "The data as a text.",
      "path": "A file with the data; relative to the server's folder.",
      "strict": Note(
        "Whether everything that the form forbids is an error; else what can be read is read.", .defaultValue(true)),
      "indentation": Note("Spaces a level of TOON.", .range(1, 16), .defaultValue(2)),
      "delimiter": Note("What parts the cells of CSV.", .oneOf(delimiterNames), .defaultValue("comma")),
    ])
}

extension DataDecode.Result: Described {
  package static let notes = Notes(
    "The data.",
    [
      "value": "As JSON, whose objects keep the order of their members.",
      "readSeconds": Note("Seconds to read it.", .minimum(0)),
    ])
}
