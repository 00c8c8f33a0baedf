package import JSON

/// The datasets that come with the program. Their shapes are those of the reference benchmark of the TOON project; what
/// is in them is our own.
package enum DataSetKind: String, Sendable, CaseIterable {
  case tabular, nested, analytics, repositories
  case eventLogs = "event-logs"
  case nestedConfig = "nested-config"
  case featureFlags = "feature-flags"
  case contacts
  case structuralControl = "structural-control"
  case structuralTruncated = "structural-truncated"
  case structuralExtraRows = "structural-extra-rows"
  case structuralWidthMismatch = "structural-width-mismatch"
  case structuralMissingFields = "structural-missing-fields"

  package static let defaultSeed: UInt64 = 12345
  package static let mostRows = 1_000_000

  package var name: String { rawValue }

  /// By its name here or in the reference benchmark.
  package init?(named name: String) {
    let aliases = [
      "employees": "tabular", "orders": "nested", "github": "repositories", "config": "nested-config",
      "keyed": "feature-flags", "nested-group": "contacts",
    ]
    let short = name.hasPrefix("structural-validation-") ? "structural-" + name.dropFirst(22) : name
    self.init(rawValue: aliases[short] ?? short)
  }

  package var title: String {
    switch self {
    case .tabular: "Employees, all with the same plain fields"
    case .nested: "Orders with a customer and a list of items each"
    case .analytics: "Daily figures of a web site"
    case .repositories: "Repositories: generated stand-ins, unless a file of real ones is given"
    case .eventLogs: "Log entries, some with an error object"
    case .nestedConfig: "A deep configuration"
    case .featureFlags: "Feature flags by name"
    case .contacts: "Contacts with an address and a plan each"
    case .structuralControl: "Employees, complete"
    case .structuralTruncated: "Employees, the last three records cut off"
    case .structuralExtraRows: "Employees, three records added at the end"
    case .structuralWidthMismatch: "Employees, one record without its salary"
    case .structuralMissingFields: "Employees, every fifth record without its e-mail address"
    }
  }

  /// Records that it has unless another number is asked for.
  package var defaultRows: Int {
    switch self {
    case .tabular, .repositories: 100
    case .nested, .contacts: 50
    case .analytics: 60
    case .eventLogs: 75
    case .nestedConfig: 6
    case .featureFlags: 40
    default: 20
    }
  }

  /// The number that the run without models uses, where sizes matter more than answers.
  package var largeRows: Int {
    switch self {
    case .tabular, .eventLogs: 2000
    case .nested, .featureFlags: 500
    case .analytics: 365
    case .contacts: 1000
    default: defaultRows
    }
  }

  package var isStructural: Bool { rawValue.hasPrefix("structural-") }

  package var leastRows: Int { isStructural ? 5 : 1 }

  /// - Parameters:
  ///   - rows: ``leastRows``…``mostRows``, brought into that range; nil for ``defaultRows``.
  ///   - repositories: real ones; the dataset of that name then has these, the first `rows` of them.
  package func make(
    rows: Int? = nil, seed: UInt64 = defaultSeed, repositories: [JSONValue]? = nil
  ) -> DataSet {
    let count = min(max(rows ?? defaultRows, leastRows), Self.mostRows)
    let source = RecordSource(seed: seed, name: isStructural ? "structural" : rawValue)
    func made(_ value: JSONValue, rows: Int? = nil, seed given: UInt64? = seed, title: String? = nil) -> DataSet {
      DataSet(
        name: name, title: title ?? self.title, value: value, rows: rows ?? count, seed: given,
        corruption: Corruption(self, rows: count, source: source), vocabulary: vocabulary)
    }
    switch self {
    case .tabular: return made(["employees": .array(source.employees(count))])
    case .nested: return made(["orders": .array(source.orders(count))])
    case .analytics: return made(["metrics": .array(source.metrics(count))])
    case .repositories:
      if let repositories {
        let chosen = Array(repositories.prefix(rows ?? repositories.count))
        return made(
          ["repositories": .array(chosen)], rows: chosen.count, seed: nil, title: "Repositories, from a file")
      }
      return made(["repositories": .array(source.repositories(count))])
    case .eventLogs: return made(["logs": .array(source.logs(count))])
    case .nestedConfig: return made(source.configuration(count))
    case .featureFlags: return made(["flags": source.flags(count)])
    case .contacts: return made(["contacts": .array(source.contacts(count))])
    default: return made(["employees": .array(source.employees(count))])
    }
  }
}
