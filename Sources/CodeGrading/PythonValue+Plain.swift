import CodeProblems
import Execution

extension PythonValue {
  /// A value from the sandbox.
  ///
  /// - Parameter mode: the reference lets a class of the program decide what its objects equal: such an object then passes
  ///   for anything.
  init(_ value: PlainValue, mode: GradingMode) {
    func values(_ items: [PlainValue]) -> [PythonValue] { items.map { PythonValue($0, mode: mode) } }
    switch value {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .int(let digits): self = PythonInteger(digits).map { .integer($0) } ?? .other(digits)
    case .float(let value): self = .float(value)
    case .string(let text): self = .string(text)
    case .bytes(let bytes): self = .other("\(bytes.count) bytes")
    case .list(let items): self = .list(values(items))
    case .tuple(let items): self = .tuple(values(items))
    case .set(let items): self = .set(values(items))
    case .dictionary(let members):
      self = .dictionary(members.map { (PythonValue($0.key, mode: mode), PythonValue($0.value, mode: mode)) })
    case .other(let type, let description, let definesEquality):
      if let number = Self.number(type, description) {
        self = number
      } else if definesEquality, mode == .official, !Self.equalOwnKindOnly.contains(type) {
        self = .anything
      } else {
        self = .other("\(description) (\(type))")
      }
    }
  }

  /// Types of the standard library whose objects equal nothing that JSON has.
  private static let equalOwnKindOnly: Set<String> = [
    "deque", "range", "dict_items", "dict_keys", "dict_values", "array", "bytearray", "memoryview", "slice", "date",
    "datetime", "time", "timedelta", "mappingproxy",
  ]

  /// A `Fraction(3, 2)` or a `Decimal('1.5')` as the float or integer that it equals; nil for one that equals none, and for
  /// anything else. What a program's own class by these names says of itself is as good as a number that it prints.
  private static func number(_ type: String, _ description: String) -> PythonValue? {
    guard description.hasSuffix(")") else { return nil }
    switch type {
    case "Fraction":
      let parts = description.dropFirst("Fraction(".count).dropLast().split(separator: ",").map {
        $0.filter { $0 != " " }
      }
      guard description.hasPrefix("Fraction("), parts.count == 2, let divisor = Int64(parts[1]), divisor > 0 else {
        return nil
      }
      if divisor == 1 { return PythonInteger(parts[0]).map { .integer($0) } }
      return Int64(parts[0]).flatMap { quotient($0, divisor) }
    case "Decimal":
      guard description.hasPrefix("Decimal('"), description.hasSuffix("')") else { return nil }
      return decimal(description.dropFirst("Decimal('".count).dropLast(2))
    default: return nil
    }
  }

  /// Exactly, where a float can hold it: only where the divisor is a power of two.
  private static func quotient(_ dividend: Int64, _ divisor: Int64) -> PythonValue? {
    guard divisor & (divisor - 1) == 0, dividend.magnitude < 1 << 53 else { return nil }
    return .float(Double(dividend) / Double(divisor))
  }

  private static func decimal(_ text: Substring) -> PythonValue? {
    if let integer = PythonInteger(text) { return .integer(integer) }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...18).contains(parts[1].count), var value = Int64(parts[0] + parts[1]) else {
      return nil
    }
    // value / 10^n = (value / 5^n) / 2^n, where that divides.
    for _ in parts[1] {
      guard value % 5 == 0 else { return nil }
      value /= 5
    }
    return quotient(value, 1 << Int64(parts[1].count))
  }
}
