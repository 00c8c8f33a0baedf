import Benchmark
import Contract
import EventData
import JSON

/// The options that both event suites share.
struct EventOptions: Sendable {
  let seed: UInt64
  let users: Int
  let threshold: Int
  /// How far an average may be off and still count as right.
  let tolerance: Double

  static let descriptors = [
    OptionDescriptor("seed", .integer, default: 7, "Seed of the events."),
    OptionDescriptor("users", .integer, default: 50, "Users that the events belong to."),
    OptionDescriptor("threshold", .integer, default: 50, "Events with a smaller duration are left out."),
    OptionDescriptor("tolerance", .number, default: 0.1, "How far an average may be off and still count as right."),
  ]

  init(_ options: SuiteOptions) throws(ServiceError) {
    seed = try options.seed()
    users = try options.integer("users", in: 1...1_000_000)
    threshold = try options.integer("threshold", in: 0...1_000_000)
    tolerance = try options.number("tolerance", in: 0...1000)
  }

  func events(seed: UInt64) -> EventGenerator.Options {
    var events = EventGenerator.Options(seed: seed)
    events.users = users
    return events
  }
}
