/// Whether answers come from the store instead of from the model.
package enum CacheMode: String, Codable, Sendable, CaseIterable {
  /// Every sample is asked, and no answer is kept for others.
  case off
  /// What was answered before is taken from the store; what was not is asked and kept.
  case read
  /// Every sample is asked, and the answer is kept in place of an earlier one.
  case refresh
}

extension CacheMode: Described {
  package static let notes = Notes(
    "Whether answers come from the store instead of from the model.",
    [
      "off": "Every sample is asked, and no answer is kept for others.",
      "read": "What was answered before is taken from the store; what was not is asked, and kept.",
      "refresh": "Every sample is asked, and the answer is kept in place of an earlier one.",
    ])
}
