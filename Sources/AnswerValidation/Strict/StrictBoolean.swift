/// Reads a yes or a no.
enum StrictBoolean {
  private static let values = [
    "true": true, "yes": true, "y": true, "1": true, "false": false, "no": false, "n": false, "0": false,
  ]

  /// The whole answer, or the first word of a sentence that does not take it back.
  static func read(_ text: String) throws(Unreadable) -> Bool {
    let bare = AnswerCore.bare(text)
    guard !bare.isEmpty else { throw Unreadable(.empty, "The answer is empty.") }
    if let value = word(bare) { return value }
    let rest = AnswerCore.afterLeadIn(bare).map { AnswerCore.bare($0) } ?? bare
    if let value = word(rest) { return value }
    return try sentence(rest)
  }

  private static func word(_ text: Substring) -> Bool? {
    text.utf8.count <= 5 ? values[text.lowercased()] : nil
  }

  private static func sentence(_ text: Substring) throws(Unreadable) -> Bool {
    var words = text.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }
    let first = words.isEmpty ? "" : String(words.removeFirst())
    guard first.count > 1, let value = values[first] else {
      throw Unreadable(.noBoolean, "\(quoted(text)) is neither yes nor no.")
    }
    // `No more than three` is no answer to a yes-or-no question; a comma, a stop or a line break ends the answer itself.
    let behind = text.drop { !$0.isLetter }.dropFirst(first.count).first { $0 != "*" && $0 != "`" && $0 != "\"" }
    guard let behind, ",.;:!-—–(".contains(behind) || behind.isNewline else {
      throw Unreadable(.notAlone, "The answer goes on behind \(quoted(first)): \(quoted(text)).")
    }
    let contradictions: Set<Substring> = value ? ["no", "false", "not", "isn't", "aren't", "isn’t"] : ["yes", "true"]
    if words.contains(where: contradictions.contains) {
      throw Unreadable(.severalValues, "The answer says \(quoted(first)) and takes it back: \(quoted(text)).")
    }
    return value
  }
}
