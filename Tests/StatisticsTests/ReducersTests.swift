import Statistics
import Testing

/// Known answers: exact fractions of binomial coefficients, by Python's `fractions` and `math.comb`.
@Suite struct ReducersTests {
  private static let known: [(n: Int, c: Int, k: Int, atLeastOne: Double, all: Double)] = [
    (5, 2, 1, 0.4, 0.4), (5, 2, 2, 0.7, 0.1), (5, 2, 3, 0.9, 0), (5, 2, 4, 1, 0),
    (200, 13, 1, 0.065, 0.065), (200, 13, 10, 0.49755111473060615, 1.2738851058221087e-14),
    (200, 13, 100, 0.9999194971988055, 0), (10, 10, 10, 1, 1), (10, 0, 3, 0, 0), (1000, 999, 2, 1, 0.998),
    (10_000, 1, 5000, 0.5, 0),
  ]

  @Test(arguments: known.indices) func `pass@k and pass^k are exact`(_ index: Int) throws {
    let (n, c, k, atLeastOne, all) = Self.known[index]
    let first = try #require(Reducer.passAtK(k, passes: c, of: n))
    let second = try #require(Reducer.passHatK(k, passes: c, of: n))
    #expect(abs(first - atLeastOne) <= 1e-12)
    #expect(abs(second - all) <= 1e-12 * max(all, 1e-14))
  }

  /// Over all choices of k out of n attempts, which is what the estimators mean.
  @Test func `pass@k and pass^k are the shares of all choices`() throws {
    let passed = [true, false, true, true, false, false, true]
    for k in 1...7 {
      let choices = (0..<1 << 7).filter { $0.nonzeroBitCount == k }
      func attempts(_ choice: Int) -> [Bool] { (0..<7).filter { choice >> $0 & 1 == 1 }.map { passed[$0] } }
      let some = Double(choices.count { attempts($0).contains(true) }) / Double(choices.count)
      let all = Double(choices.count { !attempts($0).contains(false) }) / Double(choices.count)
      #expect(abs(try #require(Reducer.passAtK(k, passes: 4, of: 7)) - some) < 1e-12)
      #expect(abs(try #require(Reducer.passHatK(k, passes: 4, of: 7)) - all) < 1e-12)
    }
  }

  @Test func `what the attempts cannot tell is nil`() {
    #expect(Reducer.passAtK(3, passes: 1, of: 2) == nil && Reducer.passHatK(3, passes: 1, of: 2) == nil)
    #expect(Reducer.passAtK(0, passes: 1, of: 2) == nil && Reducer.passAtK(1, passes: 3, of: 2) == nil)
    #expect(Reducer.passAtK(1, passes: -1, of: 2) == nil && Reducer.majority(passes: 0, of: 0) == nil)
    #expect(Reducer.mean.value(of: []) == nil && Reducer.majority.value(of: []) == nil)
  }

  @Test func `a majority needs more than half, and a half is a half`() {
    #expect(Reducer.majority.value(of: [1, 1, 0]) == 1 && Reducer.majority.value(of: [1, 0, 0]) == 0)
    #expect(Reducer.majority.value(of: [1, 0]) == 0.5)
  }

  @Test func `only a full score has passed, and the mean takes parts too`() {
    let scores = [1, 0.5, 0.99, 0]
    #expect(Reducer.mean.value(of: scores) == 0.6225)
    #expect(Reducer.passAtK(2).value(of: scores) == 0.5 && Reducer.passHatK(1).value(of: scores) == 0.25)
    #expect(Reducer.majority.value(of: scores) == 0)
  }
}
