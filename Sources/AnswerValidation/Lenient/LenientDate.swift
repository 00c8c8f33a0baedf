/// A date as JavaScript's `new Date(text)` reads one on a machine whose zone is UTC.
///
/// ECMA-262 leaves texts other than its own format to the engine. What is done here is what V8 does
/// (`src/date/dateparser-inl.h`): words that are no month are passed over until a number was read, months need three
/// letters, a number that can be no day is the year, text in parentheses counts for nothing. Years are 0…9999.
struct LenientDate {
  private enum Zone {
    case none
    case minutes(Int)
  }

  private var rest: Scalars
  private var numbers: [Int] = []
  private var namedMonth: Int?
  private var time: [Int] = []
  private var timeIsOpen = false
  private var hourOffset: Int?
  private var zone: Zone = .none
  private var zoneSign = 1
  private var zoneHour: Int?
  private var expectsZoneMinutes = false
  private var hasReadNumber = false

  private init(_ text: Scalars) { rest = text }

  /// The day as `2025-06-01`; nil for what is no date. A text that begins in that form is taken at its word.
  static func day(_ text: Scalars) -> String? {
    if isISO(text) { return text.prefix(10).text }
    if let day = isoShort(text) { return day }
    var parser = LenientDate(text)
    return parser.parse()
  }

  private static func isISO(_ text: Scalars) -> Bool {
    guard text.count >= 10 else { return false }
    return zip("dddd-dd-dd", text).allSatisfy { $0 == "d" ? $1.isDigit : $1 == "-" }
  }

  /// ECMA's own short forms, `2025` and `2025-06`.
  private static func isoShort(_ text: Scalars) -> String? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = parts.first, year.count == 4, year.allSatisfy(\.isDigit) else { return nil }
    if parts.count == 1 { return "\(year.text)-01-01" }
    guard parts.count == 2, parts[1].count == 2, parts[1].allSatisfy(\.isDigit), let month = Int(parts[1].text),
      (1...12).contains(month)
    else { return nil }
    return "\(year.text)-\(parts[1].text)-01"
  }

  // MARK: Tokens

  private mutating func parse() -> String? {
    while let scalar = rest.first {
      let isFine: Bool
      if scalar.isDigit {
        isFine = readNumber()
      } else if isLetter(scalar) {
        isFine = readWord()
      } else if scalar == "+" || scalar == "-" {
        rest.removeFirst()
        isFine = readSign(scalar == "-" ? -1 : 1)
      } else if scalar == "(" {
        skipParentheses()
        isFine = true
      } else {
        rest.removeFirst()
        isFine = scalar != ")" || !hasReadNumber
      }
      if !isFine { return nil }
    }
    return day()
  }

  /// What a word consists of: everything from `A` on.
  private func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 65 && !scalar.isScriptSpace }

  /// Digits; more than nine count as the first nine do.
  private mutating func digits() -> (value: Int, count: Int) {
    let run = rest.prefix(while: \.isDigit)
    rest = rest[run.endIndex...]
    let significant = run.drop { $0 == "0" }.prefix(9)
    return (significant.reduce(0) { $0 * 10 + Int($1.value - 48) }, run.count)
  }

  private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func readNumber() -> Bool {
    let number = digits().value
    hasReadNumber = true
    if skip(":") {
      if skip(":") {
        guard time.isEmpty else { return false }
        time = [number, 0]
      } else {
        guard time.count < 3 else { return false }
        time.append(number)
        _ = skip(".")
      }
      timeIsOpen = true
      return true
    }
    if rest.first == ".", isExpectingTime(number) {
      rest.removeFirst()
      time.append(number)
      guard rest.first?.isDigit == true else { return false }
      _ = digits()
      timeIsOpen = false
      return true
    }
    if expectsZoneMinutes {
      setZone(hours: zoneHour ?? 0, minutes: number)
      expectsZoneMinutes = false
      return true
    }
    if isExpectingTime(number) {
      time.append(number)
      timeIsOpen = false
      guard let next = rest.first else { return true }
      return next.isScriptSpace || next == "+" || next == "-" || next == "Z" || next == "z"
    }
    guard numbers.count < 3 else { return false }
    numbers.append(number)
    _ = skip("-")
    return true
  }

  private func isExpectingTime(_ number: Int) -> Bool {
    timeIsOpen && (time.count == 1 || time.count == 2) && number < 60
  }

  private mutating func readWord() -> Bool {
    let word = rest.prefix(while: isLetter)
    rest = rest[word.endIndex...]
    let name = word.text.lowercased()
    if let month = CalendarNames.monthPrefix(name) {
      namedMonth = month
      _ = skip("-")
      return true
    }
    if name == "am" || name == "pm", !time.isEmpty {
      hourOffset = name == "pm" ? 12 : 0
      return true
    }
    if hasReadNumber, let hours = Self.zones[name] {
      setZone(hours: hours, minutes: 0)
      zoneSign = 1
      return true
    }
    // What is no word of a date may stand before the first number only, and not touch it.
    return !hasReadNumber && rest.first?.isDigit != true
  }

  private static let zones = [
    "ut": 0, "utc": 0, "z": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7,
  ]

  private mutating func setZone(hours: Int, minutes: Int) { zone = .minutes(zoneSign * (hours * 60 + minutes)) }

  private mutating func readSign(_ sign: Int) -> Bool {
    let isUTC = if case .minutes(0) = zone { true } else { false }
    guard isUTC || !time.isEmpty else { return !hasReadNumber }
    zoneSign = sign
    let number = rest.first?.isDigit == true ? digits() : (value: 0, count: 0)
    hasReadNumber = true
    if rest.first == ":" {
      zoneHour = number.value
      expectsZoneMinutes = true
      zone = .minutes(sign * number.value * 60)
      return true
    }
    switch number.count {
    case 1, 2: setZone(hours: number.value, minutes: 0)
    case 3, 4: setZone(hours: number.value / 100, minutes: number.value % 100)
    default: return false
    }
    return true
  }

  private mutating func skipParentheses() {
    var depth = 0
    while let scalar = rest.popFirst() {
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth -= 1 }
      if depth == 0 { return }
    }
  }

  // MARK: The day

  private func day() -> String? {
    guard !numbers.isEmpty else { return nil }
    // Day and month are 1 where they are not given.
    let parts = (numbers + [1, 1]).prefix(3)
    let beginsWithYear = !(1...31).contains(parts[0])
    var (year, month, day): (Int, Int, Int)
    switch (namedMonth, beginsWithYear) {
    case (let name?, true): (year, month, day) = (parts[0], name, parts[1])
    case (let name?, false): (year, month, day) = (parts[1], name, parts[0])
    case (nil, true): (year, month, day) = (parts[0], parts[1], parts[2])
    case (nil, false): (year, month, day) = (parts[2], parts[0], parts[1])
    }
    if (0...49).contains(year) { year += 2000 } else if (50...99).contains(year) { year += 1900 }
    guard (1...12).contains(month), (1...31).contains(day), year <= 9999, let minutes = minutesOfDay() else {
      return nil
    }
    guard let first = CalendarDate(year, month, 1) else { return nil }
    let shift = minutes >= 0 ? minutes / 1440 : -((1439 - minutes) / 1440)
    let date = first.adding(days: day - 1 + shift)
    return "\(date.year)-\(CalendarDate.padded(date.month, 2))-\(CalendarDate.padded(date.day, 2))"
  }

  /// Minutes since midnight in UTC; may lie on another day. nil for a time that does not exist.
  private func minutesOfDay() -> Int? {
    var parts = time
    while parts.count < 4 { parts.append(0) }
    var hour = parts[0]
    if let hourOffset {
      guard (0...12).contains(hour) else { return nil }
      hour = hour % 12 + hourOffset
    }
    let isMidnightAtEnd = hour == 24 && parts[1] == 0 && parts[2] == 0
    guard (0...23).contains(hour) || isMidnightAtEnd, parts[1] < 60, parts[2] < 60 else { return nil }
    var offset = 0
    if case .minutes(let minutes) = zone { offset = minutes }
    return hour * 60 + parts[1] - offset
  }
}
