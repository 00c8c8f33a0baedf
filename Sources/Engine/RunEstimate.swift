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
  /// Where answers may lie that need not be asked; nil where none are looked for.
  let store: ResultStore?

  /// What one model is sent.
  private struct Prompts {
    /// Answers that the cache has.
    var cached = 0
    var tokens = 0
    /// With answers as long as they may be.
    var costAtMost = Money.zero
  }

  /// Makes every prompt, which takes a while for large ones: other tasks get their turn between two of them.
  func plan() async throws -> BenchmarkPlan.Result {
    let prompts = try await countPrompts()
    let models = zip(prepared.models, prompts).map { plan(of: $0, $1) }
    return BenchmarkPlan.Result(suite: prepared.suite.descriptor.name, models: models, seconds: seconds(models))
  }

  /// Of each model, in the order of the request.
  private func countPrompts() async throws -> [Prompts] {
    let limit = prepared.request.maximumOutputTokens ?? 0
    var prompts = prepared.models.map { _ in Prompts() }
    for index in prepared.chosen {
      try Task.checkCancellation()
      await Task.yield()
      let sample = try prepared.plan.sample(at: index)
      let tokens = TokenEstimator().count(sample.messages)
      let most = WorstCase.promptTokens(sample.messages)
      for (position, client) in prepared.models.enumerated() {
        let cached = try await cachedEpochs(of: sample, client)
        let asked = prepared.epochs - cached
        prompts[position].cached += cached
        prompts[position].tokens += tokens * asked
        guard let rates = prepared.rates(of: client.reference) else { continue }
        let cost = rates.highestCost(promptTokens: most, completionTokens: limit)
        prompts[position].costAtMost = prompts[position].costAtMost + cost * asked
      }
    }
    return prompts
  }

  private func cachedEpochs(of sample: Sample, _ client: any ModelClient) async throws -> Int {
    guard let store, prepared.request.cache == .read else { return 0 }
    let cache = AnswerCache(mode: .read, suite: prepared.suite.descriptor.name, client: client, store: store)
    let request = prepared.modelRequest(for: sample)
    var count = 0
    for epoch in 1...prepared.epochs {
      if try await cache.answer(to: request, CallIdentity(sampleID: sample.id, epoch: epoch)) != nil { count += 1 }
    }
    return count
  }

  private func plan(of client: any ModelClient, _ prompts: Prompts) -> BenchmarkPlan.ModelPlan {
    let name = client.reference.description
    let total = prepared.chosen.count * prepared.epochs
    let samples = total - prompts.cached
    let limit = prepared.request.maximumOutputTokens
    var plan = BenchmarkPlan.ModelPlan(
      model: name, samples: total, promptTokens: prompts.tokens, maximumCompletionTokens: limit.map { $0 * samples })
    plan.cachedSamples = prompts.cached
    let rates = prepared.rates(of: client.reference)
    if rates?.isFree == true {
      (plan.maximumCostUSD, plan.estimatedCostUSD) = (0, 0)
    } else if limit != nil, rates != nil {
      plan.maximumCostUSD = prompts.costAtMost.usd
    }
    guard let history = history[name] else { return plan }
    plan.basedOnAnswers = history.answers
    let each = min(history.completionTokens, limit.map(Double.init) ?? .infinity)
    let completion = Int((each * Double(samples)).rounded(.up))
    plan.estimatedCompletionTokens = completion
    if let rates {
      let usage = TokenUsage(
        promptTokens: plan.promptTokens / max(1, samples), completionTokens: Int(each.rounded(.up)))
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
