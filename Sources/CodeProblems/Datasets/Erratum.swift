/// A fault of a problem for which no answer, or not every right answer, can pass.
package enum Erratum {
  package enum Reason: String, Sendable, CaseIterable {
    /// Several outputs are right, and the tests know one.
    case severalOutputs
    /// The program would have to talk with a judge.
    case interactive
    /// The tests are wrong.
    case wrongTests

    package var phrase: String {
      switch self {
      case .severalOutputs: "accept several outputs"
      case .interactive: "are interactive"
      case .wrongTests: "have wrong tests"
      }
    }
  }

  /// The faults of LiveCodeBench that its maintainers have acknowledged, in their ERRATA.md and the reports that it came
  /// from: by question id or, for LeetCode, by the title as it stands in an address.
  private static let known: [Reason: [String]] = [
    .severalOutputs: [
      "abc311_c", "abc326_d", "abc327_b", "abc333_e", "abc343_a", "abc343_e", "abc362_c", "arc185_c",
      "find-words-containing-character", "find-the-peaks", "generate-binary-strings-without-adjacent-zeros",
    ],
    .interactive: ["abc337_e", "abc355_e"],
    .wrongTests: ["abc350_c", "apply-operations-to-make-string-empty", "most-frequent-ids", "arc189_a"],
  ]

  private static let reasons: [String: Reason] = Dictionary(
    known.flatMap { reason, names in names.map { ($0, reason) } }, uniquingKeysWith: { first, _ in first })

  /// What is wrong with a problem of LiveCodeBench; nil where nothing is known.
  package static func reason(for entry: ProblemEntry) -> Reason? {
    reasons[entry.id] ?? reasons[slug(entry.title)] ?? reasons[slug(entry.id)]
  }

  /// "Find the Peaks" becomes "find-the-peaks".
  private static func slug(_ title: String) -> String {
    title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
  }
}
