/// The median of any number of values, in little memory. It is exact: where the values are too many to be kept, one pass
/// over them tells about where their middle lies, and further passes over the same values, in any order, close in on it.
///
/// Add every value, end the pass, and do so again until it ``isSettled``.
package struct MedianSearch: Sendable {
  /// In each pass, for each of the two middle places.
  private static let mostKept = 1 << 16

  package private(set) var count = 0
  private var kept: [Double] = []
  private var counts: KeyCounts?
  /// For the values in the middle, of which there are two where the count is even.
  private var middle: [RankSearch] = []

  package init() {}

  /// - Parameter value: not a NaN.
  package mutating func add(_ value: Double) {
    if !middle.isEmpty {
      for index in middle.indices { middle[index].add(value.orderedKey) }
      return
    }
    count += 1
    if counts != nil {
      counts?.add(value.orderedKey)
      return
    }
    kept.append(value)
    guard kept.count > Self.mostKept, let low = kept.min(), let high = kept.max() else { return }
    // The values to come are taken to be much like those so far; it is no matter where they are not.
    var counts = KeyCounts(low.orderedKey...high.orderedKey)
    for value in kept { counts.add(value.orderedKey) }
    self.counts = counts
    kept = []
  }

  package mutating func endPass() {
    if !middle.isEmpty {
      for index in middle.indices { middle[index].endPass() }
    } else if let counts {
      middle = Set([(count - 1) / 2, count / 2]).sorted().map {
        RankSearch(counts.place(of: $0), mostKept: Self.mostKept)
      }
      self.counts = nil
    }
  }

  /// Whether the values need not be looked at again.
  package var isSettled: Bool { middle.isEmpty ? counts == nil : middle.allSatisfy { $0.found != nil } }

  /// nil without values. Until it is settled, a value near it: in a run of the mill set within a thousandth.
  package var median: Double? {
    if let counts {
      let places = [(count - 1) / 2, count / 2].map { counts.place(of: $0).keys }
      return Mean.of(places.map { (Double(orderedKey: $0.lowerBound) + Double(orderedKey: $0.upperBound)) / 2 })
    }
    if middle.isEmpty { return Percentile.median(kept) }
    let values = middle.map { $0.found ?? Double(orderedKey: $0.place.keys.lowerBound) }
    // As ``Percentile`` goes between two neighbours.
    guard let first = values.first, let last = values.last else { return nil }
    return first == last ? first : first + (last - first) * 0.5
  }
}

/// Where a value lies among others: so many keys are there, and this one has so many before it.
private struct Place: Sendable {
  var keys: ClosedRange<UInt64>
  var count: Int
  var rank: Int
}

/// Finds the value of one rank.
private struct RankSearch: Sendable {
  private(set) var place: Place
  private(set) var found: Double?
  private let mostKept: Int
  private var kept: [UInt64] = []
  private var counts: KeyCounts?

  init(_ place: Place, mostKept: Int) {
    self.place = place
    self.mostKept = mostKept
    if place.keys.lowerBound == place.keys.upperBound {
      found = Double(orderedKey: place.keys.lowerBound)
    } else if place.count > mostKept {
      counts = KeyCounts(place.keys)
    }
  }

  mutating func add(_ key: UInt64) {
    guard found == nil, place.keys.contains(key) else { return }
    if counts == nil { kept.append(key) } else { counts?.add(key) }
  }

  mutating func endPass() {
    guard found == nil else { return }
    if let counts {
      self = RankSearch(counts.place(of: place.rank), mostKept: mostKept)
    } else {
      kept.sort()
      // Other values than in the pass before would be a caller's mistake; a neighbour then does.
      found = kept.isEmpty ? Double(orderedKey: place.keys.lowerBound) : nil
      if found == nil { found = Double(orderedKey: kept[min(max(0, place.rank), kept.count - 1)]) }
      kept = []
    }
  }
}

/// How many keys lie in each of 65 536 parts of a range, below it and above it.
private struct KeyCounts: Sendable {
  private static let bits = 16

  private let low: UInt64
  private let shift: UInt64
  private var parts = Array(repeating: UInt32(0), count: 1 << bits)
  private var below = 0
  private var above = 0

  init(_ keys: ClosedRange<UInt64>) {
    low = keys.lowerBound
    let width = keys.upperBound - keys.lowerBound
    shift = UInt64(max(0, UInt64.bitWidth - width.leadingZeroBitCount - Self.bits))
  }

  mutating func add(_ key: UInt64) {
    guard key >= low else {
      below += 1
      return
    }
    let part = (key - low) >> shift
    if part < UInt64(parts.count) { parts[Int(part)] &+= 1 } else { above += 1 }
  }

  func place(of rank: Int) -> Place {
    if rank < below { return Place(keys: 0...(low - 1), count: below, rank: rank) }
    var before = below
    for (index, count) in parts.enumerated() {
      if rank < before + Int(count) {
        let start = low + UInt64(index) << shift
        let (end, isBeyond) = start.addingReportingOverflow((1 << shift) - 1)
        return Place(keys: start...(isBeyond ? .max : end), count: Int(count), rank: rank - before)
      }
      before += Int(count)
    }
    let (start, isBeyond) = low.addingReportingOverflow(UInt64(parts.count) << shift)
    return Place(keys: (isBeyond ? low : start)...UInt64.max, count: above, rank: rank - before)
  }
}

extension Double {
  /// A number that is in the same order as the value itself.
  fileprivate var orderedKey: UInt64 { bitPattern >> 63 == 0 ? bitPattern | 1 << 63 : ~bitPattern }

  fileprivate init(orderedKey key: UInt64) { self.init(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key) }
}
