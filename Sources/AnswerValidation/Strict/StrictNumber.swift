/// Reads a number that is the whole answer, or all that a short sentence states.
struct StrictNumber {
  let options: AnswerOptions

  /// Lines of an answer that are looked at.
  private static let mostLines = 200

  func read(_ text: String) throws(Unreadable) -> DecimalNumber {
    let bare = AnswerCore.bare(text)
    guard !bare.isEmpty else { throw Unreadable(.empty, "The answer is empty.") }
    let tokens = try NumberToken.all(in: bare)
    guard let first = tokens.first else { throw Unreadable(.noNumber, "There is no number in \(quoted(bare)).") }
    guard tokens.allSatisfy({ $0.number == first.number && $0.isPercent == first.isPercent }) else {
      throw Unreadable(.severalValues, "\(quoted(bare)) states several numbers.")
    }
    var problem: Unreadable?
    for line in bare.split(whereSeparator: \.isNewline).prefix(Self.mostLines) {
      do {
        if let number = try alone(AnswerCore.bare(line)) { return number }
      } catch {
        problem = problem ?? error
      }
    }
    throw problem ?? Unreadable(.notAlone, "The number stands in a text that is not just the answer: \(quoted(bare)).")
  }

  /// The number of a line that states it and nothing else; nil where there is none.
  private func alone(_ line: Substring) throws(Unreadable) -> DecimalNumber? {
    let tokens = try NumberToken.all(in: line)
    guard tokens.count == 1, let token = tokens.first else { return nil }
    guard leadsUp(line[..<token.range.lowerBound]) else {
      throw Unreadable(.notAlone, "The number stands in a text that is not just the answer: \(quoted(line)).")
    }
    let isPercent = try endsWell(line[token.range.upperBound...]) || token.isPercent
    if token.hasCurrency, !options.allowCurrency {
      throw Unreadable(.signNotAllowed, "A currency is not part of the answer: \(quoted(line)).")
    }
    guard isPercent else { return token.number }
    guard options.allowPercent else {
      throw Unreadable(.signNotAllowed, "A number was asked for, not a percentage: \(quoted(line)).")
    }
    return token.number.shifted(by: -2) ?? token.number
  }

  /// Whether what stands before a number does nothing but announce it.
  private func leadsUp(_ text: Substring) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace).map { $0.filter { !"*_`\"'(".contains($0) } }
    guard let last = words.last(where: { !$0.isEmpty })?.lowercased() else { return true }
    // A letter, a sign or a digit group that touches the number belongs to something else: `Q4`, `v2`.
    guard let touching = text.last, touching.isWhitespace || ":=*_`\"'(~".contains(touching) else { return false }
    guard words.count <= 15, !words.contains(where: { Self.doubts.contains($0.lowercased()) }) else { return false }
    return last.hasSuffix(":") || last.hasSuffix("=") || Self.announcing.contains(last)
  }

  private static let announcing: Set<String> = ["is", "are", "was", "were", "equals", "→", "->", "=>", "has", "have"]
  private static let doubts: Set<String> = [
    "not", "no", "never", "cannot", "isn't", "aren't", "unless", "about", "approximately", "roughly", "around",
    "almost",
    "nearly", "maybe", "perhaps", "least", "most", "over", "under", "than", "between", "~", "if", "except",
  ]

  /// Whether a number is followed by nothing but what it counts; tells if that is `percent`.
  private func endsWell(_ text: Substring) throws(Unreadable) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace).map { word in
      word.filter { !"*_`\"').!,".contains($0) }.lowercased()
    }.filter { !$0.isEmpty }
    guard let first = words.first else { return false }
    if Self.magnitudes.contains(first) {
      throw Unreadable(.unclearNumber, "A number was asked for in digits alone: \(quoted(text)) follows it.")
    }
    let touches = text.first.map { $0.isLetter || $0.isNumber } ?? false
    let isFine =
      words.count <= 6 && !words.contains { Self.doubts.contains($0) || Self.endings.contains($0) }
      && (!touches || Self.units.contains(first))
      && words.allSatisfy { $0.allSatisfy { $0.isLetter || $0 == "-" || $0 == "°" } }
    guard isFine else {
      throw Unreadable(.notAlone, "The number is followed by more than what it counts: \(quoted(text)).")
    }
    return first == "percent"
  }

  private static let magnitudes: Set<String> = ["hundred", "thousand", "million", "billion", "k", "m", "bn", "dozen"]
  private static let endings: Set<String> = ["or", "to", "plus", "minus", "more", "less", "and", "is", "are", "was"]
  private static let units: Set<String> = ["ms", "s", "sec", "min", "h", "km", "kg", "usd", "eur", "gbp"]
}
