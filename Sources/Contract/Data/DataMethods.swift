package import JSON

package enum DataGenerate: Method {
  package static let name = "data.generate"
  package static let summary = "Writes Avro files of seeded random events."
  package static let details = """
    The files are named `events-SIZE.avro`, as in `events-1k.avro`; ones that are there are replaced. The same seed \
    gives the same events, and a smaller file is the beginning of a larger one.
    """
  package static let errors: [ServiceError.Kind] = [.fileUnwritable, .diskFull]

  package struct Params: Codable, Sendable, Equatable, ProgressParams {
    /// Rows of each file, 1…10^9.
    package var sizes: [Int]
    /// Default 7.
    package var seed: UInt64?
    /// Folder for the files; made when it is missing. Default `data`.
    package var output: String?
    /// `null` (default), `deflate`, `snappy` or `zstandard`.
    package var codec: String?
    /// Users to choose from. Default 50.
    package var users: Int?
    /// Milliseconds. Defaults 10 and 200, both included.
    package var minimumDuration: Int?
    package var maximumDuration: Int?
    /// Bytes of a block before compression. Default 65 536.
    package var blockBytes: Int?
    package var workDoneToken: JSONValue?

    package init(sizes: [Int]) { self.sizes = sizes }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var files: [File]
    package init(files: [File]) { self.files = files }
  }

  package struct File: Codable, Sendable, Equatable {
    package var path: String
    package var rows: Int
    package var bytes: Int
    package var seconds: Double

    package init(path: String, rows: Int, bytes: Int, seconds: Double) {
      self.path = path
      self.rows = rows
      self.bytes = bytes
      self.seconds = seconds
    }
  }
}

package enum DataProcess: Method {
  package static let name = "data.process"
  package static let summary = "Filters an Avro file by a threshold, groups it by a key and averages a value."
  package static let errors: [ServiceError.Kind] = [.fileNotFound, .fileUnreadable, .invalidData]

  package struct Params: Codable, Sendable, Equatable, ProgressParams {
    package var path: String
    /// Rows with a smaller value are left out. Default 50.
    package var threshold: Double?
    /// Default `userId`.
    package var keyField: String?
    /// Default `duration`.
    package var valueField: String?
    package var workDoneToken: JSONValue?

    package init(path: String) { self.path = path }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var rows: Int
    package var groups: [Group]
    /// Time to read and decompress the file.
    package var readSeconds: Double
    /// Time to decode, filter, group and average.
    package var processSeconds: Double
    /// Wall time of both, which overlap.
    package var totalSeconds: Double

    package init(rows: Int, groups: [Group], readSeconds: Double, processSeconds: Double, totalSeconds: Double) {
      self.rows = rows
      self.groups = groups
      self.readSeconds = readSeconds
      self.processSeconds = processSeconds
      self.totalSeconds = totalSeconds
    }
  }

  package struct Group: Codable, Sendable, Equatable {
    package var id: String
    package var count: Int
    package var average: Double

    package init(id: String, count: Int, average: Double) {
      self.id = id
      self.count = count
      self.average = average
    }
  }
}

package enum DataRecords: Method {
  package static let name = "data.records"
  package static let summary = "Gives records of an Avro file as JSON, with its schema and codec."
  package static let errors: [ServiceError.Kind] = [.fileNotFound, .fileUnreadable, .invalidData]

  package struct Params: Codable, Sendable, Equatable {
    package var path: String
    /// Default 100.
    package var limit: Int?
    package var offset: Int?

    package init(path: String, limit: Int? = nil, offset: Int? = nil) {
      self.path = path
      self.limit = limit
      self.offset = offset
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var schema: JSONValue
    package var codec: String
    package var total: Int
    package var records: [JSONValue]

    package init(schema: JSONValue, codec: String, total: Int, records: [JSONValue]) {
      self.schema = schema
      self.codec = codec
      self.total = total
      self.records = records
    }
  }
}
