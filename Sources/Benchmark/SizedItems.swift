package import Contract

/// The samples of a suite that asks several of each size: their sizes and ids (`size=100/3`).
package struct SizedItems: SampleIDs {
  /// Distinct.
  private let sizes: [Int]
  private let samplesPerSize: Int

  private static let mostSamples = 1_000_000

  /// Reads the options `sizes` and `samples`.
  ///
  /// - Throws: ``ServiceError`` where they are out of range, or together more than a million samples.
  package init(_ options: SuiteOptions, largest: Int) throws(ServiceError) {
    sizes = try options.integers("sizes", in: 1...largest)
    samplesPerSize = try options.integer("samples", in: 1...Self.mostSamples)
    guard sizes.count <= Self.mostSamples / samplesPerSize else {
      throw options.error(
        "samples", "\(sizes.count) sizes with \(samplesPerSize) samples each are more than a million")
    }
  }

  package var count: Int { sizes.count * samplesPerSize }

  package func size(at index: Int) -> Int { sizes[index / samplesPerSize] }

  package subscript(index: Int) -> String { "size=\(size(at: index))/\(index % samplesPerSize + 1)" }

  package func index(of id: String) -> Int? {
    let parts = id.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1)
    guard parts.count == 2, parts[0].starts(with: "size=".utf8), let size = Self.number(parts[0].dropFirst(5)),
      let sample = Self.number(parts[1]), (1...samplesPerSize).contains(sample),
      let position = sizes.firstIndex(of: size)
    else { return nil }
    let index = position * samplesPerSize + sample - 1
    // Only as it is written here: "size=010/1" is no sample's.
    return self[index].utf8.elementsEqual(id.utf8) ? index : nil
  }

  private static func number(_ digits: Substring.UTF8View) -> Int? { Int(Substring(digits)) }

  /// The first sample of the smallest size.
  package var smallest: Int? {
    sizes.indices.min { sizes[$0] < sizes[$1] }.map { $0 * samplesPerSize }
  }
}
