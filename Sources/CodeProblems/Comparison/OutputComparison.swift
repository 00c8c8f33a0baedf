/// Judges what a program printed, by the rules of LiveCodeBench's grader (testing_util.py, `grade_stdio`): white space
/// around the whole and around each line does not count, the number of lines does, and lines that are not the same are
/// equal where both are lists of numbers that are exactly equal as decimals.
package enum OutputComparison {
  /// Where an output differs from what was expected.
  package struct Difference: Sendable, Equatable {
    /// From 1; nil where the number of lines differs.
    package var line: Int?
    /// One sentence.
    package var message: String
  }

  /// nil where the output is right.
  package static func difference(_ output: [UInt8], _ expected: [UInt8]) -> Difference? {
    let output = PythonSpace.stripped(output[...])
    let expected = PythonSpace.stripped(expected[...])
    if output.elementsEqual(expected) { return nil }
    let (lines, expectedLines) = (Self.lines(output), Self.lines(expected))
    for (index, (line, expectedLine)) in zip(lines, expectedLines).enumerated() where !areEqual(line, expectedLine) {
      // Line counts are looked at first, but the first line that differs says more.
      return Difference(
        line: index + 1,
        message: "Line \(index + 1) is \(quoted(line)), expected \(quoted(expectedLine))"
          + (lines.count == expectedLines.count ? "." : "; \(counts(lines.count, expectedLines.count))."))
    }
    guard lines.count != expectedLines.count else { return nil }
    return Difference(line: nil, message: "\(counts(lines.count, expectedLines.count)).".capitalizedStart)
  }

  private static func counts(_ actual: Int, _ expected: Int) -> String {
    "\(actual) \(actual == 1 ? "line was" : "lines were") printed instead of \(expected)"
  }

  private static func lines(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    text.split(separator: 0x0A, omittingEmptySubsequences: false).map { PythonSpace.stripped($0) }
  }

  private static func areEqual(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    if left.elementsEqual(right) { return true }
    guard let left = decimals(left), let right = decimals(right) else { return false }
    return left == right
  }

  private static func decimals(_ line: ArraySlice<UInt8>) -> [PythonDecimal]? {
    var numbers: [PythonDecimal] = []
    for word in PythonSpace.words(line) {
      guard let number = PythonDecimal(word) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private static func quoted(_ line: ArraySlice<UInt8>) -> String {
    "\"" + ShortText.middleCut(String(decoding: line, as: UTF8.self), to: 120) + "\""
  }
}

extension String {
  fileprivate var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}
