package import Contract

/// The samples of a suite that asks several of each size: their sizes and ids (`size=100/3`).
package struct SizedItems: Sendable {
  package let ids: [String]
  package let sizes: [Int]

  private static let mostSamples = 1_000_000

  /// Reads the options `sizes` and `samples`.
  ///
  /// - Throws: ``ServiceError`` where they are out of range, or together more than a million samples.
  package init(_ options: SuiteOptions, largest: Int) throws(ServiceError) {
    let distinct = try options.integers("sizes", in: 1...largest)
    let samples = try options.integer("samples", in: 1...Self.mostSamples)
    guard distinct.count <= Self.mostSamples / samples else {
      throw options.error("samples", "\(distinct.count) sizes with \(samples) samples each are more than a million")
    }
    sizes = distinct.flatMap { Array(repeating: $0, count: samples) }
    ids = distinct.flatMap { size in (1...samples).map { "size=\(size)/\($0)" } }
  }
}
