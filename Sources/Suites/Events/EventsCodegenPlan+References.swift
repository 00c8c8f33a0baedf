import Benchmark
import EventData

extension EventsCodegenPlan {
  /// Programs in plain JavaScript, which either language takes.
  func referenceAnswers() throws -> [ReferenceAnswer] {
    guard let index = sampleIDs.indices.first, let small = smallDataset else { return [] }
    let sample = try sample(at: index)
    var answers: [ReferenceAnswer] = [
      .right("a right program", to: sample, program()),
      .wrong("a user made up", to: sample, program(after: #"result.push({ id: "nobody", avg: 100 });"#)),
      .wrong("a program that throws", to: sample, program(after: #"throw new Error("out of luck");"#)),
      .wrong("no program", to: sample, ""),
    ]
    if !small.expected.users.isEmpty {
      let off = "result[0].avg += \(2 * tolerance + 1);"
      answers += [
        .wrong("an average off", to: sample, program(after: off)),
        .wrong("a user left out", to: sample, program(after: "result.pop();")),
      ]
    }
    return answers
  }

  private func program(after end: String = "") -> String {
    """
    ```\(languageName)
    const totals = new Map();
    for (const { userId, duration } of events) {
      if (duration < \(threshold)) continue;
      const total = totals.get(userId) ?? { sum: 0, count: 0 };
      total.sum += duration;
      total.count += 1;
      totals.set(userId, total);
    }
    const result = [...totals]
      .map(([id, { sum, count }]) => ({ id, avg: Math.round((sum / count) * 100) / 100 }))
      .sort((left, right) => (left.id < right.id ? -1 : 1));
    \(end)
    ```
    """
  }
}
