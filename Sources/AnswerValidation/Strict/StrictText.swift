import JSON

/// Compares texts: white space counts as one space, canonically equivalent characters are the same.
struct StrictText {
  let caseSensitive: Bool

  func judge(_ actual: String, expected: String) -> AnswerVerdict {
    let keepsStop = AnswerCore.trimmed(Substring(expected)).hasSuffix(".")
    let wanted = collapsed(AnswerCore.trimmed(Substring(expected)))
    // What was expected may itself begin with a quotation mark.
    let plain = collapsed(AnswerCore.trimmed(Substring(actual)))
    let bare = AnswerCore.bare(actual, keepsFullStop: keepsStop)
    guard !bare.isEmpty || wanted.isEmpty else { return .wrong(.empty, "The answer is empty.") }
    var readings = [plain, collapsed(bare)]
    if let rest = AnswerCore.afterLeadIn(bare) {
      readings.append(collapsed(AnswerCore.bare(rest, keepsFullStop: keepsStop)))
    }
    for reading in readings where same(reading, wanted) { return .right(.string(reading)) }
    let understood = JSONValue.string(readings.last ?? plain)
    if caseSensitive, readings.contains(where: { $0.lowercased() == wanted.lowercased() }) {
      return .wrong(
        .differentCase, "\(quoted(wanted)) was expected in exactly these letters.", understood: understood)
    }
    let isInside = wanted.count > 1 && (readings.first?.lowercased().contains(wanted.lowercased()) ?? false)
    return .wrong(
      isInside ? .notAlone : .differentValue,
      "\(quoted(wanted)) was expected\(isInside ? " alone" : ""); the answer says \(quoted(understood.answerText)).",
      understood: understood)
  }

  private func same(_ left: String, _ right: String) -> Bool { normalForm(left) == normalForm(right) }

  func normalForm(_ text: String) -> String {
    let collapsed = collapsed(Substring(text))
    return caseSensitive ? collapsed : collapsed.lowercased()
  }

  private func collapsed(_ text: Substring) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
