/// How the program is found in a model's answer.
package enum ExtractionRule: String, Sendable, CaseIterable {
  /// The last block of Python, one that defines the wanted function before others; without blocks an answer that is
  /// nothing but code. What stands between `<think>` and `</think>` is no answer, and a last block without an end reaches
  /// to the end.
  case standard = "default"
  /// LiveCodeBench's (extraction_utils.py): what stands between the last two lines that have three backticks in them,
  /// whatever they are.
  case official

  /// nil for an answer without code.
  ///
  /// - Parameter function: the function that the code has to define, where there is one.
  package func code(in answer: String, function: String?) -> ExtractedCode? {
    switch self {
    case .standard: StandardExtraction(answer: answer, function: function).code
    case .official: Self.official(answer)
    }
  }

  private static func official(_ answer: String) -> ExtractedCode? {
    // Lines as Python's split("\n") has them: a carriage return stays where it is.
    let lines = answer.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    let fences = lines.indices.filter { lines[$0].contains(threeOf: UInt8(ascii: "`")) }
    guard fences.count >= 2 else { return nil }
    let (open, close) = (fences[fences.count - 2], fences[fences.count - 1])
    let inner = lines[(open + 1)..<close].map { String(Substring($0)) }
    let code = inner.joined(separator: "\n")
    // Nothing, or nothing but white space, is no program to the reference either: it reports an error.
    guard !code.allSatisfy(\.isWhitespace) else { return nil }
    return ExtractedCode(
      code: code, block: fences.count - 1, blocks: fences.count - 1, lines: (open + 2)...max(close, open + 2))
  }
}

extension Substring.UTF8View {
  fileprivate func contains(threeOf byte: UInt8) -> Bool {
    var run = 0
    for next in self {
      run = next == byte ? run + 1 : 0
      if run == 3 { return true }
    }
    return false
  }
}
