/// The mean of some numbers; ``ItemMean`` has its interval.
package enum Mean {
  /// nil for no numbers.
  package static func of(_ values: some Collection<Double>) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
