import JSON

extension DataGenerate.Params: Described {
  package static let notes = Notes(
    "Which files to write.",
    [
      "sizes": Note("Rows of each file.", .notEmpty, .elements([.range(1, 1_000_000_000)])),
      "seed": Note("Seed of the events.", .defaultValue(7)),
      "output": Note(
        "Folder for the files, made when it is missing; relative to the server's own.", .defaultValue("data")),
      "codec": Note(
        "How blocks are compressed.", .oneOf(["null", "deflate", "snappy", "zstandard"]), .defaultValue("null")),
      "users": Note("Users to choose from.", .range(1, 1_000_000_000), .defaultValue(50)),
      "minimumDuration": Note(
        "Shortest duration in milliseconds.", .range(-2_147_483_648, 2_147_483_647), .defaultValue(10)),
      "maximumDuration": Note(
        "Longest duration in milliseconds, not below the shortest.", .range(-2_147_483_648, 2_147_483_647),
        .defaultValue(200)),
      "blockBytes": Note("Bytes of a block before compression.", .range(1024, 16_777_216), .defaultValue(65_536)),
    ]
  ).adding(ProgressNotes.workDone)
}

extension DataGenerate.Result: Described {
  package static let notes = Notes("What was written.", ["files": "Each file, in the order of the sizes."])
}

extension DataGenerate.File: Described {
  package static let notes = Notes(
    "One file that was written.",
    [
      "path": "Where it is.",
      "rows": Note("Its events.", .minimum(0)),
      "bytes": Note("Its size in bytes.", .minimum(0)),
      "seconds": Note("Seconds it took.", .minimum(0)),
    ])
}

extension DataProcess.Params: Described {
  package static let notes = Notes(
    "Which file to process, and how.",
    [
      "path": "The Avro file; relative to the server's folder.",
      "threshold": Note("Rows whose value is smaller are left out.", .defaultValue(50)),
      "keyField": Note("Field to group by.", .defaultValue("userId")),
      "valueField": Note("Field to filter by and average.", .defaultValue("duration")),
    ]
  ).adding(ProgressNotes.workDone)
}

extension DataProcess.Result: Described {
  package static let notes = Notes(
    "The groups, and the time they took.",
    [
      "rows": Note("Rows read, those left out included.", .minimum(0)),
      "groups": "Each key with at least one row, by key.",
      "readSeconds": Note("Seconds to read and decompress the file.", .minimum(0)),
      "processSeconds": Note("Seconds to decode, filter, group and average.", .minimum(0)),
      "totalSeconds": Note("Seconds on the clock for both, which overlap.", .minimum(0)),
    ])
}

extension DataProcess.Group: Described {
  package static let notes = Notes(
    "The rows of one key.",
    [
      "id": "The key.", "count": Note("Rows that were not left out.", .minimum(1)),
      "average": "Mean of their values, in the field's own unit.",
    ])
}

extension DataRecords.Params: Described {
  package static let notes = Notes(
    "Which records to give.",
    [
      "path": "The Avro file; relative to the server's folder.",
      "limit": Note("The most records to give.", .range(0, 100_000), .defaultValue(100)),
      "offset": Note("Records to pass over.", .minimum(0), .defaultValue(0)),
    ])
}

extension DataRecords.Result: Described {
  package static let notes = Notes(
    "A page of a file's records.",
    [
      "schema": "The Avro schema as it stands in the file.",
      "codec": "How its blocks are compressed: `null`, `deflate`, `snappy` or `zstandard`.",
      "total": Note("Records in the file.", .minimum(0)),
      "records": "The records as JSON, of the form that the schema says.",
    ])
}
