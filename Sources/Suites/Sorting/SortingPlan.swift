import Benchmark
import Contract
import JSON
import Models
import SeededRandom

struct SortingPlan: SuitePlan {
  let seed: UInt64?
  private let items: SizedItems
  private let numbers: ClosedRange<Int>
  private let streamSeed: UInt64

  init(items: SizedItems, numbers: ClosedRange<Int>, seed: UInt64) {
    self.items = items
    self.numbers = numbers
    self.seed = seed
    streamSeed = seed
  }

  var sampleIDs: SizedItems { items }

  func sample(at index: Int) throws -> Sample {
    let (id, size) = (items[index], items.size(at: index))
    var generator = SeededGenerator(seed: streamSeed, stream: "sorting/\(id)")
    let list = (0..<size).map { _ in generator.next(in: numbers) }
    return Sample(
      id: id, messages: [ChatMessage(.user, Self.prompt(list))],
      expected: .array(list.sorted().map { .integer(Int64($0)) }), metadata: ["size": .integer(Int64(size))])
  }

  private static func prompt(_ list: [Int]) -> String {
    """
    Put these \(list.count) integers in ascending order. Keep every number, repeated ones as often as they occur.
    Answer with the sorted JSON array of integers alone: no explanation, no code.

    [\(list.map(String.init).joined(separator: ", "))]
    """
  }

  func score(_ answer: String, of sample: Sample) async throws -> Score {
    SortingScorer.score(answer, expected: sample.expected.arrayValue ?? [])
  }

  /// Answers to the shortest list.
  func referenceAnswers() throws -> [ReferenceAnswer] {
    guard let index = items.smallest else { return [] }
    let sample = try sample(at: index)
    let right = (sample.expected.arrayValue ?? []).compactMap(\.intValue)
    func text(_ list: [Int]) -> String { "[\(list.map(String.init).joined(separator: ", "))]" }
    let beyond = (right.last ?? 0) + 1
    var answers: [ReferenceAnswer] = [
      .right("the sorted list", to: sample, text(right)),
      .right("the sorted list in a fence, after a sentence", to: sample, "Here it is:\n```json\n\(text(right))\n```"),
      .wrong("the largest number left out", to: sample, text(right.dropLast())),
      .wrong("a number added", to: sample, text(right + [beyond])),
      .wrong("the largest number changed", to: sample, text(right.dropLast() + [beyond])),
      .wrong("no list", to: sample, "These numbers cannot be sorted."),
      .wrong("nothing", to: sample, ""),
    ]
    if right.first != right.last {
      answers.append(.wrong("the list in descending order", to: sample, text(right.reversed())))
    }
    return answers
  }
}
