import JSON

extension DataCheck.Params: Described {
  package static let notes = Notes(
    "Which dataset to read.", ["path": "A file or a folder, relative to the server's folder."]
  ).adding(ProgressNotes.workDone)
}

extension DataCheck.Result: Described {
  package static let notes = Notes(
    "What the dataset holds, and what is wrong with it.",
    [
      "path": "Where it is.",
      "format": Note("What it is.", .oneOf(["livecodebench", "humaneval", "mbpp", "folder"])),
      "problems": Note("Problems that can be used.", .minimum(0)),
      "kinds": "How many are judged by standard input, a function's result, a script.",
      "firstDate": "The first day of its contests; null where it has no dates.",
      "lastDate": "The last day of them.",
      "excluded": "Problems with known faults, which are left out unless asked for.",
      "errors": Note("What keeps a line or a problem from being used.", .minimum(0)),
      "warnings": Note("What does not.", .minimum(0)),
      "issues": "The first 1000 of both.",
    ])
}

extension DataFetch.Params: Described {
  package static let notes = Notes(
    "What to download, and where to.",
    [
      "dataset": Note("Which dataset.", .oneOf(["livecodebench"])),
      "release": Note(
        "`v6` is all parts up to the sixth, `v4_v5` two parts, `part3` one, `latest` all.", .defaultValue("latest")),
      "output": Note(
        "Folder for the files, made when it is missing; relative to the server's own.",
        .defaultValue("data/livecodebench")),
      "baseURL": "Address of the folder that the files lie in; null for where they are published.",
    ]
  ).adding(ProgressNotes.workDone)
}

extension DataFetch.Result: Described {
  package static let notes = Notes(
    "What is there now.",
    [
      "folder": "The folder, which can be given as a dataset.", "files": "Its files, in the order of the parts.",
      "problems": Note("Problems in all of them.", .minimum(0)),
    ])
}

extension DataFetch.File: Described {
  package static let notes = Notes(
    "One file of a dataset.",
    [
      "path": "Where it is.",
      "bytes": Note("Its size in bytes.", .minimum(0)),
      "downloadedBytes": Note("Bytes that came now; 0 for a file that was there.", .minimum(0)),
      "sha256": "Its SHA-256.",
      "isVerified": "Whether the server named that SHA-256 too.",
      "problems": Note("Problems in it.", .minimum(0)),
    ])
}
