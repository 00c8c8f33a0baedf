/// The pieces of `o200k_base`. The expression in `tiktoken_ext/openai_public.py` of tiktoken 0.14.0 is, one alternative
/// a line and the first that matches counts:
///
///     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
///     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
///     \p{N}{1,3}
///      ?[^\s\p{L}\p{N}]+[\r\n/]*
///     \s*[\r\n]+
///     \s+(?!\S)
///     \s+
enum O200kRules: PieceRules {
  @inline(__always)
  static func end(of piece: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8>? {
    let (value, next) = text.classes.character(at: piece)
    if CharacterClass.isLetter(value) { return wordEnd(from: piece, prefix: CharacterClass.upper, text) }
    if value == CharacterClass.number { return numberEnd(after: next, text) }
    if value == CharacterClass.lineEnd { return whiteSpaceEnd(from: piece, text) }

    // Any other character may stand before a word.
    let following = next < text.end ? text.classes.character(at: next).class : CharacterClass.number
    if CharacterClass.isLetterOrMark(following) { return wordEnd(from: next, prefix: value, text) }
    if value == CharacterClass.mark { return contractionEnd(from: next, text) }
    if value == CharacterClass.other { return punctuationEnd(from: next, text) }
    if piece.pointee == UInt8(ascii: " "), following == CharacterClass.other {
      return punctuationEnd(from: next, text)
    }
    return whiteSpaceEnd(from: piece, text)
  }

  /// The first two alternatives behind their first character.
  ///
  /// - Parameter start: where a letter or a mark is.
  /// - Parameter prefix: the class of the character before it that is in the piece; any letter's where there is none.
  @inline(__always)
  private static func wordEnd(
    from start: UnsafePointer<UInt8>, prefix: UInt8, _ text: TextSpan
  ) -> UnsafePointer<UInt8>? {
    var place = start
    /// Behind the last character that counts as upper and as lower case.
    var caseless: UnsafePointer<UInt8>?
    while place < text.end {
      let (value, next) = text.classes.character(at: place)
      if value == CharacterClass.lower { return contractionEnd(from: lowerEnd(from: next, text), text) }
      if !CharacterClass.isLetterOrMark(value) { break }
      place = next
      if value != CharacterClass.upper { caseless = next }
    }
    // No lower case letter ends the run of upper case: the first alternative goes back to a character that can be taken
    // for one. That may be a mark before the word, which then is a word by itself.
    if caseless == nil, prefix == CharacterClass.mark { caseless = start }
    guard let caseless else { return contractionEnd(from: place, text) }
    return place > text.certain ? nil : contractionEnd(from: caseless, text)
  }

  /// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]*`.
  @inline(__always)
  private static func lowerEnd(from place: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8> {
    var place = place
    while place < text.end {
      let (value, next) = text.classes.character(at: place)
      if value < CharacterClass.lower || value > CharacterClass.mark { break }
      place = next
    }
    return place
  }

  /// The fourth alternative from a place behind its beginning.
  @inline(__always)
  private static func punctuationEnd(from place: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8> {
    var place = othersEnd(from: place, text)
    while place < text.end, place.pointee == 0x0A || place.pointee == 0x0D || place.pointee == UInt8(ascii: "/") {
      place += 1
    }
    return place
  }

  /// The last three alternatives.
  private static func whiteSpaceEnd(
    from start: UnsafePointer<UInt8>, _ text: TextSpan
  ) -> UnsafePointer<UInt8>? {
    let run = WhiteSpaceRun(from: start, text)
    if run.end > text.certain { return nil }
    if let lineEnd = run.lineEnd { return lineEnd }
    return run.end < text.end && run.last > start ? run.last : run.end
  }
}
