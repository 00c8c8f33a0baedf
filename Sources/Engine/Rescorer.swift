import Benchmark
package import Contract
import Results

/// Judges the stored answers of one run again, page by page, and hands the new verdicts to the store.
struct Rescorer {
  let runId: String
  let plan: any SuitePlan
  let store: ResultStore
  /// nil for a dry run.
  let scoring: PendingScoring?
  let total: Int
  let observer: any RescoreObserver
  /// Answers that are judged at once.
  let width: Int

  /// What came of it.
  struct Tally {
    var rescored = 0
    var flipped = 0
    var flips: [ScoreFlip] = []
    var withoutAnswer = 0
    var skippedSamples = 0
    var skipped: [SkippedSample] = []
    /// Samples that passed, by today's grader where it judged them.
    var passed = 0
    var looked = 0
    var sequence = 0
  }

  private enum Judged: Sendable {
    case withoutAnswer
    case skipped(SkippedSample)
    case verdict(SampleRecord)
  }

  /// So many are told in the result.
  private static let listed = 1000

  /// - Throws: `CancellationError`; ``ServiceError`` of the store.
  func run() async throws -> Tally {
    let ids = plan.sampleIDs.indexed()
    var tally = Tally()
    var hasMore = true
    await observer.advanced(progress(tally))
    while hasMore {
      let page = try await store.samples(runId: runId, afterSequence: tally.sequence, limit: 500)
      hasMore = page.hasMore
      var staged: [(record: SampleRecord, isChanged: Bool)] = []
      for chunk in stride(from: 0, to: page.samples.count, by: width) {
        try Task.checkCancellation()
        let samples = page.samples[chunk..<min(chunk + width, page.samples.count)]
        for (before, judged) in zip(samples, await judge(Array(samples), ids)) {
          try Task.checkCancellation()
          await note(before, judged, &tally, &staged)
        }
        await observer.advanced(progress(tally))
      }
      if let scoring, !staged.isEmpty { try await store.stage(staged, for: scoring) }
    }
    return tally
  }

  private func progress(_ tally: Tally) -> RunProgress {
    var progress = RunProgress(
      runId: runId, completed: tally.looked, total: total, passed: tally.passed, errors: tally.skippedSamples)
    progress.sequence = tally.sequence
    return progress
  }

  private func judge(_ samples: [SampleRecord], _ ids: any SampleIDs) async -> [Judged] {
    await withTaskGroup(of: (Int, Judged).self) { group in
      for (index, sample) in samples.enumerated() {
        group.addTask { (index, await judged(sample, at: ids.index(of: sample.sampleId))) }
      }
      var results: [Judged] = Array(repeating: .withoutAnswer, count: samples.count)
      for await (index, result) in group { results[index] = result }
      return results
    }
  }

  private func judged(_ stored: SampleRecord, at position: Int?) async -> Judged {
    guard stored.response != nil else { return .withoutAnswer }
    func skipped(_ reason: SkippedSample.Reason, _ detail: String) -> Judged {
      .skipped(
        SkippedSample(
          model: stored.model, sampleId: stored.sampleId, epoch: stored.epoch, reason: reason, detail: detail))
    }
    guard let position else { return skipped(.sampleGone, "The suite makes no sample \(stored.sampleId) any more.") }
    let sample: Sample
    do {
      let measure = TokenMeasure(metadata: stored.metadata)
      sample = try measure.map { try plan.sample(at: position, measured: $0) } ?? plan.sample(at: position)
    } catch {
      return skipped(.sampleFailed, "The sample cannot be made: \((error as? ServiceError)?.message ?? "\(error)")")
    }
    guard sample.promptText == stored.prompt else {
      return skipped(.promptChanged, "The suite's prompt for \(stored.sampleId) is not the one that was answered.")
    }
    var record = stored
    record.expected = sample.expected
    await AnswerJudge(plan: plan).judge(&record, sample, cut: AnswerCut(stored: stored))
    guard record.outcome.isScored else { return skipped(.scoringFailed, record.detail ?? "") }
    return .verdict(record)
  }

  private func note(
    _ before: SampleRecord, _ judged: Judged, _ tally: inout Tally,
    _ staged: inout [(record: SampleRecord, isChanged: Bool)]
  ) async {
    tally.looked += 1
    tally.sequence = before.sequence
    switch judged {
    case .withoutAnswer:
      tally.withoutAnswer += 1
    case .skipped(let sample):
      tally.skippedSamples += 1
      if before.outcome == .passed { tally.passed += 1 }
      if tally.skipped.count < Self.listed { tally.skipped.append(sample) }
    case .verdict(let after):
      tally.rescored += 1
      if after.outcome == .passed { tally.passed += 1 }
      staged.append((after, !after.hasSameVerdict(as: before)))
      guard after.outcome != before.outcome || after.score != before.score else { return }
      tally.flipped += 1
      let flip = ScoreFlip(
        model: after.model, sampleId: after.sampleId, epoch: after.epoch, sequence: after.sequence,
        before: before.verdict, after: after.verdict)
      if tally.flips.count < Self.listed { tally.flips.append(flip) }
      await observer.flipped(flip)
    }
  }
}

/// Watches stored answers being judged again. Called by one task at a time.
package protocol RescoreObserver: Sendable {
  func began(_ run: RunSummary, total: Int) async
  func flipped(_ flip: ScoreFlip) async
  func advanced(_ progress: RunProgress) async
}

/// Watches nothing.
package struct SilentRescoreObserver: RescoreObserver {
  package init() {}
  package func began(_ run: RunSummary, total: Int) {}
  package func flipped(_ flip: ScoreFlip) {}
  package func advanced(_ progress: RunProgress) {}
}

extension SampleRecord {
  /// Whether nothing that is kept of a verdict differs but how long programs took.
  fileprivate func hasSameVerdict(as other: SampleRecord) -> Bool {
    func timeless(_ parts: [SamplePart]) -> [SamplePart] {
      parts.map { part in
        var part = part
        part.executionMilliseconds = nil
        return part
      }
    }
    return verdict == other.verdict && expected == other.expected && extracted == other.extracted
      && metrics == other.metrics && timeless(parts) == timeless(other.parts)
  }
}
