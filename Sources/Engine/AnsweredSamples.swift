import Benchmark
import Contract
import Models
import Results

/// Which calls of a resumed run need not be made again: a bit for each, where there is any near it.
struct AnsweredSamples: Sendable {
  private static let pageBits = 1 << 15

  private(set) var count = 0
  private(set) var passed = 0
  private(set) var errors = 0
  /// By model and the number of the call; a page without a bit is empty.
  private var pages: [[[UInt64]]] = []

  /// - Parameter call: the rank of the sample among those chosen, times the epochs, and the epoch less 1.
  func contains(model: Int, call: Int) -> Bool {
    guard pages.indices.contains(model), call >= 0, call / Self.pageBits < pages[model].count else { return false }
    let page = pages[model][call / Self.pageBits]
    return !page.isEmpty && page[call % Self.pageBits / 64] & 1 << UInt64(call % 64) != 0
  }

  fileprivate mutating func insert(model: Int, call: Int, _ outcome: Outcome) {
    guard !contains(model: model, call: call) else { return }
    while pages.count <= model { pages.append([]) }
    let page = call / Self.pageBits
    while pages[model].count <= page { pages[model].append([]) }
    if pages[model][page].isEmpty { pages[model][page] = Array(repeating: 0, count: Self.pageBits / 64) }
    pages[model][page][call % Self.pageBits / 64] |= 1 << UInt64(call % 64)
    count += 1
    if outcome == .passed { passed += 1 }
    if outcome == .infrastructureError { errors += 1 }
  }
}

extension ResultStore {
  /// Reads what a run has, row by row. What belongs to no call of the run is passed over.
  ///
  /// - Parameter retriesErrors: whether samples without a verdict are to be asked again.
  /// - Throws: `runNotFound`, `storeUnavailable`.
  func answeredSamples(
    runId: String, of run: PreparedRun, retriesErrors: Bool
  ) async throws(ServiceError) -> AnsweredSamples {
    let names = run.models.map(\.reference.description)
    let models = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    let ids = run.plan.sampleIDs.indexed()
    let (chosen, epochs) = (run.chosen, run.epochs)
    return try await reduceOutcomes(runId: runId, into: AnsweredSamples()) { answered, sample in
      guard !retriesErrors || sample.outcome.isScored, let model = models[sample.model],
        (1...epochs).contains(sample.epoch), let rank = ids.index(of: sample.sampleId).flatMap(chosen.rank(of:))
      else { return }
      answered.insert(model: model, call: rank * epochs + sample.epoch - 1, sample.outcome)
    }
  }
}
