import JSON

/// What a run asked that decides its score, as the column `configuration` has it: the suite's options without those
/// that only choose samples, the model's parameters and how epochs are reduced.
struct RunConfiguration {
  let options: JSONObject
  /// The other parameters that were given, but for the epochs.
  let settings: JSONObject
  let epochs: Double
  /// The same for runs that asked the same, in whatever order they wrote it.
  let key: String

  /// - Parameter text: nil or unreadable stands for a run of which nothing is known.
  init(_ text: String?) {
    let parsed = text.flatMap { try? JSONParser(maximumDepth: 2000).parse($0) }
    var members = parsed?.objectValue ?? [:]
    epochs = max(1, members["epochs"]?.doubleValue ?? 1)
    members["epochs"] = nil
    options = members["options"]?.objectValue ?? [:]
    settings = JSONObject(distinct: members.filter { $0.key != "options" && $0.value != .null })
    key = JSONWriter.string(Self.sorted(.object(members)))
  }

  /// With members in the order of their names, and without those that are null.
  private static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let object):
      .object(
        JSONObject(
          distinct: object.filter { $0.value != .null }.sorted { $0.key < $1.key }
            .map { (key: $0.key, value: sorted($0.value)) }))
    case .array(let elements): .array(elements.map(sorted))
    default: value
    }
  }
}
