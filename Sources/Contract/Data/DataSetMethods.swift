package import JSON

package enum DataDatasets: Method {
  package static let name = "data.datasets"
  package static let summary = "Lists the datasets that questions are asked about, with what their structure allows."
  package typealias Params = Empty

  package struct Result: Codable, Sendable, Equatable {
    package var datasets: [DatasetInfo]

    package init(datasets: [DatasetInfo]) { self.datasets = datasets }
  }
}

package enum DataDataset: Method {
  package static let name = "data.dataset"
  package static let summary = "Gives one dataset with its questions: seeded, of any size, or a file of your own."
  package static let details = """
    The same name, seed and rows give the same data and questions on every machine, and fewer rows are the beginning of \
    more. One of `name` and `path` is given. The datasets whose name begins with `structural-` are damaged when they are \
    written in a format; `value` is what they were before.
    """
  package static let errors: [ServiceError.Kind] = [.fileNotFound, .fileUnreadable, .invalidData]

  package struct Params: Codable, Sendable, Equatable {
    /// A name of `data.datasets`, or of the reference benchmark.
    package var name: String?
    /// A JSON file of your own instead.
    package var path: String?
    /// A file of your own questions to the latter.
    package var questionsPath: String?
    /// Default: as `data.datasets` says.
    package var rows: Int?
    /// Default 12345.
    package var seed: UInt64?
    /// A file of real repositories, for the dataset `repositories`.
    package var repositories: String?

    package init(name: String? = nil, path: String? = nil) {
      self.name = name
      self.path = path
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var dataset: DatasetInfo
    package var value: JSONValue
    package var questions: [DatasetQuestion]

    package init(dataset: DatasetInfo, value: JSONValue, questions: [DatasetQuestion]) {
      self.dataset = dataset
      self.value = value
      self.questions = questions
    }
  }
}

/// What a dataset is.
package struct DatasetInfo: Codable, Sendable, Equatable {
  package var name: String
  package var title: String
  package var rows: Int
  /// `uniform`, `semi-uniform`, `nested` or `deep`.
  package var structure: String
  /// 0…1.
  package var tabularEligibility: Double
  /// 0…1.
  package var tabularValues: Double
  package var csvSupported: Bool
  /// nil for data from a file.
  package var seed: UInt64?
  package var questions: Int
  /// How many questions of each type.
  package var questionTypes: [QuestionTypeCount]

  package init(
    name: String, title: String, rows: Int, structure: String, tabularEligibility: Double, tabularValues: Double,
    csvSupported: Bool, seed: UInt64?, questionTypes: [QuestionTypeCount]
  ) {
    self.name = name
    self.title = title
    self.rows = rows
    self.structure = structure
    self.tabularEligibility = tabularEligibility
    self.tabularValues = tabularValues
    self.csvSupported = csvSupported
    self.seed = seed
    questions = questionTypes.reduce(0) { $0 + $1.count }
    self.questionTypes = questionTypes
  }
}

package struct QuestionTypeCount: Codable, Sendable, Equatable {
  package var type: String
  package var count: Int

  package init(type: String, count: Int) {
    self.type = type
    self.count = count
  }
}

/// A question about a dataset, with its answer.
package struct DatasetQuestion: Codable, Sendable, Equatable {
  package var id: String
  package var type: String
  package var question: String
  package var expected: JSONValue
  package var kind: String
  package var options: ValidateAnswer.Options

  package init(
    id: String, type: String, question: String, expected: JSONValue, kind: String, options: ValidateAnswer.Options
  ) {
    self.id = id
    self.type = type
    self.question = question
    self.expected = expected
    self.kind = kind
    self.options = options
  }
}
