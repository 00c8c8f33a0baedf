/// Numbers as people read them. What is unknown is "–", never 0.
package enum Figure {
  package static let unknown = "–"

  /// A share of 1 as a percentage: "72.0 %".
  package static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return unknown }
    return "\(fixed(share * 100, 1)) %"
  }

  /// A share with its 95 % interval: "72.0 % (65.1–78.0)".
  package static func percent(_ share: Double?, _ low: Double?, _ high: Double?) -> String {
    guard share?.isFinite == true, let low, let high, low.isFinite, high.isFinite else { return percent(share) }
    return "\(percent(share)) (\(fixed(low * 100, 1))–\(fixed(high * 100, 1)))"
  }

  /// "12,345".
  package static func count(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
      grouped.append(digit)
    }
    return (number < 0 ? "-" : "") + grouped
  }

  /// A mean of counts: whole from 100 on, with one decimal below.
  package static func mean(_ number: Double?) -> String {
    guard let number, number.isFinite else { return unknown }
    if number.magnitude >= 99.95 { return Int(exactly: number.rounded()).map(count) ?? "\(number)" }
    return fixed(number, 1)
  }

  /// A size with three significant digits, which is what a fit can tell: "49.4", "1,230".
  package static func size(_ number: Double?) -> String {
    guard let number, number.isFinite else { return unknown }
    if number.magnitude >= 100 { return Int(exactly: number.rounded()).map(count) ?? "\(number)" }
    return trimmed(fixed(number, number.magnitude >= 10 ? 1 : 2))
  }

  /// Any measure with about three significant digits.
  package static func measure(_ number: Double?) -> String {
    guard let number, number.isFinite else { return unknown }
    if number.magnitude >= 100 { return mean(number) }
    if number != 0, number.magnitude < 0.001 { return "\(number)" }
    return trimmed(fixed(number, number.magnitude >= 10 ? 1 : number.magnitude >= 1 ? 2 : 3))
  }

  /// "3.2 ms", "345 ms", "12.3 s", "3 min 05 s", "2 h 03 min".
  package static func time(milliseconds: Double?) -> String {
    guard let milliseconds, milliseconds.isFinite else { return unknown }
    if milliseconds.magnitude < 9.95 { return "\(fixed(milliseconds, 1)) ms" }
    if milliseconds.magnitude < 999.5 { return "\(fixed(milliseconds, 0)) ms" }
    if milliseconds.magnitude < 119_950 { return "\(fixed(milliseconds / 1000, 1)) s" }
    guard let seconds = Int(exactly: (milliseconds / 1000).rounded()) else { return "\(milliseconds / 1000) s" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if seconds < 7200 { return "\(seconds / 60) min \(two(seconds % 60)) s" }
    return "\(count(seconds / 3600)) h \(two(seconds % 3600 / 60)) min"
  }

  /// "$12.34"; below a dollar with two significant digits: "$0.0012".
  package static func dollars(_ amount: Double?) -> String {
    guard let amount, amount.isFinite else { return unknown }
    if amount == 0 || amount.magnitude >= 0.995 { return "$\(fixed(amount, 2))" }
    if amount.magnitude < 0.000_001 { return "below $0.000001" }
    var decimals = 2
    var scaled = amount.magnitude
    while scaled < 0.0995 {
      scaled *= 10
      decimals += 1
    }
    return "$\(fixed(amount, decimals))"
  }

  /// Rounded to some decimals, half away from zero.
  package static func fixed(_ number: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (number * scale).rounded()
    guard let whole = Int(exactly: scaled) else { return "\(number)" }
    let digits = String(whole.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let text = count(Int(padded.dropLast(decimals)) ?? 0) + (decimals > 0 ? "." + padded.suffix(decimals) : "")
    return (whole < 0 ? "-" : "") + text
  }

  /// Without zeros at the end of the decimals.
  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
