/// The time that at least one of some spans covers, which is that at which a model was at work.
struct TimeCover: Sendable {
  private typealias Span = (start: Int64, end: Int64)

  private var spans: [Span] = []
  /// Spans beyond this many are joined where they meet.
  private var limit = Self.leastLimit
  private static let leastLimit = 4096

  /// - Parameters: in milliseconds, the end not before the start.
  mutating func add(_ start: Int64, _ end: Int64) {
    spans.append((start, end))
    guard spans.count > limit else { return }
    spans = Self.joined(spans)
    limit = max(Self.leastLimit, spans.count * 2)
  }

  var seconds: Double {
    Self.joined(spans).reduce(0) { $0 + (Double($1.end) - Double($1.start)) } / 1000
  }

  private static func joined(_ spans: [Span]) -> [Span] {
    var joined: [Span] = []
    for span in spans.sorted(by: { $0.start < $1.start }) {
      if let last = joined.last, span.start <= last.end {
        joined[joined.count - 1].end = max(last.end, span.end)
      } else {
        joined.append(span)
      }
    }
    return joined
  }
}
