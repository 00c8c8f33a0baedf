/// The chance that one of k answers is right.
package enum PassAtK {
  /// The unbiased estimate from `samples` answers of which `passed` are right (Chen and others 2021, arXiv:2107.03374,
  /// §2.1): 1 − C(samples − passed, k) / C(samples, k), as a product that does not overflow.
  ///
  /// - Returns: nil for fewer samples than k, for k below 1 and for counts that make no sense.
  package static func estimate(samples: Int, passed: Int, k: Int) -> Double? {
    guard k >= 1, samples >= k, (0...samples).contains(passed) else { return nil }
    if samples - passed < k { return 1 }
    var allWrong = 1.0
    for count in (samples - passed + 1)..<(samples + 1) { allWrong *= 1 - Double(k) / Double(count) }
    return 1 - allWrong
  }
}
