package import Contract

/// Makes the summaries of a run's models from its samples, one at a time. The epochs of a sample
/// come one after another.
package struct RunSummarizer: Sendable {
  private var models: [ModelSummarizer]
  private var positions: [String: Int]
  private let dimension: String?
  private let plannedPerModel: Int
  private let reduced: ReducedTally?

  /// - Parameters:
  ///   - models: the run's models in the order that they are shown; one that only a sample names comes after them.
  ///   - dimension: the metadata key by which results are grouped.
  ///   - plannedPerModel: samples times epochs; what is not there counts as missing.
  ///   - request: says how epochs are reduced.
  package init(models: [String], dimension: String?, plannedPerModel: Int, request: RunRequest? = nil) {
    reduced = request.flatMap { ReducedTally($0) }
    self.dimension = dimension
    self.plannedPerModel = plannedPerModel
    self.models = []
    positions = [:]
    for model in models { _ = position(of: model) }
  }

  package mutating func add(_ record: SampleRecord) { models[position(of: record.model)].add(record) }

  /// Ends a pass over the samples; the first is that of ``add(_:)``.
  ///
  /// - Returns: whether ``addLatency(_:of:)`` is to be called with all of them again, since they are too many for their
  ///   median to be known yet. Without, it is about right.
  mutating func endPass() -> Bool {
    for index in models.indices { models[index].endPass() }
    return models.contains(where: \.wantsLatencies)
  }

  mutating func addLatency(_ milliseconds: Double?, of model: String) {
    models[position(of: model)].addLatency(milliseconds)
  }

  package func summaries() -> [ModelSummary] { models.map { $0.summary() } }

  private mutating func position(of model: String) -> Int {
    if let position = positions[model] { return position }
    positions[model] = models.count
    models.append(ModelSummarizer(model: model, dimension: dimension, planned: plannedPerModel, reduced: reduced))
    return models.count - 1
  }
}
