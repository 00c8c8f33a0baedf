import Contract
import JSON
import JSONRPC
import ProblemService

struct ProblemHandlers: Sendable {
  let service: ProblemService

  func register(in registry: inout MethodRegistry) {
    registry.register(CodeGrade.self, grade)
    registry.register(DataCheck.self, check)
    registry.register(DataFetch.self, fetch)
  }

  @Sendable private func grade(
    _ params: CodeGrade.Params, _ request: RequestContext
  ) async throws -> CodeGrade.Result {
    request.progress.begin(title: "Judging answers to \(params.dataset)", percentage: 0)
    return try await service.grade(params) { judged, total, passed in
      request.progress.report(
        message: "\(judged) of \(total) answers, \(passed) passed", percentage: Self.percentage(judged, of: total))
    } _: { result in
      guard request.partialResults.isWanted, let value = try? JSONValueEncoder().encode(result) else { return }
      await request.partialResults.send(value)
    }
  }

  @Sendable private func check(
    _ params: DataCheck.Params, _ request: RequestContext
  ) async throws -> DataCheck.Result {
    request.progress.begin(title: "Reading \(params.path)", percentage: 0)
    return try await service.check(params) { done, total in
      request.progress.report(message: "\(done) of \(total) problems", percentage: Self.percentage(done, of: total))
    }
  }

  @Sendable private func fetch(
    _ params: DataFetch.Params, _ request: RequestContext
  ) async throws -> DataFetch.Result {
    request.progress.begin(title: "Downloading \(params.dataset)", percentage: 0)
    return try await service.fetch(params) { name, done, total in
      request.progress.report(
        message: "\(name): \(done >> 20) of \(total.map { "\($0 >> 20)" } ?? "?") MiB",
        percentage: total.map { Self.percentage(done, of: $0) })
    }
  }

  private static func percentage(_ done: Int, of total: Int) -> Double {
    total > 0 ? min(100, 100 * Double(done) / Double(total)) : 100
  }
}
