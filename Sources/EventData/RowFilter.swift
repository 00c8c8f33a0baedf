/// Which rows count: those whose value is at least a threshold. NaN never is.
struct RowFilter: Sendable {
  let threshold: Double
  /// The least integer that passes; exact where a double threshold would not be.
  let minimum: Int64
  /// Whether the threshold is above every integer.
  private let excludesIntegers: Bool

  init(threshold: Double) {
    self.threshold = threshold
    let least = threshold.rounded(.up)
    excludesIntegers = least >= 0x1p63
    minimum = excludesIntegers ? .max : least <= -0x1p63 ? .min : Int64(least)
  }

  /// Whether `minimum` alone decides about integers.
  var isExact: Bool { !excludesIntegers }

  @inline(__always)
  func passes(_ value: Int64) -> Bool { value >= minimum && !excludesIntegers }

  @inline(__always)
  func passes(_ value: Double) -> Bool { value >= threshold }
}
