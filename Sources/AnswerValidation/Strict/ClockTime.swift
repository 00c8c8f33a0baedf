/// A time of day such as `10:11`, `10:11:12.123` or `10:11:12+02:00`.
struct ClockTime {
  let nanoseconds: Int
  /// Minutes east of UTC; nil where no zone is given.
  let offset: Int?

  init?(_ text: Substring) {
    var text = AnswerCore.trimmed(text)
    (text, offset) = Self.withoutZone(text)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = StrictDate.natural(parts[0]),
      let minute = StrictDate.natural(parts[1]),
      hour < 24, minute < 60
    else { return nil }
    var (second, fraction) = (0, 0)
    if parts.count == 3 {
      let pieces = parts[2].split(separator: ".", omittingEmptySubsequences: false)
      guard pieces.count <= 2, let whole = StrictDate.natural(pieces[0]), whole < 60 else { return nil }
      second = whole
      if pieces.count == 2 {
        guard (1...9).contains(pieces[1].utf8.count), pieces[1].utf8.allSatisfy({ (48...57).contains($0) }) else {
          return nil
        }
        let padded = pieces[1] + String(repeating: "0", count: 9 - pieces[1].utf8.count)
        fraction = Int(padded) ?? 0
      }
    }
    nanoseconds = (hour * 3600 + minute * 60 + second) * 1_000_000_000 + fraction
  }

  private static func withoutZone(_ text: Substring) -> (Substring, Int?) {
    for name in ["Z", "z", "UTC", "GMT"] where text.hasSuffix(name) {
      return (AnswerCore.trimmed(text.dropLast(name.count)), 0)
    }
    guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return (text, nil) }
    let parts = text[text.index(after: sign)...].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = StrictDate.natural(parts[0]), let minutes = StrictDate.natural(parts[1]),
      hours < 24, minutes < 60
    else { return (text, nil) }
    return (AnswerCore.trimmed(text[..<sign]), (text[sign] == "-" ? -1 : 1) * (hours * 60 + minutes))
  }
}
