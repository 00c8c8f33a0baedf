import Benchmark
import Contract
import Models

/// Judges an answer that came, the same way whether it came just now or was stored. An answer that is not right and that
/// the model was not let to finish, or whose question it was not given whole, is `truncated`: nobody knows whether it
/// would have been right.
struct AnswerJudge: Sendable {
  let plan: any SuitePlan

  /// Fills in the verdict on the record's response. An answer that cannot be judged here is this machine's failure:
  /// `infrastructureError`.
  func judge(_ record: inout SampleRecord, _ sample: Sample, cut: AnswerCut?) async {
    let answer = record.response ?? ""
    do {
      var score = try await plan.score(answer, of: sample)
      if let cut, score.outcome != .passed {
        score.outcome = .truncated
        score.value = 0
        score.reason = cut.reason.rawValue
        score.detail = cut.detail
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
