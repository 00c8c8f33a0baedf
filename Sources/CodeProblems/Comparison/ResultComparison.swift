/// Judges what a function returned, by the rules of LiveCodeBench's grader (testing_util.py, `grade_call_based`): a tuple
/// counts as a list, at the top only, and the rest is Python's `==`.
package enum ResultComparison {
  /// nil where the result is right; otherwise one sentence.
  package static func difference(_ result: PythonValue, _ expected: PythonValue) -> String? {
    var value = result
    if case .tuple(let items) = result { value = .list(items) }
    if PythonValue.isEqual(value, expected) { return nil }
    let (actual, wanted) = ("\(result)", "\(expected)")
    return "The result is \(ShortText.middleCut(actual, to: 160)), expected \(ShortText.middleCut(wanted, to: 160))."
  }
}
