extension DataFormat {
  /// The format that a file's name tells; nil for a name that tells none.
  package init?(fileName: String) {
    let name = fileName.lowercased()
    let endings: [(ending: String, format: DataFormat)] = [
      (".toon", .toon), (".json", .json), (".yaml", .yaml), (".yml", .yaml), (".xml", .xml), (".csv", .csv),
    ]
    guard let known = endings.first(where: { name.hasSuffix($0.ending) }) else { return nil }
    self = known.format
  }
}
