import Benchmark
import ContextWindowSuite
import Contract
import JSON
import Models
import Testing

@Suite struct ContextWindowSuiteTests {
  private func plan(_ options: JSONObject = [:]) async throws -> any SuitePlan {
    let suite = ContextWindowSuite()
    return try await suite.plan(options: SuiteOptions(options, for: suite.descriptor))
  }

  @Test func `the same options give the same samples, another seed others`() async throws {
    let first = try await plan(["lengths": [1000], "samples": 2])
    let again = try await plan(["lengths": [4000, 1000], "samples": 2])
    let other = try await plan(["lengths": [1000], "samples": 2, "seed": 8])
    #expect(
      first.sampleIDs.list == [
        "length=1000/needle/1", "length=1000/needle/2", "length=1000/aggregation/1", "length=1000/aggregation/2",
      ])
    #expect(try first.sample(at: 0).promptText == again.sample(at: 4).promptText)
    #expect(try first.sample(at: 0).promptText != other.sample(at: 0).promptText)
  }

  @Test(arguments: [500, 1000, 4000, 16_000, 64_000])
  func `a prompt is as long as it is meant to be, in the tokens of the measure`(_ length: Int) async throws {
    let plan = try await plan(["lengths": [.integer(Int64(length))], "samples": 1])
    for bytes in [2500, 4000, 5200] {
      let measure = TokenMeasure(source: .server, bytesPerThousandTokens: bytes, overheadTokens: 30)
      for index in plan.sampleIDs.list.indices {
        let sample = try plan.sample(at: index, measured: measure)
        let tokens = Double(sample.promptText.utf8.count) * 1000 / Double(bytes) + 30
        #expect(tokens <= Double(length) + 1)
        // What lacks is less than a sentence; where the facts alone are longer, they are there all the same.
        #expect(tokens > Double(length) - 60)
      }
    }
  }

  @Test func `the question and its answer do not depend on the length`() async throws {
    let plan = try await plan(["lengths": [1000], "samples": 3])
    let short = TokenMeasure(source: .server, bytesPerThousandTokens: 2000, overheadTokens: 0)
    let long = TokenMeasure(source: .server, bytesPerThousandTokens: 6000, overheadTokens: 0)
    for index in plan.sampleIDs.list.indices {
      let (one, two) = (try plan.sample(at: index, measured: short), try plan.sample(at: index, measured: long))
      #expect(one.expected == two.expected)
      #expect(one.promptText.split(separator: "\n").last == two.promptText.split(separator: "\n").last)
      #expect(one.promptText.utf8.count < two.promptText.utf8.count)
    }
  }

  @Test func `a sample says how it was measured, and the same measure makes it again`() async throws {
    let plan = try await plan(["lengths": [2000], "samples": 1])
    let measure = TokenMeasure(source: .server, bytesPerThousandTokens: 3817, overheadTokens: 34)
    let sample = try plan.sample(at: 0, measured: measure)
    #expect(sample.metadata["size"] == 2000)
    #expect(sample.metadata["task"] == "needle")
    #expect(sample.metadata["tokenSource"] == "server")
    let again = try #require(TokenMeasure(metadata: sample.metadata))
    #expect(again == measure)
    #expect(try plan.sample(at: 0, measured: again).promptText == sample.promptText)
    #expect(try plan.sample(at: 0).metadata["tokenSource"] == "estimate")
  }

  @Test func `a needle stands at its depth, once, and the filling has no number`() async throws {
    let plan = try await plan(["lengths": [4000], "tasks": ["needle"], "samples": 5])
    for index in plan.sampleIDs.list.indices {
      let sample = try plan.sample(at: index)
      let code = try #require(sample.expected.intValue)
      let text = sample.promptText
      let places = text.ranges(of: "\(code)")
      #expect(places.count == 1)
      let place = try #require(places.first)
      let share = Double(text[..<place.lowerBound].utf8.count) / Double(text.utf8.count)
      let depth = try #require(sample.metadata["depth"]?.doubleValue)
      #expect(abs(share - depth) < 0.06)
      #expect(text.count { $0.isNumber } == 4 * 5, "four codes of five digits")
    }
  }

  @Test func `amounts lie all over the text and add up`() async throws {
    let plan = try await plan(["lengths": [4000], "tasks": ["aggregation"], "samples": 3])
    for index in plan.sampleIDs.list.indices {
      let sample = try plan.sample(at: index)
      let question = try #require(sample.promptText.split(separator: "\n").last)
      let place = try #require(question.split(separator: " in ").last?.split(separator: " take ").last)
      let name = try #require(question.firstMatch(of: /the depot in (.+) take in/)?.1)
      #expect(!place.isEmpty)
      var sum = 0
      for match in sample.promptText.matches(of: /The depot in (.+?) took in (\d+) crates/) where match.1 == name {
        sum += Int(match.2) ?? 0
      }
      #expect(sum == sample.expected.intValue)
    }
  }

  @Test(arguments: [
    ("48213", "passed", nil), ("The code is 48213.", "passed", nil), ("**48,213**", "passed", nil),
    ("48 213", "passed", nil), ("It is 48213, yes 48213.", "passed", nil), ("48214", "failed", "wrongNumber"),
    ("", "failed", "noNumber"), ("I cannot find it.", "failed", "noNumber"),
    ("48213 or 48214", "failed", "severalNumbers"), ("482130", "failed", "wrongNumber"),
    ("99999999999999999999999999", "failed", "wrongNumber"), ("-", "failed", "noNumber"),
  ])
  func `one number is the answer`(_ answer: String, _ outcome: String, _ reason: String?) async throws {
    let plan = try await plan(["lengths": [500], "samples": 1])
    let sample = try plan.sample(at: 0)
    let fixed = Sample(id: "none", messages: sample.messages, expected: 48_213, metadata: sample.metadata)
    let score = try await plan.score(answer, of: fixed)
    #expect(score.outcome.rawValue == outcome)
    #expect(score.reason == reason)
  }

  @Test func `a million digits cost little`() async throws {
    let plan = try await plan(["lengths": [500], "samples": 1])
    let answer = String(repeating: "12 ", count: 300_000) + String(repeating: "9", count: 1_000_000)
    #expect(try await plan.score(answer, of: plan.sample(at: 0)).reason == "severalNumbers")
  }

  @Test(
    arguments: [
      [:], ["lengths": [500], "samples": 1], ["lengths": [9000, 700], "tasks": ["aggregation"]],
      ["lengths": [700], "tasks": ["needle"], "seed": 99],
    ] as [JSONObject])
  func `every right reference passes and every wrong one fails`(_ options: JSONObject) async throws {
    let plan = try await plan(options)
    let references = try plan.referenceAnswers()
    #expect(references.count >= 6)
    for reference in references {
      let score = try await plan.score(reference)
      #expect((score.outcome == .passed) == reference.isRight, "\(reference.name): \(reference.answer)")
    }
  }

  @Test(
    arguments: [
      ["lengths": []], ["lengths": [499]], ["lengths": [2_000_001]], ["lengths": [1000, 1000]], ["tasks": []],
      ["tasks": ["haystack"]], ["tasks": ["needle", "needle"]], ["samples": 0], ["seed": -1],
    ] as [JSONObject])
  func `options that do not fit are refused with their name`(_ options: JSONObject) async throws {
    let error = await #expect(throws: ServiceError.self) { try await plan(options) }
    #expect(error?.kind == .invalidOption)
    #expect(error?.details["option"]?.stringValue == options.keys.first)
  }

  @Test func `two counts make a measure`() throws {
    let (short, long) = (String(repeating: "a", count: 1200), String(repeating: "a", count: 4800))
    let measure = try #require(TokenMeasure(short: short, tokens: 330, long: long, tokens: 1230))
    #expect(measure.bytesPerThousandTokens == 4000)
    #expect(measure.overheadTokens == 30)
    #expect(measure.bytes(for: 1030) == 4000)
    #expect(measure.bytes(for: 10) == 0)
  }

  @Test(arguments: [(0, 100), (100, 100), (100, 90), (100, 101), (100, 100_000)])
  func `counts that cannot be make none`(_ short: Int, _ long: Int) {
    let texts = (String(repeating: "a", count: 1200), String(repeating: "a", count: 4800))
    #expect(TokenMeasure(short: texts.0, tokens: short, long: texts.1, tokens: long) == nil)
  }
}
