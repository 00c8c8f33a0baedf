import Benchmark
import Contract
import JSON
import VueValidation

/// Judges an answer to a fixture.
///
/// The score is that of the checks, 0 where the component does not compile, times the share of the behaviour's cases that
/// go as before; a template that was to be kept and is not costs a tenth. Its parts stand beside it.
struct VueScorer: Sendable {
  let validator: VueValidator
  /// nil where components are not mounted.
  let behaviours: BehaviourRunner?

  var mounts: Bool { behaviours != nil }

  /// What the judging itself failed by, which is nobody's wrong answer.
  private struct Unjudged: Error, CustomStringConvertible {
    let description: String
  }

  func score(_ answer: String, of fixture: VueFixture) async throws -> Score {
    let request = fixture.request(answer)
    let result = try await validator.validate(request)
    switch result.status {
    case .unavailable, .crashed: throw Unjudged(description: result.reason ?? result.status.rawValue)
    case .timeout: return unfinished(result)
    case .failed: return failed(result, answer)
    case .ok: break
    }
    var score = compiled(result)
    if let behaviours {
      do throws(any Error) {
        add(try await behaviours.run(fixture.behaviour, on: request), to: &score)
      } catch let error as BehaviourUnavailable {
        switch error {
        case .missing(let reason), .failed(let reason):
          throw Unjudged(description: "The component was not mounted: \(reason)")
        }
      }
    }
    score.extracted = .string(component(answer))
    return score
  }

  private func component(_ answer: String) -> String {
    (try? AnswerComponent.find(in: answer).get().source) ?? answer
  }

  // MARK: - Parts

  private func unfinished(_ result: ValidateVue.Result) -> Score {
    var score = Score(0, reason: "typeCheckLimit", detail: result.reason)
    score.metrics = ["compiles": 0, "checkScore": 0]
    return score
  }

  private func failed(_ result: ValidateVue.Result, _ answer: String) -> Score {
    let first = result.diagnostics.first
    let reason = first?.stage == .extraction ? "noComponent" : "doesNotCompile"
    var score = Score(0, reason: reason, detail: Self.errors(result).joined(separator: "\n"))
    score.metrics = metrics(result)
    score.metrics["compiles"] = 0
    score.parts = [part("compiles", 0, "doesNotCompile", score.detail)] + checkParts(result)
    if reason != "noComponent" { score.extracted = .string(component(answer)) }
    return score
  }

  /// `CODE at LINE:COLUMN: message`, one line each.
  private static func errors(_ result: ValidateVue.Result) -> [String] {
    result.diagnostics.filter(\.own).prefix(20).map { diagnostic in
      let message = diagnostic.message.split(separator: "\n").first.map(String.init) ?? ""
      return "\(diagnostic.code) at \(diagnostic.line):\(diagnostic.column): \(message)"
    }
  }

  private func metrics(_ result: ValidateVue.Result) -> [String: Double] {
    var metrics: [String: Double] = ["checkScore": (result.checkScore ?? 0) / 10]
    if let template = result.template { metrics["templateUnchanged"] = template.unchanged ? 1 : 0 }
    if let naming = result.naming, naming.names > 0 {
      metrics["namesInStyle"] = 1 - Double(naming.violations.count) / Double(naming.names)
    }
    return metrics
  }

  private func compiled(_ result: ValidateVue.Result) -> Score {
    let checks = (result.checkScore ?? 10) / 10
    let isKept = result.template?.unchanged ?? true
    let value = isKept ? checks : checks * 0.9
    let missing = result.checks.first { !$0.passed }
    var score = Score(value)
    if let missing {
      (score.reason, score.detail) = ("checkFailed", "\(missing.id): \(missing.why ?? "")")
    } else if !isKept {
      (score.reason, score.detail) = ("templateChanged", result.template?.differences.first?.message)
    }
    score.metrics = metrics(result)
    score.metrics["compiles"] = 1
    score.parts = [part("compiles", 1, nil, nil)] + checkParts(result)
    if let template = result.template {
      score.parts.append(
        part("template", template.unchanged ? 1 : 0, "templateChanged", template.differences.first?.message))
    }
    return score
  }

  private func add(_ report: BehaviourReport, to score: inout Score) {
    let failure = report.verdicts.first { !$0.passed }
    var whole = Score(score.value * report.share, reason: score.reason, detail: score.detail)
    if let failure, score.reason == nil {
      (whole.reason, whole.detail) = ("behavesDifferently", "\(failure.name): \(failure.why ?? "")")
    }
    whole.metrics = score.metrics.merging(["behaviour": report.share]) { $1 }
    whole.parts =
      score.parts
      + report.verdicts.map { part("behaviour: \($0.name)", $0.passed ? 1 : 0, "behavesDifferently", $0.why) }
    score = whole
  }

  private func checkParts(_ result: ValidateVue.Result) -> [SamplePart] {
    result.checks.map {
      part("check: \($0.id)", $0.passed ? 1 : 0, "checkFailed", $0.why, ["weight": .double($0.weight)])
    }
  }

  private func part(
    _ name: String, _ value: Double, _ reason: String?, _ detail: String?, _ metadata: JSONObject = [:]
  ) -> SamplePart {
    var part = SamplePart(name: name, outcome: value > 0 ? .passed : .failed, score: value, metadata: metadata)
    if value == 0 { (part.reason, part.detail) = (reason, detail) }
    return part
  }
}
