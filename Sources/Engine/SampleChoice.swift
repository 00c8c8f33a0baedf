import Contract
import SeededRandom

/// The samples of a plan that a run asks: their positions, ascending. Takes a bit and a half for each of the plan's, and
/// nothing where all are asked.
struct SampleChoice: RandomAccessCollection, Sendable {
  let count: Int
  /// A bit for each position; empty where all are chosen.
  private var words: [UInt64] = []
  /// How many are chosen before each word.
  private var ranks: [UInt32] = []

  /// The same choice everywhere: Fisher and Yates over all positions from the seed, the first `count` taken.
  ///
  /// - Parameter total: of samples there are, below 2^32.
  init(_ selection: SampleSelection?, of total: Int) {
    guard let selection, selection.count < total else {
      count = total
      return
    }
    count = Swift.max(0, selection.count)
    var positions = (0..<total).map { UInt32(truncatingIfNeeded: $0) }
    var generator = SeededGenerator(seed: selection.seed ?? 0, stream: "sample")
    generator.shuffle(&positions)
    words = Array(repeating: 0, count: (total + 63) / 64)
    for position in positions.prefix(count) { words[Int(position) / 64] |= 1 << UInt64(position % 64) }
    ranks.reserveCapacity(words.count)
    var rank: UInt32 = 0
    for word in words {
      ranks.append(rank)
      rank += UInt32(word.nonzeroBitCount)
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  /// The position that has so many chosen ones before it.
  subscript(rank: Int) -> Int {
    if words.isEmpty { return rank }
    var (low, high) = (0, words.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if ranks[middle] <= rank { low = middle } else { high = middle }
    }
    var word = words[low]
    for _ in 0..<(rank - Int(ranks[low])) { word &= word &- 1 }
    return low * 64 + word.trailingZeroBitCount
  }

  /// How many chosen positions lie before this one; nil for one that is not chosen.
  func rank(of position: Int) -> Int? {
    if words.isEmpty { return (0..<count).contains(position) ? position : nil }
    guard position >= 0, position / 64 < words.count else { return nil }
    let (word, bit) = (words[position / 64], UInt64(1) << UInt64(position % 64))
    return word & bit == 0 ? nil : Int(ranks[position / 64]) + (word & (bit - 1)).nonzeroBitCount
  }
}
