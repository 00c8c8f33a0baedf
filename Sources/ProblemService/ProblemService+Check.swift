import CodeProblems
package import Contract
import Threads

extension ProblemService {
  private static let listed = 1000

  /// Reads all of a dataset.
  ///
  /// - Parameter progress: told how many problems of how many were read.
  /// - Throws: ``DatasetError`` where there is no problem at all; `CancellationError`.
  package func check(
    _ params: DataCheck.Params, progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> DataCheck.Result {
    try await BlockingWork.run { checkCancellation in
      let dataset = try ProblemDataset.open(params.path, checkCancellation: checkCancellation)
      let issues = try dataset.check(checkCancellation: checkCancellation) { progress($0, dataset.entries.count) }
      var result = DataCheck.Result(
        path: params.path, format: dataset.format.rawValue, problems: dataset.entries.count)
      result.kinds = ReasonCount.list(dataset.entries.map(\.kind.name))
      let dates = dataset.entries.compactMap(\.date)
      result.firstDate = dates.min()?.day
      result.lastDate = dates.max()?.day
      if dataset.format == .liveCodeBench {
        let faults = dataset.entries.compactMap { entry in Erratum.reason(for: entry).map { ($0, entry.id) } }
        result.excluded = ExcludedProblems.list(Dictionary(grouping: faults, by: \.0).mapValues { $0.map(\.1) })
      }
      result.errors = issues.count { $0.severity == .error }
      result.warnings = issues.count - result.errors
      let sorted = issues.sorted { ($0.path, $0.line ?? 0) < ($1.path, $1.line ?? 0) }
      result.issues = sorted.prefix(Self.listed).map { DatasetNote($0) }
      return result
    }
  }
}
