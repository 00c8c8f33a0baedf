package import Benchmark
package import Contract
import EventData
import JSON
import Models
import SeededRandom

/// The data stands in the prompt and the model does the computation itself.
package struct EventsContextSuite: Suite {
  package init() {}

  package let descriptor = SuiteDescriptor(
    name: "events-context", version: "1",
    summary: "Filters, groups and averages events that stand in the prompt, at growing sizes.",
    options: [
      OptionDescriptor(
        "sizes", .integerList, default: [10, 100, 1000, 10_000], "Events in the prompt, at most 100000."),
      OptionDescriptor("samples", .integer, default: 1, "Data sets of each size."),
    ] + EventOptions.descriptors,
    dimension: "size")

  package func plan(options: SuiteOptions) async throws -> any SuitePlan {
    try EventsContextPlan(items: SizedItems(options, largest: 100_000), options: EventOptions(options))
  }
}

private struct EventsContextPlan: SuitePlan {
  let seed: UInt64?
  private let items: SizedItems
  private let options: EventOptions

  init(items: SizedItems, options: EventOptions) {
    self.items = items
    self.options = options
    seed = options.seed
  }

  var sampleIDs: SizedItems { items }

  func sample(at index: Int) throws -> Sample { try sample(at: index, events: events(at: index)) }

  private func events(at index: Int) throws -> [Event] {
    var stream = SeededGenerator(seed: options.seed, stream: "events-context/\(sampleIDs[index])")
    var generator = try EventGenerator(options.events(seed: stream.next()))
    return generator.events(items.size(at: index))
  }

  private func sample(at index: Int, events: [Event]) -> Sample {
    Sample(
      id: sampleIDs[index], messages: [ChatMessage(.user, prompt(events))],
      expected: EventAverages(of: events, threshold: options.threshold).json,
      metadata: ["size": .integer(Int64(items.size(at: index))), "strategy": "context"])
  }

  private func prompt(_ events: [Event]) -> String {
    let rows = JSONValue.array(
      events.map { ["userId": .string($0.userId), "duration": .integer(Int64($0.duration))] })
    return """
      Below is a JSON array of \(events.count) events. Each has a "userId" and a "duration" in milliseconds.

      Work out the average duration per user:
      1. Leave out every event with a duration below \(options.threshold).
      2. Put the rest together by userId.
      3. Take the mean duration of each user, rounded to two decimals.
      4. Give one object per user: {"id": userId, "avg": mean}. A user without events left does not appear.

      Answer with the JSON array of these objects alone: no explanation, no code.

      \(rows)
      """
  }

  func score(_ answer: String, of sample: Sample) async throws -> Score {
    guard let rows = AnswerJSON.array(in: answer) else {
      return Score(0, reason: "noArray", detail: "The answer holds no JSON array.")
    }
    let users = (sample.expected.arrayValue ?? []).compactMap { row -> EventAverages.User? in
      guard let id = row["id"]?.stringValue, let average = row["avg"]?.doubleValue else { return nil }
      return EventAverages.User(id: id, average: average)
    }
    return EventAverages(users: users).score(rows, tolerance: options.tolerance)
  }

  /// Answers to the smallest data set.
  func referenceAnswers() throws -> [ReferenceAnswer] {
    guard let index = items.smallest else { return [] }
    let events = try events(at: index)
    let sample = sample(at: index, events: events)
    let right = EventAverages(of: events, threshold: options.threshold)
    let (first, rows) = (right.users.first, right.json.arrayValue ?? [])
    var answers: [ReferenceAnswer] = [
      .right("the averages", to: sample, JSONWriter.string(right.json)),
      .right("the averages in another order", to: sample, JSONWriter.string(.array(rows.reversed()))),
      .wrong("a user made up", to: sample, JSONWriter.string(.array(rows + [["id": "nobody", "avg": 100]]))),
      .wrong("no list", to: sample, "There are too many events."),
    ]
    if let first {
      let off = EventAverages.User(id: first.id, average: first.average + 2 * options.tolerance + 1)
      let others = Array(right.users.dropFirst())
      answers += [
        .wrong("a user left out", to: sample, JSONWriter.string(EventAverages(users: others).json)),
        .wrong("an average off", to: sample, JSONWriter.string(EventAverages(users: [off] + others).json)),
        .wrong("a user twice", to: sample, JSONWriter.string(EventAverages(users: [first] + right.users).json)),
      ]
    }
    let unfiltered = EventAverages(of: events, threshold: .min)
    if unfiltered.isFar(from: right, tolerance: options.tolerance) {
      answers.append(.wrong("short events not left out", to: sample, JSONWriter.string(unfiltered.json)))
    }
    return answers
  }
}

extension EventAverages {
  /// Whether no reading of the tolerance makes the one the other.
  fileprivate func isFar(from other: EventAverages, tolerance: Double) -> Bool {
    users.map(\.id) != other.users.map(\.id)
      || zip(users, other.users).contains { abs($0.average - $1.average) > 2 * tolerance }
  }
}
