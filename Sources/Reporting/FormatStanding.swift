import Statistics

/// How one format fared on some answers.
struct FormatStanding {
  let format: Int
  let n: Int
  let right: Int
  let lenient: Int
  /// Of a prompt: the mean of the datasets' means, so that a dataset with many questions weighs no more. nil where a count
  /// is unknown.
  let tokens: Double?

  init?(_ format: Int, _ answers: some Sequence<FormatDigest.Answer>) {
    var (n, right, lenient) = (0, 0, 0)
    var sums: [Int: (sum: Double, count: Double)] = [:]
    var isComplete = true
    for answer in answers where answer.format == format {
      n += 1
      if answer.isRight { right += 1 }
      if answer.isLenientlyRight { lenient += 1 }
      guard let tokens = answer.tokens else {
        isComplete = false
        continue
      }
      sums[answer.dataset, default: (0, 0)].sum += Double(tokens)
      sums[answer.dataset, default: (0, 0)].count += 1
    }
    guard n > 0 else { return nil }
    self.format = format
    self.n = n
    self.right = right
    self.lenient = lenient
    let means = sums.values.map { $0.sum / $0.count }
    tokens = isComplete && !means.isEmpty ? means.reduce(0, +) / Double(means.count) : nil
  }

  var accuracy: Double { Double(right) / Double(n) }
  var interval: Interval? { Wilson.interval(successes: right, trials: n) }

  /// Percent right for each thousand tokens of the prompt.
  var efficiency: Double? { tokens.flatMap { $0 > 0 ? accuracy * 100 / ($0 / 1000) : nil } }
}
