/// Tells a program in Python from prose, roughly.
enum PythonLines {
  private static let firstWords: Set<Substring> = [
    "def", "class", "import", "from", "if", "for", "while", "try", "with", "return", "async", "print", "elif", "else",
    "except", "finally", "raise", "assert", "del", "global", "nonlocal", "lambda", "yield", "pass", "break", "continue",
  ]

  /// Whether lines can be a program: most of those at the margin, or all where there are few, begin as statements do.
  static func look(like lines: ArraySlice<Substring>) -> Bool {
    let margin = lines.filter { line in
      guard let first = line.first, !first.isWhitespace else { return false }
      return first != "#" && first != "@" && !")]}\"'".contains(first)
    }
    // A body alone has no line at the margin.
    guard !margin.isEmpty else { return lines.contains { isStatement($0.drop(while: \.isWhitespace)) } }
    return margin.count { isStatement($0) } * 10 >= margin.count * 9
  }

  private static func isStatement(_ line: Substring) -> Bool {
    let word = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard !word.isEmpty else { return line.first.map { "([{*".contains($0) } ?? false }
    let rest = line.dropFirst(word.count).drop { $0 == " " }
    if firstWords.contains(word) { return isKeywordStatement(word, rest) }
    guard let sign = rest.first else { return false }
    // A name followed by an assignment, a call, an attribute, an index, an annotation.
    if "=([".contains(sign) { return true }
    if ".,:".contains(sign) { return rest.contains("=") || rest.contains("(") && !rest.hasPrefix(". ") }
    return "+-*/%&|^<>@".contains(sign) && rest.contains("=")
  }

  /// "for" and "if" begin sentences too, but these do not end in a colon.
  private static func isKeywordStatement(_ word: Substring, _ rest: Substring) -> Bool {
    switch word {
    case "def", "class", "if", "for", "while", "with", "elif", "else", "try", "except", "finally", "async":
      rest.contains(":") && (rest.contains("(") || rest.last == ":" || word == "if" || word == "for")
    case "import": !rest.contains(". ") && !rest.hasSuffix(".")
    case "from": rest.contains(" import ")
    case "print": rest.hasPrefix("(")
    default: true
    }
  }
}
