/// The pieces of `cl100k_base`. The expression in `tiktoken_ext/openai_public.py` of tiktoken 0.14.0 is, one alternative
/// a line and the first that matches counts (`$` is the end of the text):
///
///     '(?i:[sdmt]|ll|ve|re)
///     [^\r\n\p{L}\p{N}]?+\p{L}++
///     \p{N}{1,3}+
///      ?[^\s\p{L}\p{N}]++[\r\n]*+
///     \s++$
///     \s*[\r\n]
///     \s+(?!\S)
///     \s
enum CL100kRules: PieceRules {
  @inline(__always)
  static func end(of piece: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8>? {
    let (value, next) = text.classes.character(at: piece)
    if CharacterClass.isLetter(value) { return lettersEnd(from: next, text) }
    if value == CharacterClass.number { return numberEnd(after: next, text) }
    if value == CharacterClass.lineEnd { return whiteSpaceEnd(from: piece, text) }
    if piece.pointee == UInt8(ascii: "'"), let end = contractionEnd(afterQuote: next, text) { return end }

    // Any other character may stand before letters.
    let following = next < text.end ? text.classes.character(at: next).class : CharacterClass.number
    if CharacterClass.isLetter(following) { return lettersEnd(from: next, text) }
    if CharacterClass.isOtherOrMark(value) { return punctuationEnd(from: next, text) }
    if piece.pointee == UInt8(ascii: " "), CharacterClass.isOtherOrMark(following) {
      return punctuationEnd(from: next, text)
    }
    return whiteSpaceEnd(from: piece, text)
  }

  /// `\p{L}*`.
  @inline(__always)
  private static func lettersEnd(from place: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8> {
    var place = place
    while place < text.end {
      let (value, next) = text.classes.character(at: place)
      if !CharacterClass.isLetter(value) { break }
      place = next
    }
    return place
  }

  /// The fourth alternative from a place behind its beginning.
  @inline(__always)
  private static func punctuationEnd(from place: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8> {
    var place = othersEnd(from: place, text)
    while place < text.end, place.pointee == 0x0A || place.pointee == 0x0D { place += 1 }
    return place
  }

  /// The last four alternatives.
  private static func whiteSpaceEnd(
    from start: UnsafePointer<UInt8>, _ text: TextSpan
  ) -> UnsafePointer<UInt8>? {
    let run = WhiteSpaceRun(from: start, text)
    if run.end > text.certain { return nil }
    if run.end == text.end { return run.end }
    if let lineEnd = run.lineEnd { return lineEnd }
    return run.last > start ? run.last : run.end
  }
}
