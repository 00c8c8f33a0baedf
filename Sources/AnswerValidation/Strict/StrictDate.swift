/// Reads a day, with a time of day where one is given. No clock and no zone of this machine plays a part.
struct StrictDate {
  let date: CalendarDate
  /// Nanoseconds since midnight; nil where no time was given.
  let time: Int?
  /// Minutes east of UTC; nil where no zone was given.
  let offset: Int?

  static func read(_ text: String) throws(Unreadable) -> StrictDate {
    let bare = AnswerCore.bare(text)
    guard !bare.isEmpty else { throw Unreadable(.empty, "The answer is empty.") }
    let rest = AnswerCore.afterLeadIn(bare).map { AnswerCore.bare($0) } ?? bare
    guard rest.utf8.count <= 60 else {
      throw Unreadable(.notAlone, "The answer is more than a date: \(quoted(rest)).")
    }
    if let moment = try iso(rest) { return moment }
    if let day = try numeric(rest) { return day }
    return try named(rest)
  }

  var text: String {
    guard let time else { return date.text }
    let seconds = time / 1_000_000_000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { CalendarDate.padded($0, 2) }
    let fraction = time % 1_000_000_000
    var digits = fraction == 0 ? "" : "." + CalendarDate.padded(fraction, 9)
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(date.text)T\(clock.joined(separator: ":"))\(digits)\(zoneText)"
  }

  private var zoneText: String {
    guard let offset else { return "" }
    if offset == 0 { return "Z" }
    let (hours, minutes) = (Int(offset.magnitude) / 60, Int(offset.magnitude) % 60)
    return "\(offset < 0 ? "-" : "+")\(CalendarDate.padded(hours, 2)):\(CalendarDate.padded(minutes, 2))"
  }

  /// Whether it is the day that was expected, or the moment where a time was expected. A time without a zone is taken to
  /// be in that of the other.
  func isSame(as expected: StrictDate) -> Bool {
    guard let wantedTime = expected.time else { return date == expected.date }
    guard let time else { return false }
    let wantedOffset = expected.offset ?? offset ?? 0
    return Self.moment(date, time, offset ?? wantedOffset) == Self.moment(expected.date, wantedTime, wantedOffset)
  }

  /// Days and nanoseconds in UTC.
  private static func moment(_ date: CalendarDate, _ time: Int, _ offset: Int) -> [Int] {
    let day = 86_400_000_000_000
    let shifted = time - offset * 60_000_000_000
    let days = shifted >= 0 ? shifted / day : -((day - 1 - shifted) / day)
    return [date.dayNumber + days, shifted - days * day]
  }

  private static func made(_ year: Int, _ month: Int, _ day: Int, _ text: Substring) throws(Unreadable) -> CalendarDate
  {
    guard let date = CalendarDate(year, month, day) else {
      throw Unreadable(.impossibleDate, "There is no day \(quoted(text)).")
    }
    return date
  }

  // MARK: Forms

  /// `2025-06-01`, `2025/6/1`, with or without a time as RFC 3339 has it.
  private static func iso(_ text: Substring) throws(Unreadable) -> StrictDate? {
    let day = text.prefix { $0 != "T" && $0 != "t" && $0 != " " }
    let separator: Character = day.contains("/") ? "/" : "-"
    let parts = day.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, let year = natural(parts[0]), let month = natural(parts[1]),
      let dayOfMonth = natural(parts[2])
    else { return nil }
    let date = try made(year, month, dayOfMonth, text)
    guard day.endIndex < text.endIndex else { return StrictDate(date: date, time: nil, offset: nil) }
    guard let clock = ClockTime(text[text.index(after: day.endIndex)...]) else {
      throw Unreadable(.notAlone, "Behind the date stands what is no time: \(quoted(text)).")
    }
    return StrictDate(date: date, time: clock.nanoseconds, offset: clock.offset)
  }

  /// `13/04/2025` or `04/13/2025`, where only one reading exists.
  private static func numeric(_ text: Substring) throws(Unreadable) -> StrictDate? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "." || $0 == "-" }
    guard parts.count == 3, parts[2].count == 4, let first = natural(parts[0]), let second = natural(parts[1]),
      let year = natural(parts[2])
    else { return nil }
    if first <= 12, second <= 12, first != second {
      throw Unreadable(.ambiguousDate, "\(quoted(text)) can be two days: which number is the month?")
    }
    let (month, day) = first > 12 ? (second, first) : (first, second)
    return StrictDate(date: try made(year, month, day, text), time: nil, offset: nil)
  }

  /// `June 1, 2025`, `1st of June 2025`, `Sun, 1 Jun 2025`.
  private static func named(_ text: Substring) throws(Unreadable) -> StrictDate {
    var (month, weekday): (Int?, Int?)
    var numbers: [(value: Int, digits: Int)] = []
    let none = Unreadable(.noDate, "\(quoted(text)) is no date.")
    for word in text.lowercased().split(whereSeparator: { $0 == " " || $0 == "," || $0 == "-" || $0 == "." }) {
      if let name = CalendarNames.month(String(word)) {
        guard month == nil else { throw Unreadable(.severalValues, "\(quoted(text)) has two months.") }
        month = name
      } else if let name = CalendarNames.weekday(String(word)) {
        weekday = name
      } else if let number = natural(withoutOrdinal(word)) {
        numbers.append((number, withoutOrdinal(word).count))
      } else if word != "of" && word != "the" {
        throw none
      }
    }
    guard let month, numbers.count == 2, let yearIndex = numbers.firstIndex(where: { $0.digits == 4 }) else {
      throw none
    }
    let date = try made(numbers[yearIndex].value, month, numbers[1 - yearIndex].value, text)
    if let weekday, weekday != date.weekday {
      throw Unreadable(.impossibleDate, "\(date.text) is another day of the week than \(quoted(text)) says.")
    }
    return StrictDate(date: date, time: nil, offset: nil)
  }

  private static func withoutOrdinal(_ word: Substring) -> Substring {
    for ending in ["st", "nd", "rd", "th"] where word.hasSuffix(ending) && word.count <= 4 { return word.dropLast(2) }
    return word
  }

  static func natural(_ text: Substring) -> Int? {
    !text.isEmpty && text.utf8.count <= 4 && text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }
}
