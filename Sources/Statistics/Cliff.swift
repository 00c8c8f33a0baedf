#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the pass rate falls as the size grows: a logistic curve over log2(size), fitted to each sample's pass or fail,
/// and the sizes at which it crosses 50 % and 95 %.
///
/// The fit and its intervals are ``LogisticCurve``'s. A size is given only when it lies among the sizes tried;
/// otherwise, and wherever the data cannot tell, ``note`` says so in words.
package struct Cliff: Sendable, Equatable {
  /// A size with its 95 % interval; an end is nil when the samples do not bound it.
  package struct Crossing: Sendable, Equatable {
    package var size: Double
    package var low: Double?
    package var high: Double?
  }

  package var at50: Crossing?
  package var at95: Crossing?
  /// Samples that the fit rests on.
  package var n: Int
  package var note: String?

  /// Fewer samples than this tell nothing of where a cliff lies.
  package static let fewestSamples = 5

  /// - Parameter samples: samples without a size above 0 are left out.
  package init(_ samples: some Sequence<(size: Double, passed: Bool)>) {
    var counts: [Double: (trials: Int, passes: Int)] = [:]
    for sample in samples where sample.size > 0 && sample.size.isFinite {
      counts[sample.size, default: (0, 0)].trials += 1
      if sample.passed { counts[sample.size, default: (0, 0)].passes += 1 }
    }
    n = counts.values.reduce(0) { $0 + $1.trials }
    guard let smallest = counts.keys.min(), let largest = counts.keys.max() else {
      note = "no sample has a size above 0"
      return
    }
    let passes = counts.values.reduce(0) { $0 + $1.passes }
    if n < Self.fewestSamples {
      note = "too few results for a cliff: \(n), and it takes \(Self.fewestSamples)"
    } else if smallest == largest {
      note = "only the size \(Self.text(smallest)) was tried: a cliff takes two or more"
    } else if passes == n {
      note = "every sample passed: the cliff lies above \(Self.text(largest))"
    } else if passes == 0 {
      note = "no sample passed: the cliff lies below \(Self.text(smallest))"
    } else {
      fit(counts, smallest, largest)
    }
  }

  private mutating func fit(_ counts: [Double: (trials: Int, passes: Int)], _ smallest: Double, _ largest: Double) {
    let sizes = counts.keys.sorted()
    // Centred, so that intercept and slope hardly pull at each other.
    let centre = (log2(smallest) + log2(largest)) / 2
    let curve = LogisticCurve(
      sizes.map { size in
        let count = counts[size, default: (0, 0)]
        return .init(x: log2(size) - centre, trials: Double(count.trials), passes: Double(count.passes))
      })
    guard curve.slope < -1e-9 else {
      note = "the pass rate does not fall as the size grows"
      return
    }
    var notes: [String] = []
    func crossing(_ probability: Double, _ name: String) -> Crossing? {
      let size = exp2(curve.crossing(of: probability) + centre)
      if size < smallest {
        notes.append("the \(name) size lies below \(Self.text(smallest))")
        return nil
      }
      if size > largest {
        notes.append("the \(name) size lies above \(Self.text(largest))")
        return nil
      }
      let interval = curve.crossingInterval(of: probability)
      if interval.low == nil { notes.append("too few samples to bound the \(name) size from below") }
      if interval.high == nil { notes.append("too few samples to bound the \(name) size from above") }
      return Crossing(
        size: size, low: interval.low.map { exp2($0 + centre) }, high: interval.high.map { exp2($0 + centre) })
    }
    at50 = crossing(0.5, "50 %")
    at95 = crossing(0.95, "95 %")
    note = notes.isEmpty ? nil : notes.joined(separator: "; ")
  }

  private static func text(_ size: Double) -> String {
    Int(exactly: size).map(String.init) ?? String(size)
  }
}
