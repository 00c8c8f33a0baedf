import Benchmark
import Contract
import JSON
import Models

struct VuePlan: SuitePlan {
  let fixtures: [VueFixture]
  let scorer: VueScorer

  var sampleIDs: [String] { fixtures.map { "fixture=\($0.name)" } }
  var seed: UInt64? { nil }

  func sample(at index: Int) throws -> Sample {
    let fixture = fixtures[index]
    return Sample(
      id: sampleIDs[index], messages: [ChatMessage(.user, fixture.prompt)], expected: .string(fixture.expected),
      metadata: ["fixture": .string(fixture.name)])
  }

  func score(_ answer: String, of sample: Sample) async throws -> Score {
    guard let fixture = fixtures.first(where: { "fixture=\($0.name)" == sample.id }) else {
      return Score(0, reason: "unknownFixture", detail: "There is no fixture of the sample \(sample.id).")
    }
    return try await scorer.score(answer, of: fixture)
  }

  /// A wrong answer that is known to be wrong without being mounted need not be: that takes longest.
  func score(_ reference: ReferenceAnswer) async throws -> Score {
    guard !reference.isRight, scorer.mounts,
      let fixture = fixtures.first(where: { "fixture=\($0.name)" == reference.sample.id })
    else { return try await score(reference.answer, of: reference.sample) }
    let quick = VueScorer(validator: scorer.validator, behaviours: nil)
    let score = try await quick.score(reference.answer, of: fixture)
    return score.outcome == .passed ? try await scorer.score(reference.answer, of: fixture) : score
  }

  /// Every fixture's right answer, and every mutant that can be told from it here.
  func referenceAnswers() throws -> [ReferenceAnswer] {
    try fixtures.indices.flatMap { index -> [ReferenceAnswer] in
      let fixture = fixtures[index]
      let sample = try sample(at: index)
      let fenced = "Here is the component:\n\n```vue\n\(fixture.expected)```\n"
      let mutants = fixture.mutants.filter { scorer.mounts || $0.failsBy != ["behaviour"] }
      return [.right("the expected component", to: sample, fenced)]
        + mutants.map { .wrong($0.name, to: sample, $0.source) }
        + [
          .wrong("the component as it was", to: sample, fixture.input),
          .wrong("no component", to: sample, "I am sorry, I cannot do that."),
        ]
    }
  }
}
