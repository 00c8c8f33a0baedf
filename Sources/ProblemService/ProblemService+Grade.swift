import CodeGrading
import CodeProblems
package import Contract
import Execution
import JSON
import Threads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ProblemService {
  /// Judges answers.
  ///
  /// - Parameters:
  ///   - progress: told how many answers of how many are judged, and how many of these passed.
  ///   - each: told every result as it comes.
  /// - Throws: ``ServiceError``, ``DatasetError``, ``ExecutionError``, `CancellationError`.
  package func grade(
    _ params: CodeGrade.Params, progress: @escaping @Sendable (Int, Int, Int) -> Void,
    _ each: @escaping @Sendable (GradedAnswer) async -> Void
  ) async throws -> CodeGrade.Result {
    let request = try GradeRequest(params)
    let clock = ContinuousClock()
    let start = clock.now
    let (dataset, answers) = try await BlockingWork.run { checkCancellation in
      (
        try ProblemDataset.open(params.dataset, checkCancellation: checkCancellation),
        try request.answers(checkCancellation: checkCancellation)
      )
    }
    let chosen = try request.selection.choose(from: dataset)
    var report = GradeReport(dataset: dataset, chosen: chosen, answers: answers, request: request)
    let executor = try await executor()
    let calibration = try await executor.calibrate(rounds: 3)
    report.calibrate(calibration)
    var options = request.options
    options.limits = calibration.scaled(options.limits)
    let grader = AnswerSetGrader(
      dataset: dataset, grader: CodeGrader(executor: executor, options: options),
      extraction: request.extraction, width: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    progress(0, report.expected, 0)
    let results = AsyncStream.makeStream(of: AnswerSetGrader.Result.self)
    let work = Task {
      defer { results.continuation.finish() }
      try await grader.grade(answers, problems: chosen.chosen) { results.continuation.yield($0) }
    }
    try await withTaskCancellationHandler {
      for await result in results.stream {
        await each(report.add(result))
        progress(report.judged, report.expected, report.passed)
      }
      try await work.value
    } onCancel: {
      work.cancel()
    }
    try report.export(dataset, answers)
    let seconds = (clock.now - start).components
    return report.result(seconds: Double(seconds.seconds) + Double(seconds.attoseconds) / 1e18)
  }
}
