/// A text form of data that a model can be given or asked for.
package enum DataFormat: String, Sendable, CaseIterable {
  /// Token-Oriented Object Notation, version 4.0 of its specification.
  case toon
  /// JSON with two spaces a level.
  case json
  /// JSON without white space.
  case jsonCompact = "json-compact"
  /// YAML 1.2 in block style.
  case yaml
  /// One element a member, indented; a list is its element repeated.
  case xml
  /// A table with a header line for each top-level list; for flat data only.
  case csv

  /// For tables and charts.
  package var displayName: String {
    switch self {
    case .toon: "TOON"
    case .json: "JSON"
    case .jsonCompact: "JSON compact"
    case .yaml: "YAML"
    case .xml: "XML"
    case .csv: "CSV"
    }
  }

  /// The language tag of a Markdown code fence around such a text.
  package var fenceTag: String {
    self == .jsonCompact ? "json" : rawValue
  }

  /// "toon, json, json-compact, yaml, xml, csv"
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
