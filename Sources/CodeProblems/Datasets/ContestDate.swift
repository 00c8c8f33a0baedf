/// A day and time without a zone, as datasets give the time of a contest.
package struct ContestDate: Sendable, Equatable, Comparable, CustomStringConvertible {
  /// `2024-09-07`.
  package let day: String
  /// Seconds since midnight.
  package let second: Int

  /// Reads `2024-09-07`, `2024-09-07T19:30`, `2024-09-07 19:30:00` and the like; a fraction of a second and a zone are
  /// passed over. nil for anything else.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    func has(_ character: Character, at index: Int) -> Bool { bytes[index] == character.asciiValue }
    guard bytes.count >= 10, has("-", at: 4), has("-", at: 7), let year = number(0..<4), let month = number(5..<7),
      let date = number(8..<10), (1...12).contains(month), (1...Self.days(month, year)).contains(date)
    else { return nil }
    day = String(decoding: bytes[..<10], as: UTF8.self)
    if bytes.count == 10 {
      second = 0
      return
    }
    guard bytes.count >= 16, has("T", at: 10) || has(" ", at: 10), has(":", at: 13), let hour = number(11..<13),
      let minute = number(14..<16), hour < 24, minute < 60
    else { return nil }
    var seconds = 0
    if bytes.count > 16, has(":", at: 16) {
      guard let given = number(17..<19), given < 60 else { return nil }
      seconds = given
    }
    second = hour * 3600 + minute * 60 + seconds
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `2024-09`.
  package var month: String { String(day.prefix(7)) }

  package static func < (left: ContestDate, right: ContestDate) -> Bool {
    left.day == right.day ? left.second < right.second : left.day < right.day
  }

  /// As LiveCodeBench writes it: `2024-09-07T19:30:00`.
  package var description: String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(day)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
  }
}
