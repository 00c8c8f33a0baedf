/// How many calls to one model may be under way at once.
///
/// Additive increase, multiplicative decrease, as TCP has it: one more after as many answers as there are places, and
/// four fifths of it where the provider limits the rate. Calls that began before such a cut are of the same episode and
/// make no further one.
package struct LaneWidth: Sendable, Equatable {
  package private(set) var current: Int
  private let isFixed: Bool
  /// Answers since the last change of calls that began after it.
  private var answers = 0
  private var lastCut: Duration?

  /// A provider that allows more is asked for it with an explicit concurrency.
  package static let largest = 100
  private static let cutFactor = 0.8

  private init(_ width: Int, isFixed: Bool) {
    current = max(1, width)
    self.isFixed = isFixed
  }

  package static func fixed(_ width: Int) -> LaneWidth { LaneWidth(width, isFixed: true) }
  package static func adaptive(from width: Int) -> LaneWidth { LaneWidth(min(width, largest), isFixed: false) }

  /// The most that it can become.
  package var most: Int { isFixed ? current : Self.largest }

  /// - Parameters:
  ///   - startedAt: when the call that was answered began.
  ///   - isFull: whether all places were taken: where they were not, more of them would help nobody.
  package mutating func answered(startedAt: Duration, isFull: Bool) {
    guard !isFixed, isFull, startedAt >= lastCut ?? startedAt else { return }
    answers += 1
    guard answers >= current, current < Self.largest else { return }
    current += 1
    answers = 0
  }

  /// The provider limits the rate.
  ///
  /// - Parameter startedAt: when the call that it refused began.
  package mutating func limited(startedAt: Duration, now: Duration) {
    guard !isFixed, lastCut.map({ startedAt > $0 }) ?? true else { return }
    current = max(1, Int(Double(current) * Self.cutFactor))
    answers = 0
    lastCut = now
  }
}
