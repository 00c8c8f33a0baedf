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

  var sampleIDs: [String] { items.ids }

  func sample(at index: Int) throws -> Sample {
    let size = items.sizes[index]
    var generator = SeededGenerator(seed: streamSeed, stream: "sorting/\(sampleIDs[index])")
    let list = (0..<size).map { _ in generator.next(in: numbers) }
    return Sample(
      id: sampleIDs[index], messages: [ChatMessage(.user, Self.prompt(list))],
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
}
