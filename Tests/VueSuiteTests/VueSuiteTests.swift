import Benchmark
import Contract
import Execution
import JSON
import Testing
import VueSuite
import VueValidation

/// The suite on this machine, with one compiler for all tests.
private let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
private let validator = VueValidator(environment: environment)
private let suite = VueSuite(
  validator: validator,
  behaviours: BehaviourRunner(validator: validator, environment: environment) {
    () async throws(ExecutionError) in try await CodeExecutor.detect(environment: environment)
  })

private func makePlan(_ options: JSONObject) async throws -> any SuitePlan {
  try await suite.plan(options: SuiteOptions(options, for: suite.descriptor))
}

@Suite(.serialized, .timeLimit(.minutes(10)))
struct VueSuiteTests {
  @Test(arguments: VueFixtures.all.map(\.name))
  func `the right answer has all points and every mutant fails for its own reason`(_ name: String) async throws {
    let plan = try await makePlan(["fixture": [.string(name)], "behaviour": "on"])
    let fixture = try #require(VueFixtures.all.first { $0.name == name })
    let sample = try plan.sample(at: 0)
    let right = try await plan.score("```vue\n\(fixture.expected)```", of: sample)
    #expect(right.value == 1 && right.outcome == .passed && right.metrics["checkScore"] == 1, "\(right.detail ?? "")")
    #expect(right.metrics["behaviour"] == 1)
    for mutant in fixture.mutants {
      let isMounted = mutant.failsBy == ["behaviour"]
      let judged = isMounted ? plan : try await makePlan(["fixture": [.string(name)], "behaviour": "off"])
      let score = try await judged.score(mutant.source, of: sample)
      #expect(score.value < 1 && score.outcome != .passed, "\(mutant.name)")
      #expect(mutant.failsBy.contains { Self.reasons(score).contains($0) }, "\(mutant.name): \(Self.reasons(score))")
    }
  }

  /// What is wrong with an answer, in the words of `mutants.json`.
  private static func reasons(_ score: Score) -> Set<String> {
    var reasons: Set<String> = []
    for part in score.parts where part.outcome != .passed {
      if part.name.hasPrefix("check: ") { reasons.insert("check:\(part.name.dropFirst(7))") }
      if part.name == "template" { reasons.insert("template") }
      if part.name.hasPrefix("behaviour") { reasons.insert("behaviour") }
      if part.name == "compiles" {
        for line in (part.detail ?? "").split(separator: "\n") {
          reasons.insert(String(line.prefix { $0 != " " }))
        }
      }
    }
    return reasons
  }

  @Test func `the parts of a score are always there`() async throws {
    let plan = try await makePlan(["fixture": ["simple-component"], "behaviour": "off"])
    let sample = try plan.sample(at: 0)
    let fixture = VueFixtures.all[0]
    let broken = fixture.expected.replacing("count: number", with: "count: string")
    let score = try await plan.score(broken, of: sample)
    #expect(score.value == 0 && score.reason == "doesNotCompile")
    #expect(score.metrics["compiles"] == 0 && score.metrics["checkScore"] == 1)
    #expect(score.parts.map(\.name).contains("check: interfaces"))
    #expect(score.extracted == .string(broken))
  }

  @Test(arguments: [
    ("", "noComponent"), ("I cannot do that.", "noComponent"), ("```python\nprint(1)\n```", "noComponent"),
    ("```vue\n<script setup lang=\"ts\">\nconst a = 1\n", "doesNotCompile"),
    ("<template><div></template>", "doesNotCompile"),
  ])
  func `an answer without a whole component is the model's failure`(_ answer: String, _ reason: String) async throws {
    let plan = try await makePlan(["fixture": ["simple-component"], "behaviour": "off"])
    let score = try await plan.score(answer, of: plan.sample(at: 0))
    #expect(score.value == 0 && score.outcome == .failed && score.reason == reason)
  }

  @Test func `a component that never ends, or takes the machine apart, is a wrong answer`() async throws {
    let plan = try await makePlan(["fixture": ["simple-component"], "behaviour": "on"])
    let sample = try plan.sample(at: 0)
    let expected = VueFixtures.all[0].expected
    for line in ["process.exit(0)", "throw new Error('no')"] {
      let hostile = expected.replacing(
        "const doubled", with: "declare const process: { exit: (code: number) => never }\n\(line)\nconst doubled")
      let score = try await plan.score(hostile, of: sample)
      #expect(score.value == 0 && score.reason == "behavesDifferently", "\(line): \(score.detail ?? "")")
    }
  }

  @Test func `a fixture that there is not is refused with the list`() async throws {
    let error = await #expect(throws: ServiceError.self) { try await makePlan(["fixture": ["nothing"]]) }
    #expect(error?.kind == .invalidOption && error?.message.contains("simple-component") == true)
  }

  @Test func `samples are the same in every run`() async throws {
    let plan = try await makePlan(["behaviour": "off"])
    #expect(plan.sampleIDs.list == VueFixtures.all.map { "fixture=\($0.name)" })
    #expect(try plan.sample(at: 0).promptText.contains("items: Array"))
  }
}
