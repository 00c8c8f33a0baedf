import Benchmark
import Contract
import JSON
import Models
import SeededRandom

struct ContextWindowPlan: SuitePlan {
  let seed: UInt64?
  let sampleIDs: [String]
  private let items: [Item]
  private let streamSeed: UInt64

  private struct Item {
    let id: String
    let length: Int
    let kind: ContextTask.Kind
    /// Where the fact lies: 0 at the beginning, 1 at the end.
    let depth: Double
  }

  /// The depths that the samples of one length go through.
  private static let depths = [0.5, 0, 1, 0.25, 0.75]

  init(lengths: [Int], tasks: [ContextTask.Kind], samples: Int, seed: UInt64) {
    self.seed = seed
    streamSeed = seed
    items = lengths.flatMap { length in
      tasks.flatMap { kind in
        (1...samples).map { number in
          Item(
            id: "length=\(length)/\(kind.rawValue)/\(number)", length: length, kind: kind,
            depth: Self.depths[(number - 1) % Self.depths.count])
        }
      }
    }
    sampleIDs = items.map(\.id)
  }

  // MARK: - Samples

  /// Text of the same kind as the samples', for a server to count.
  var calibrationTexts: (short: String, long: String)? {
    var generator = SeededGenerator(seed: 0, stream: "context-window/calibration")
    let short = Haystack.text(bytes: 1200, facts: [], &generator)
    return (short, short + "\n" + Haystack.text(bytes: 3600, facts: [], &generator))
  }

  func sample(at index: Int) throws -> Sample {
    let text = calibrationTexts?.long ?? ""
    return try sample(at: index, measured: TokenMeasure(estimating: text))
  }

  func sample(at index: Int, measured measure: TokenMeasure) throws -> Sample {
    let item = items[index]
    var generator = SeededGenerator(seed: streamSeed, stream: "context-window/\(item.id)")
    let task = ContextTask(item.kind, depth: item.depth, &generator)
    let frame = task.introduction.utf8.count + task.question.utf8.count + 4
    let text = Haystack.text(bytes: measure.bytes(for: item.length) - frame, facts: task.facts, &generator)
    var metadata: JSONObject = ["size": .integer(Int64(item.length)), "task": .string(item.kind.rawValue)]
    if item.kind == .needle { metadata["depth"] = .double(item.depth) }
    for (key, value) in measure.metadata { metadata[key] = value }
    return Sample(
      id: item.id, messages: [ChatMessage(.user, "\(task.introduction)\n\n\(text)\n\n\(task.question)")],
      expected: .integer(Int64(task.expected)), metadata: metadata)
  }

  // MARK: - Scores

  func score(_ answer: String, of sample: Sample) async throws -> Score {
    ContextScorer.score(answer, expected: sample.expected.intValue ?? 0, task: task(of: sample))
  }

  /// The task as it was set, for the numbers of its other facts.
  private func task(of sample: Sample) -> ContextTask? {
    guard let item = items.first(where: { $0.id == sample.id }) else { return nil }
    var generator = SeededGenerator(seed: streamSeed, stream: "context-window/\(item.id)")
    return ContextTask(item.kind, depth: item.depth, &generator)
  }

  /// Answers to the shortest text of each task.
  func referenceAnswers() throws -> [ReferenceAnswer] {
    var answers: [ReferenceAnswer] = []
    for kind in ContextTask.Kind.allCases {
      guard
        let index = items.indices.filter({ items[$0].kind == kind }).min(by: { items[$0].length < items[$1].length })
      else { continue }
      let sample = try sample(at: index)
      guard let expected = sample.expected.intValue, let other = task(of: sample)?.otherNumbers.first else { continue }
      answers += [
        .right("the number", to: sample, "\(expected)"),
        .right("the number in a sentence", to: sample, "It is \(expected)."),
        .wrong("a number beside it", to: sample, "\(expected + 1)"),
        .wrong("another fact's number", to: sample, "\(other)"),
        .wrong("both numbers", to: sample, "\(expected) or \(expected + 1)"),
        .wrong("no number", to: sample, "The text does not say."),
      ]
    }
    return answers
  }
}
