import Statistics

/// The differences of two sides, sample by sample. Of more of them than resampling takes, only sums are kept.
struct DifferenceTally {
  /// All of them, and those that are not 0, while there are few enough to draw from.
  private var values: [Double] = []
  private var moved: [Double] = []
  private var sums = ItemSums()
  private var squares = 0.0
  /// About the mean so far (Welford 1962, Technometrics 4:419–420).
  private var mean = 0.0
  private var squaresAboutMean = 0.0

  private(set) var sum = 0.0
  /// How many are below 0, and above.
  private(set) var below = 0
  private(set) var above = 0

  mutating func add(_ difference: Double) {
    let item = ItemValues(sum: difference)
    sums.add(item)
    sum += difference
    squares += difference * difference
    let deviation = difference - mean
    mean += deviation / Double(sums.items)
    squaresAboutMean += deviation * (difference - mean)
    if difference < 0 { below += 1 }
    if difference > 0 { above += 1 }
    if areMany { values = [] } else { values.append(difference) }
    if areManyMoved { moved = [] } else if difference != 0 { moved.append(difference) }
  }

  private var areMany: Bool { sums.items > ItemMean.mostForBootstrap }

  private var areManyMoved: Bool { below + above > ItemMean.mostForBootstrap }

  var signFlip: SignFlip { areManyMoved ? SignFlip(sum: sum, squares: squares) : SignFlip(moved) }

  /// The 95 % interval of the mean; nil where nothing is known of the spread.
  var interval: Interval? {
    areMany ? sums.interval : ItemMean.interval(values.map { ItemValues(sum: $0) })
  }

  /// The standard deviation; nil for fewer than two.
  var deviation: Double? {
    sums.items > 1 ? (squaresAboutMean / Double(sums.items - 1)).squareRoot() : nil
  }

  /// From here on only ``sum``, ``below``, ``above`` and ``deviation`` are known.
  mutating func forgetValues() { (values, moved) = ([], []) }
}
