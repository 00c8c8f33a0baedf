package enum ResultsExport: Method {
  package static let name = "results.export"
  package static let summary = "Gives whole runs, with every sample, as a document that `results.import` reads."
  package static let details = """
    JSON lines: `{"archive":{format,version,programVersion,exportedAt}}`, then for each run `{"run":{…,"dimension"}}` as \
    `results.get` gives it, its samples as `{"sample":{…}}` in the order of their `sequence`, and \
    `{"end":{"runId","samples"}}`.
    """
  package static let errors: [ServiceError.Kind] =
    [.runNotFound, .fileUnwritable, .diskFull] + ServiceError.Kind.ofStore

  package struct Params: Codable, Sendable, Equatable {
    package var runIds: [String]
    /// A file on the server's machine to write instead of answering with the text.
    package var path: String?

    package init(runIds: [String], path: String? = nil) {
      self.runIds = runIds
      self.path = path
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package struct Run: Codable, Sendable, Equatable {
      package var runId: String
      package var samples: Int

      package init(runId: String, samples: Int) {
        self.runId = runId
        self.samples = samples
      }
    }

    package var runs: [Run]
    package var bytes: Int
    package var path: String?
    /// nil where a file was written.
    package var text: String?

    package init(runs: [Run], bytes: Int, path: String?, text: String?) {
      self.runs = runs
      self.bytes = bytes
      self.path = path
      self.text = text
    }
  }
}

package enum ResultsImport: Method {
  package static let name = "results.import"
  package static let summary =
    "Takes whole runs into the store: an export, or the results file of a LiveCodeBench tracker."
  package static let details = """
    A run is stored whole or not at all, and one that is stored already is left as it is, so that the same file may come \
    twice. A tracker's file is one JSON object, or an array of them, with `model_id`, `run_date`, `sample_size`, `score`, \
    `passed_count`, `total_count`, and optionally tokens, costs, `duration_seconds` and \
    `problems: [{problem_id, passed, error_type, latency_ms}]`.
    """
  package static let errors: [ServiceError.Kind] =
    [.fileNotFound, .fileUnreadable, .invalidData, .serverBusy] + ServiceError.Kind.ofStore

  package struct Params: Codable, Sendable, Equatable {
    /// A file on the server's machine.
    package var path: String?
    /// The document itself, instead of a path.
    package var text: String?
    /// Whether a run takes the place of a stored one with the same id. Default false.
    package var replace: Bool?

    package init(path: String? = nil, text: String? = nil, replace: Bool? = nil) {
      self.path = path
      self.text = text
      self.replace = replace
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package struct Run: Codable, Sendable, Equatable {
      package var runId: String
      package var samples: Int
      package var status: ImportStatus

      package init(runId: String, samples: Int, status: ImportStatus) {
        self.runId = runId
        self.samples = samples
        self.status = status
      }
    }

    package var runs: [Run]

    package init(runs: [Run]) { self.runs = runs }
  }
}

/// What an import did with a run.
package enum ImportStatus: String, Codable, Sendable, CaseIterable {
  case imported, replaced, alreadyStored
}
