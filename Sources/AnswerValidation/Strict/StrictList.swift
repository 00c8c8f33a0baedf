import JSON

/// Reads and compares lists: with commas, semicolons, line by line with or without bullets, or as a JSON array.
enum StrictList {
  /// - Parameter count: how many items are expected; a text of one item may then contain commas.
  static func items(_ text: String, expecting count: Int? = nil) throws(Unreadable) -> [String] {
    let bare = AnswerCore.bare(text)
    guard !bare.isEmpty else {
      if count == 0 { return [] }
      throw Unreadable(.empty, "The answer is empty.")
    }
    let rest = AnswerCore.afterLeadIn(bare).map { AnswerCore.bare($0) } ?? bare
    if let array = jsonArray(rest) { return array }
    let lines = rest.split(whereSeparator: \.isNewline).map(AnswerCore.trimmed).filter { !$0.isEmpty }
    let pieces = lines.count > 1 ? lines.map(withoutBullet) : separated(AnswerCore.trimmed(rest))
    var items: [String] = []
    for piece in pieces {
      var item = AnswerCore.bare(piece)
      if lines.count > 1, item.hasSuffix(",") || item.hasSuffix(";") { item = AnswerCore.bare(item.dropLast()) }
      guard !item.isEmpty else { throw Unreadable(.emptyItem, "An item of \(quoted(rest)) is empty.") }
      items.append(String(item))
    }
    return items
  }

  private static func jsonArray(_ text: Substring) -> [String]? {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
    if let array = (try? JSONParser().parse(String(text)))?.arrayValue { return array.map(\.answerText) }
    // `[a, b]` without quotation marks.
    let inner = AnswerCore.trimmed(text.dropFirst().dropLast())
    guard !inner.isEmpty, !inner.contains("["), !inner.contains("\"") else { return nil }
    return separated(inner).map { String(AnswerCore.bare($0)) }
  }

  /// Parts a line; `and` before the last item takes the place of a comma or follows it.
  private static func separated(_ line: Substring) -> [Substring] {
    let separator: Character = line.contains(";") && !line.contains(",") ? ";" : ","
    var parts = quoteAware(line, separator).map(AnswerCore.trimmed)
    guard let last = parts.popLast() else { return [] }
    for word in ["and ", "& "] where last.hasPrefix(word) && !parts.isEmpty {
      return parts + [AnswerCore.trimmed(last.dropFirst(word.count))]
    }
    if !parts.isEmpty, let range = firstRange(of: " and ", in: last) {
      return parts + [AnswerCore.trimmed(last[..<range.lowerBound]), AnswerCore.trimmed(last[range.upperBound...])]
    }
    return parts + [last]
  }

  /// Parts a line at separators that stand in no quotation marks.
  private static func quoteAware(_ line: Substring, _ separator: Character) -> [Substring] {
    var parts: [Substring] = []
    var (start, inQuotes) = (line.startIndex, false)
    for index in line.indices {
      if line[index] == "\"" { inQuotes.toggle() }
      guard line[index] == separator, !inQuotes else { continue }
      parts.append(line[start..<index])
      start = line.index(after: index)
    }
    // An odd quotation mark is part of a text, not the beginning of one.
    if inQuotes { return line.split(separator: separator, omittingEmptySubsequences: false) }
    return parts + [line[start...]]
  }

  private static func firstRange(of word: String, in text: Substring) -> Range<Substring.Index>? {
    text.indices.lazy.compactMap { index in
      text[index...].hasPrefix(word) ? index..<text.index(index, offsetBy: word.count) : nil
    }.first
  }

  /// Without `-`, `*`, `•`, `1.` or `1)` at the beginning.
  private static func withoutBullet(_ line: Substring) -> Substring {
    if let first = line.first, "-*•".contains(first) {
      let rest = line.dropFirst()
      return rest.first?.isWhitespace == true ? AnswerCore.trimmed(rest) : line
    }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    let rest = line[digits.endIndex...]
    guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")",
      rest.dropFirst().first?.isWhitespace == true
    else { return line }
    return AnswerCore.trimmed(rest.dropFirst())
  }

  // MARK: Comparing

  static func compare(
    _ given: [String], _ wanted: [String], isOrdered: Bool, normalForm: (String) -> String
  ) -> AnswerVerdict {
    let understood = JSONValue.array(given.map { .string($0) })
    let (left, right) = (given.map(normalForm), wanted.map(normalForm))
    if left == right { return .right(understood) }
    var missing = counts(right)
    var extra = counts(left)
    for item in left { missing[item, default: 0] -= 1 }
    for item in right { extra[item, default: 0] -= 1 }
    let lacking = names(wanted, right, missing)
    let added = names(given, left, extra)
    switch (lacking.isEmpty, added.isEmpty) {
    case (true, true):
      if !isOrdered { return .right(understood) }
      return .wrong(.wrongOrder, "The items are right and their order is not.", understood: understood)
    case (false, true): return .wrong(.missingItems, "Missing: \(shown(lacking)).", understood: understood)
    case (true, false): return .wrong(.extraItems, "Too many: \(shown(added)).", understood: understood)
    case (false, false):
      return .wrong(
        .differentItems, "Missing: \(shown(lacking)); too many: \(shown(added)).", understood: understood)
    }
  }

  private static func counts(_ items: [String]) -> [String: Int] {
    items.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private static func names(_ items: [String], _ forms: [String], _ counts: [String: Int]) -> [String] {
    var counts = counts
    return zip(items, forms).compactMap { item, form in
      guard let count = counts[form], count > 0 else { return nil }
      counts[form] = count - 1
      return item
    }
  }

  private static func shown(_ items: [String]) -> String {
    items.prefix(5).map { quoted($0) }.joined(separator: ", ") + (items.count > 5 ? " and \(items.count - 5) more" : "")
  }
}
