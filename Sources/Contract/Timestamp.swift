#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A moment in UTC, to the millisecond, written as RFC 3339 (`2026-01-31T08:09:10.123Z`).
package struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let millisecondsSinceEpoch: Int64

  package init(millisecondsSinceEpoch: Int64) { self.millisecondsSinceEpoch = millisecondsSinceEpoch }

  package static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// Reads RFC 3339 with `Z` or a numeric offset, with or without a fraction; a bare date means its midnight UTC.
  package init?(_ text: String) {
    let scalars = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= scalars.count else { return nil }
      return scalars[range].reduce(Int?(0)) { sum, digit in
        guard let sum, (48...57).contains(digit) else { return nil }
        return sum * 10 + Int(digit - 48)
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      scalars[4] == UInt8(ascii: "-"), scalars[7] == UInt8(ascii: "-"),
      (1...12).contains(month), Self.date(Self.days(year, month, day)) == (year, month, day)
    else { return nil }
    var milliseconds = Int64(Self.days(year, month, day)) * 86_400_000
    if scalars.count > 10 {
      guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(scalars[10]) else { return nil }
      guard let time = Self.timeOfDay(scalars, number) else { return nil }
      milliseconds += time
    }
    self.init(millisecondsSinceEpoch: milliseconds)
  }

  private static func timeOfDay(_ text: [UInt8], _ number: (Range<Int>) -> Int?) -> Int64? {
    guard let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      hour < 24, minute < 60, second <= 60, text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":")
    else { return nil }
    var milliseconds = Int64((hour * 60 + minute) * 60 + second) * 1000
    var index = 19
    if index < text.count, text[index] == UInt8(ascii: ".") {
      let digits = text[(index + 1)...].prefix { (48...57).contains($0) }
      guard !digits.isEmpty else { return nil }
      let padded = (Array(digits.prefix(3)) + [48, 48, 48]).prefix(3)
      milliseconds += padded.reduce(Int64(0)) { $0 * 10 + Int64($1 - 48) }
      index += 1 + digits.count
    }
    switch text[index...].first {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      return index + 1 == text.count ? milliseconds : nil
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard text.count == index + 6, let hours = number(index + 1..<index + 3),
        let minutes = number(index + 4..<index + 6), hours < 24, minutes < 60, text[index + 3] == UInt8(ascii: ":")
      else { return nil }
      let offset = Int64(hours * 60 + minutes) * 60_000
      return text[index] == UInt8(ascii: "+") ? milliseconds - offset : milliseconds + offset
    default:
      return nil
    }
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible date algorithms").
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  package var description: String {
    let (days, time) = millisecondsSinceEpoch.quotientAndRemainderFloored(by: 86_400_000)
    let (year, month, day) = Self.date(Int(days))
    func pad(_ value: some BinaryInteger, _ width: Int = 2) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(pad(year, 4))-\(pad(month))-\(pad(day))T\(pad(time / 3_600_000)):\(pad(time / 60_000 % 60)):"
      + "\(pad(time / 1000 % 60)).\(pad(time % 1000, 3))Z"
  }

  private static func date(_ daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
    let days = daysSinceEpoch + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted + (shifted < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// Midnight UTC of the first day of its month, or of one so many months later.
  package func startOfMonth(adding months: Int = 0) -> Timestamp {
    let (days, _) = millisecondsSinceEpoch.quotientAndRemainderFloored(by: 86_400_000)
    let (year, month, _) = Self.date(Int(days))
    let (years, index) = Int64(year * 12 + month - 1 + months).quotientAndRemainderFloored(by: 12)
    return Timestamp(millisecondsSinceEpoch: Int64(Self.days(Int(years), Int(index) + 1, 1)) * 86_400_000)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
  }

  /// Seconds from another moment to this one.
  package func seconds(since start: Timestamp) -> Double {
    Double(millisecondsSinceEpoch - start.millisecondsSinceEpoch) / 1000
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is not a time such as 2026-01-31T08:09:10Z")
    }
    self = value
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Int64 {
  fileprivate func quotientAndRemainderFloored(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
