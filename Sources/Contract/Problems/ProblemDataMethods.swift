package import JSON

package enum DataCheck: Method {
  package static let name = "data.check"
  package static let summary = "Reads every problem and test of a dataset of coding problems, and tells what is wrong."
  package static let errors: [ServiceError.Kind] = [.fileNotFound, .fileUnreadable, .invalidData]

  package struct Params: Codable, Sendable, Equatable, ProgressParams {
    package var path: String
    package var workDoneToken: JSONValue?

    package init(path: String) { self.path = path }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var path: String
    /// `livecodebench`, `humaneval`, `mbpp` or `folder`.
    package var format: String
    package var problems: Int
    /// By how they are judged.
    package var kinds: [ReasonCount]
    /// The first and the last day; nil where no problem has one.
    package var firstDate: String?
    package var lastDate: String?
    package var excluded: [ExcludedProblems]
    package var errors: Int
    package var warnings: Int
    /// In the order of files and lines, at most 1000.
    package var issues: [DatasetNote]

    package init(path: String, format: String, problems: Int) {
      self.path = path
      self.format = format
      self.problems = problems
      kinds = []
      excluded = []
      errors = 0
      warnings = 0
      issues = []
    }
  }
}

package enum DataFetch: Method {
  package static let name = "data.fetch"
  package static let summary =
    "Downloads a published dataset, goes on where an earlier download stopped, and checks it."
  package static let details = """
    Files that are there whole are left as they are. A part of a file waits as `NAME.part` and is gone on with.
    """
  package static let errors: [ServiceError.Kind] = [
    .fileUnwritable, .diskFull, .invalidData, .requestFailed, .unsupported,
  ]

  package struct Params: Codable, Sendable, Equatable, ProgressParams {
    /// `livecodebench`.
    package var dataset: String
    /// As in ``ProblemChoice``. Default `latest`.
    package var release: String?
    /// A folder. Default `data/livecodebench`.
    package var output: String?
    /// Where the files lie; nil for where they are published.
    package var baseURL: String?
    package var workDoneToken: JSONValue?

    package init(dataset: String) { self.dataset = dataset }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var folder: String
    package var files: [File]
    package var problems: Int

    package init(folder: String, files: [File], problems: Int) {
      self.folder = folder
      self.files = files
      self.problems = problems
    }
  }

  package struct File: Codable, Sendable, Equatable {
    package var path: String
    package var bytes: Int
    /// 0 for a file that was there.
    package var downloadedBytes: Int
    package var sha256: String
    /// Whether the server gave the SHA-256 and it is this one.
    package var isVerified: Bool
    package var problems: Int

    package init(
      path: String, bytes: Int, downloadedBytes: Int, sha256: String, isVerified: Bool, problems: Int
    ) {
      self.path = path
      self.bytes = bytes
      self.downloadedBytes = downloadedBytes
      self.sha256 = sha256
      self.isVerified = isVerified
      self.problems = problems
    }
  }
}
