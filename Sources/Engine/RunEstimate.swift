import Benchmark
import Contract
import Models
import Prices
import Results

/// Foresees what a run takes: its prompts are counted, its answers are taken to be as the same model's were before.
struct RunEstimate {
  let prepared: PreparedRun
  /// What each model did in the same suite before, by reference; none that was not asked.
  let history: [String: AnswerHistory]

  /// Of all prompts of one epoch.
  private struct Prompts {
    var tokens = 0
    /// With answers as long as they may be, by model reference.
    var costAtMost: [String: Money] = [:]
  }

  /// Makes every prompt, which takes a while for large ones: other tasks get their turn between two of them.
  func plan() async throws -> BenchmarkPlan.Result {
    let prompts = try await countPrompts()
    var models: [BenchmarkPlan.ModelPlan] = []
    for client in prepared.models { models.append(plan(of: client, prompts)) }
    return BenchmarkPlan.Result(suite: prepared.suite.descriptor.name, models: models, seconds: seconds(models))
  }

  private func countPrompts() async throws -> Prompts {
    let limit = prepared.request.maximumOutputTokens ?? 0
    var prompts = Prompts()
    for index in prepared.chosen {
      try Task.checkCancellation()
      await Task.yield()
      let messages = try prepared.plan.sample(at: index).messages
      prompts.tokens += TokenEstimator().count(messages)
      let most = WorstCase.promptTokens(messages)
      for client in prepared.models {
        guard let rates = prepared.rates(of: client.reference) else { continue }
        let cost = rates.highestCost(promptTokens: most, completionTokens: limit)
        prompts.costAtMost[client.reference.description, default: .zero] =
          prompts.costAtMost[client.reference.description, default: .zero] + cost
      }
    }
    return prompts
  }

  private func plan(of client: any ModelClient, _ prompts: Prompts) -> BenchmarkPlan.ModelPlan {
    let name = client.reference.description
    let samples = prepared.chosen.count * prepared.epochs
    let limit = prepared.request.maximumOutputTokens
    var plan = BenchmarkPlan.ModelPlan(
      model: name, samples: samples, promptTokens: prompts.tokens * prepared.epochs,
      maximumCompletionTokens: limit.map { $0 * samples })
    let rates = prepared.rates(of: client.reference)
    if rates?.isFree == true {
      (plan.maximumCostUSD, plan.estimatedCostUSD) = (0, 0)
    } else if limit != nil {
      plan.maximumCostUSD = prompts.costAtMost[name].map { ($0 * prepared.epochs).usd }
    }
    guard let history = history[name] else { return plan }
    plan.basedOnAnswers = history.answers
    let each = min(history.completionTokens, limit.map(Double.init) ?? .infinity)
    let completion = Int((each * Double(samples)).rounded(.up))
    plan.estimatedCompletionTokens = completion
    if let rates, samples > 0 {
      let usage = TokenUsage(
        promptTokens: plan.promptTokens / samples, completionTokens: Int(each.rounded(.up)))
      plan.estimatedCostUSD = min((rates.cost(of: usage) * samples).usd, plan.maximumCostUSD ?? .infinity)
    }
    plan.estimatedSeconds = history.latencySeconds.map { seconds(latency: $0, samples, client) }
    return plan
  }

  /// At the concurrency that the run begins with, and no faster than the pace that the user wants.
  private func seconds(latency: Double, _ samples: Int, _ client: any ModelClient) -> Double {
    let width = min(max(1, prepared.request.concurrency ?? client.defaultConcurrency), max(1, samples))
    let paced = prepared.request.requestsPerMinute.map { Double(max(0, samples - 1)) * 60 / $0 } ?? 0
    return max(latency * Double(samples) / Double(width), paced)
  }

  /// Hosted models answer side by side, local ones one after another.
  private func seconds(_ plans: [BenchmarkPlan.ModelPlan]) -> Double? {
    var (hosted, local) = (0.0, 0.0)
    for (plan, client) in zip(plans, prepared.models) {
      guard let seconds = plan.estimatedSeconds else { return nil }
      if client.isLocal { local += seconds } else { hosted = max(hosted, seconds) }
    }
    return max(hosted, local)
  }
}
