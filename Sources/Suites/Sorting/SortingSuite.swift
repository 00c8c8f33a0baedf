package import Benchmark
package import Contract
import JSON

/// How long a list a model can sort in its head.
package struct SortingSuite: Suite {
  package init() {}

  package let descriptor = SuiteDescriptor(
    name: "sorting", version: "1",
    summary: "Sorts lists of growing length in the context: exact match, share of positions right, and the cliff.",
    options: [
      OptionDescriptor(
        "sizes", .integerList, default: .array((1...15).map { .integer(Int64($0 * 10)) }), "Lengths of the lists."),
      OptionDescriptor("samples", .integer, default: 10, "Lists of each length."),
      OptionDescriptor("minimum", .integer, default: 1, "The smallest number that may occur."),
      OptionDescriptor("maximum", .integer, default: 10_000, "The largest number that may occur."),
      OptionDescriptor("seed", .integer, default: 7, "Seed of the lists."),
    ],
    dimension: "size")

  package func plan(options: SuiteOptions) async throws -> any SuitePlan {
    try SortingPlan(
      items: SizedItems(options, largest: 100_000), numbers: Self.range(options), seed: options.seed())
  }

  private static func range(_ options: SuiteOptions) throws(ServiceError) -> ClosedRange<Int> {
    let limit = 1_000_000_000_000
    let minimum = try options.integer("minimum", in: -limit...limit)
    let maximum = try options.integer("maximum", in: -limit...limit)
    guard minimum <= maximum else { throw options.error("minimum", "\(minimum) is above the maximum \(maximum)") }
    return minimum...maximum
  }
}
