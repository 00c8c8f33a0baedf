import JSON

/// The models that runs are stored of.
package enum ResultsModels: Method {
  package static let name = "results.models"
  package static let summary = "Lists the models that runs are stored of, the one asked last first."
  package static let errors = ServiceError.Kind.ofStore
  package typealias Params = Empty

  package struct Result: Codable, Sendable, Equatable {
    package var models: [StoredModel]

    package init(models: [StoredModel]) { self.models = models }
  }
}

/// A model with what is stored of it.
package struct StoredModel: Codable, Sendable, Equatable {
  package var model: String
  package var provider: String
  package var runs: Int
  package var suites: [String]
  package var lastRunAt: Timestamp
  /// nil when the price of none of its runs is known.
  package var costUSD: Double?

  package init(model: String, provider: String, runs: Int, suites: [String], lastRunAt: Timestamp, costUSD: Double?) {
    self.model = model
    self.provider = provider
    self.runs = runs
    self.suites = suites
    self.lastRunAt = lastRunAt
    self.costUSD = costUSD
  }
}

extension ResultsModels.Result: Described {
  package static let notes = Notes("The models.", ["models": "Each model once, the one asked last first."])
}

extension StoredModel: Described {
  package static let notes = Notes(
    "A model with what is stored of it.",
    [
      "model": "The model's reference, `PROVIDER/MODEL`.",
      "provider": "The provider, as in `openai`.",
      "runs": Note("How many runs asked it.", .minimum(0)),
      "suites": "The suites of those runs, in the order of their names.",
      "lastRunAt": "When the last of them began.",
      "costUSD": Note("US dollars of those whose price is known; null when there is none.", .minimum(0)),
    ])
}
