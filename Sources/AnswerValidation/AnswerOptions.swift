/// What an answer may differ in from what was expected.
package struct AnswerOptions: Sendable, Equatable {
  /// How far a number may be off where ``decimalPlaces`` is not given.
  package var tolerance: Double
  /// Decimal places that a number was asked for, 0…15: it may be off by the rounding to them.
  package var decimalPlaces: Int?
  /// Whether upper and lower case differ.
  package var caseSensitive: Bool
  /// Whether `$`, `€`, `£` and `¥` may stand with a number. The lenient reading never minds them.
  package var allowCurrency: Bool
  /// Whether a number may be given in percent: `35%` is 0.35.
  package var allowPercent: Bool

  package init(
    tolerance: Double = 1e-6, decimalPlaces: Int? = nil, caseSensitive: Bool = false, allowCurrency: Bool = true,
    allowPercent: Bool = true
  ) {
    self.tolerance = tolerance
    self.decimalPlaces = decimalPlaces
    self.caseSensitive = caseSensitive
    self.allowCurrency = allowCurrency
    self.allowPercent = allowPercent
  }
}
