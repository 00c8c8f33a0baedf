import Statistics

/// Two formats on the same questions, asked of the same models in the same epochs.
struct FormatPair {
  let first: Int
  let second: Int
  let pairs: Int
  let questions: Int
  let firstOnly: Int
  let secondOnly: Int
  /// Of the first over the second.
  let difference: Double
  /// The bootstrap that draws whole questions: answers to the same question resemble each other.
  let interval: Interval?
  let pValue: Double

  /// nil where they have no question in common.
  init?(_ first: Int, _ second: Int, _ answers: [FormatDigest.Answer]) {
    struct Place: Hashable {
      let model: Int
      let question: Int
      let epoch: Int
    }
    var left: [Place: Bool] = [:]
    for answer in answers where answer.format == first {
      left[Place(model: answer.model, question: answer.question, epoch: answer.epoch)] = answer.isRight
    }
    var items: [Int: ItemValues] = [:]
    var (firstOnly, secondOnly, pairs) = (0, 0, 0)
    for answer in answers where answer.format == second {
      let place = Place(model: answer.model, question: answer.question, epoch: answer.epoch)
      guard let isRight = left[place] else { continue }
      pairs += 1
      if isRight, !answer.isRight { firstOnly += 1 }
      if !isRight, answer.isRight { secondOnly += 1 }
      let difference = (isRight ? 1.0 : 0) - (answer.isRight ? 1.0 : 0)
      items[answer.question, default: ItemValues(sum: 0, count: 0)].sum += difference
      items[answer.question, default: ItemValues(sum: 0, count: 0)].count += 1
    }
    guard pairs > 0 else { return nil }
    self.first = first
    self.second = second
    self.pairs = pairs
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
    questions = items.count
    let values = items.sorted { $0.key < $1.key }.map(\.value)
    difference = ItemMean.of(values) ?? 0
    interval = ItemMean.interval(values)?.clipped(to: -1...1)
    pValue = McNemar(firstOnly: firstOnly, secondOnly: secondOnly).pValue
  }
}
