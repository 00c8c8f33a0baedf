package import Benchmark
package import Contract
import JSON

/// How much text a model can read and still find what stands in it.
package struct ContextWindowSuite: Suite {
  package init() {}

  package let descriptor = SuiteDescriptor(
    name: "context-window", version: "1",
    summary: "Finds one fact, and adds up facts, in texts of growing length, measured in the model's own tokens.",
    options: [
      OptionDescriptor(
        "lengths", .integerList, default: [1000, 4000, 16_000],
        "Lengths of the whole prompt in tokens, 500 to 2000000."),
      OptionDescriptor(
        "tasks", .stringList, default: ["needle", "aggregation"],
        "needle: one code among others; aggregation: a sum of amounts that lie apart."),
      OptionDescriptor("samples", .integer, default: 5, "Texts of each length and task."),
      OptionDescriptor("seed", .integer, default: 7, "Seed of the texts."),
    ],
    dimension: "size")

  package func plan(options: SuiteOptions) async throws -> any SuitePlan {
    let lengths = try options.integers("lengths", in: 500...2_000_000)
    let samples = try options.integer("samples", in: 1...10_000)
    return try ContextWindowPlan(
      lengths: lengths, tasks: Self.tasks(options), samples: samples, seed: options.seed())
  }

  private static func tasks(_ options: SuiteOptions) throws(ServiceError) -> [ContextTask.Kind] {
    let names = (options.values["tasks"]?.arrayValue ?? []).compactMap(\.stringValue)
    var tasks: [ContextTask.Kind] = []
    for name in names {
      guard let task = ContextTask.Kind(rawValue: name) else {
        let known = ContextTask.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw options.error("tasks", "\"\(name)\" is none of \(known)")
      }
      guard !tasks.contains(task) else { throw options.error("tasks", "\"\(name)\" stands twice") }
      tasks.append(task)
    }
    guard !tasks.isEmpty else { throw options.error("tasks", "at least one task is needed") }
    return tasks
  }
}
