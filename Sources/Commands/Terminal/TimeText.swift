package import Contract

/// Moments as people read them, in UTC.
package enum TimeText {
  /// `2026-01-31 08:09 UTC`
  package static func minute(_ time: Timestamp) -> String { "\(short(time)) UTC" }

  /// `2026-01-31 08:09`, for a column whose heading says UTC.
  package static func short(_ time: Timestamp) -> String {
    let text = time.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }
}
