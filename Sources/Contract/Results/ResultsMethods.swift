package enum ResultsQuery: Method {
  package static let name = "results.query"
  package static let summary = "Lists stored runs, newest first."
  package static let errors = ServiceError.Kind.ofStore

  package struct Params: Codable, Sendable, Equatable {
    package var suite: String?
    package var model: String?
    package var status: RunStatus?
    /// Runs that started at or after this moment.
    package var since: Timestamp?
    /// Runs that started before this moment.
    package var until: Timestamp?
    /// 1…1000, default 50.
    package var limit: Int?
    /// `nextCursor` of the page before.
    package var cursor: String?

    package init() {}
  }

  package struct Result: Codable, Sendable, Equatable {
    package var runs: [RunSummary]
    /// nil on the last page.
    package var nextCursor: String?

    package init(runs: [RunSummary], nextCursor: String?) {
      self.runs = runs
      self.nextCursor = nextCursor
    }
  }
}

package enum ResultsGet: Method {
  package static let name = "results.get"
  package static let summary = "Gives one stored run."
  package static let details = "Also of a run that is under way: its figures so far."
  package static let errors: [ServiceError.Kind] = [.runNotFound] + ServiceError.Kind.ofStore
  package typealias Result = RunSummary

  package struct Params: Codable, Sendable, Equatable {
    /// A run's id, the start of one that no other shares, or `latest`.
    package var runId: String
    package init(runId: String) { self.runId = runId }
  }
}

package enum ResultsSamples: Method {
  package static let name = "results.samples"
  package static let summary = "Gives a run's samples with prompt, answer and verdict, in the order they ended."
  package static let errors: [ServiceError.Kind] = [.runNotFound] + ServiceError.Kind.ofStore

  package struct Params: Codable, Sendable, Equatable {
    package var runId: String
    package var outcome: Outcome?
    package var model: String?
    /// 1…1000, default 100.
    package var limit: Int?
    package var cursor: String?

    package init(runId: String) { self.runId = runId }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var samples: [SampleRecord]
    package var nextCursor: String?

    package init(samples: [SampleRecord], nextCursor: String?) {
      self.samples = samples
      self.nextCursor = nextCursor
    }
  }
}

package enum ReportRender: Method {
  package static let name = "report.render"
  package static let summary = "Renders one run, or several side by side, as a document."
  package static let details = """
    Prompts and answers in it are escaped: whatever stands in them, the document keeps its shape and fetches nothing. \
    One with every sample of a large run is too long for an answer: give a path.
    """
  package static let errors: [ServiceError.Kind] =
    [.runNotFound, .fileUnwritable, .diskFull] + ServiceError.Kind.ofStore

  package struct Params: Codable, Sendable, Equatable {
    package var runIds: [String]
    /// Default `markdown`.
    package var format: ReportFormat?
    /// A file on the server's machine to write instead of answering with the text.
    package var path: String?

    package init(runIds: [String], format: ReportFormat? = nil, path: String? = nil) {
      self.runIds = runIds
      self.format = format
      self.path = path
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var format: ReportFormat
    package var bytes: Int
    package var path: String?
    package var text: String?

    package init(format: ReportFormat, bytes: Int, path: String?, text: String?) {
      self.format = format
      self.bytes = bytes
      self.path = path
      self.text = text
    }
  }
}

package enum ReportFormat: String, Codable, Sendable, CaseIterable {
  case markdown, html, csv, junit, json, jsonl, github
}
