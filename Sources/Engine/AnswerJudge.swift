import Benchmark
import Contract
import Models

/// Judges an answer that came, the same way whether it came just now or was stored.
struct AnswerJudge: Sendable {
  let plan: any SuitePlan

  /// Fills in the verdict on the record's response. An answer that cannot be judged here is this machine's failure:
  /// `infrastructureError`.
  func judge(_ record: inout SampleRecord, _ sample: Sample) async {
    let answer = record.response ?? ""
    let wasCut = record.stopReason == StopReason.length.rawValue
    do {
      var score = try await plan.score(answer, of: sample)
      if wasCut, score.outcome != .passed {
        score.outcome = .truncated
        score.value = 0
        score.reason = "truncated"
        score.detail = "The answer ended at the token limit; raise the limit with --max-tokens."
      } else if score.outcome != .passed, answer.allSatisfy(\.isWhitespace) {
        score.reason = "emptyAnswer"
        score.detail = "The model answered with nothing."
      }
      record.take(score)
    } catch {
      record.outcome = .infrastructureError
      record.score = nil
      record.reason = "scoringFailed"
      record.detail = (error as? ServiceError)?.message ?? "The answer could not be judged: \(error)"
    }
  }
}

extension SampleRecord {
  fileprivate mutating func take(_ score: Score) {
    outcome = score.outcome
    self.score = score.value
    reason = score.reason
    detail = score.detail
    extracted = score.extracted
    metrics = score.metrics
    parts = score.parts
  }
}
