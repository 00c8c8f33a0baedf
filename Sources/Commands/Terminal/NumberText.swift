#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers as people read them. What is unknown is `–`, never 0.
package enum NumberText {
  package static let unknown = "–"

  /// A number with a fixed count of decimals, rounded as C's `printf` does.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return unknown }
    let text = withVaList([Int32(decimals), value]) { list in
      var buffer = [CChar](repeating: 0, count: 340 + decimals)
      let count = vsnprintf(&buffer, buffer.count, "%.*f", list)
      return String(decoding: buffer.prefix(max(0, Int(count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return text.contains { ("1"..."9").contains($0) } || !text.hasPrefix("-") ? text : String(text.dropFirst())
  }

  /// A score between 0 and 1 with three decimals.
  package static func score(_ value: Double?) -> String { value.map { fixed($0, 3) } ?? unknown }

  /// The two ends of an interval of a score.
  package static func interval(_ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return unknown }
    return "\(score(low))–\(score(high))"
  }

  /// A count with its thousands set apart: `1,000,000`.
  package static func count(_ value: Int?) -> String {
    guard let value else { return unknown }
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A mean of counts: whole from 10 on, one decimal below.
  package static func mean(_ value: Double?) -> String {
    guard let value, value.isFinite else { return unknown }
    guard value.magnitude >= 10, let whole = Int(exactly: value.rounded()) else { return fixed(value, 1) }
    return count(whole)
  }

  /// A time in the unit that suits it: `0.85 ms`, `12.3 s`, `4 min 05 s`, `2 h 03 min`.
  package static func seconds(_ value: Double?) -> String {
    guard let value, value.isFinite else { return unknown }
    switch value {
    case ..<0.0995: return "\(fixed(value * 1000, value < 0.00995 ? 2 : 1)) ms"
    case ..<0.9995: return "\(fixed(value * 1000, 0)) ms"
    case ..<59.95: return "\(fixed(value, value < 9.995 ? 2 : 1)) s"
    case ..<3599.5:
      let whole = Int(value.rounded())
      return "\(whole / 60) min \(padded(whole % 60)) s"
    case ..<1e9:
      let whole = Int((value / 60).rounded())
      return "\(whole / 60) h \(padded(whole % 60)) min"
    default: return "\(fixed(value, 0)) s"
    }
  }

  package static func milliseconds(_ value: Double?) -> String { seconds(value.map { $0 / 1000 }) }

  /// A clock for times that run: `0:04`, `12:30`, `1:02:03`.
  package static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds.isFinite ? seconds : 0, 0), 3_599_999).rounded())
    let hours = whole / 3600
    let minutes = whole / 60 % 60
    let rest = padded(whole % 60)
    return hours > 0 ? "\(hours):\(padded(minutes)):\(rest)" : "\(minutes):\(rest)"
  }

  /// A size in decimal units: `913 B`, `14.2 MB`.
  package static func bytes(_ value: Int?) -> String {
    guard let value else { return unknown }
    var scaled = Double(value)
    var units = ["kB", "MB", "GB", "TB", "PB", "EB"][...]
    guard scaled >= 1000 else { return "\(value) B" }
    scaled /= 1000
    var unit = units.removeFirst()
    while scaled >= 999.95, let next = units.popFirst() {
      scaled /= 1000
      unit = next
    }
    return "\(fixed(scaled, scaled < 99.95 ? 1 : 0)) \(unit)"
  }

  /// US dollars: cents for larger sums, four decimals below one dollar.
  package static func dollars(_ value: Double?) -> String {
    guard let value else { return unknown }
    return "$\(fixed(value, value.magnitude < 1 && value != 0 ? 4 : 2))"
  }

  /// Things a second.
  package static func rate(_ value: Double?) -> String {
    guard let value, value.isFinite else { return unknown }
    return "\(fixed(value, value < 10 ? 1 : 0))/s"
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
