/// A part of a text in valid UTF-8 that is cut into pieces by itself.
struct TextSpan {
  /// Beyond its last byte.
  let end: UnsafePointer<UInt8>
  /// A piece is certain only if what decides about it ends here at the latest; beyond, text that is still to come may
  /// change it. The end itself where nothing is to come.
  let certain: UnsafePointer<UInt8>
  let classes: CharacterClasses
}

/// How an encoding cuts text into pieces, which are then encoded each by itself: by hand what tiktoken has a regular
/// expression for, in one pass and without going back further than to the beginning of the run of characters.
protocol PieceRules {
  /// The end of the piece that begins at a place before the end of the text; nil where more text may change it.
  ///
  /// Beyond the end up to 4 more bytes may have been looked at.
  static func end(of piece: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8>?
}

// MARK: - What both encodings have in common

extension PieceRules {
  /// `\p{N}{1,3}`, of which one is there.
  @inline(__always)
  static func numberEnd(after first: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8> {
    var place = first
    for _ in 0..<2 where place < text.end {
      let (value, next) = text.classes.character(at: place)
      if value != CharacterClass.number { break }
      place = next
    }
    return place
  }

  /// `[^\s\p{L}\p{N}]*`.
  @inline(__always)
  static func othersEnd(from place: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8> {
    var place = place
    while place < text.end {
      let (value, next) = text.classes.character(at: place)
      if !CharacterClass.isOtherOrMark(value) { break }
      place = next
    }
    return place
  }

  /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)?`. Without regard to case an s is also ſ (U+017F).
  @inline(__always)
  static func contractionEnd(from place: UnsafePointer<UInt8>, _ text: TextSpan) -> UnsafePointer<UInt8> {
    guard place < text.end, place.pointee == UInt8(ascii: "'") else { return place }
    return contractionEnd(afterQuote: place + 1, text) ?? place
  }

  /// nil where it is none.
  static func contractionEnd(
    afterQuote place: UnsafePointer<UInt8>, _ text: TextSpan
  ) -> UnsafePointer<UInt8>? {
    let left = text.end - place
    guard left >= 1 else { return nil }
    let second = left >= 2 ? place[1] : 0
    switch place[0] | 0x20 {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return place + 1
    case UInt8(ascii: "r"), UInt8(ascii: "v"): return second | 0x20 == UInt8(ascii: "e") ? place + 2 : nil
    case UInt8(ascii: "l"): return second | 0x20 == UInt8(ascii: "l") ? place + 2 : nil
    default: return place[0] == 0xC5 && second == 0xBF ? place + 2 : nil
    }
  }
}

/// A run of white space.
struct WhiteSpaceRun {
  let end: UnsafePointer<UInt8>
  /// Behind its last line end.
  let lineEnd: UnsafePointer<UInt8>?
  /// Where its last character begins.
  let last: UnsafePointer<UInt8>

  /// - Parameter start: where white space is.
  init(from start: UnsafePointer<UInt8>, _ text: TextSpan) {
    var (place, last, lineEnd) = (start, start, UnsafePointer<UInt8>?.none)
    while place < text.end {
      let (value, next) = text.classes.character(at: place)
      guard value == CharacterClass.space || value == CharacterClass.lineEnd else { break }
      if value == CharacterClass.lineEnd { lineEnd = next }
      last = place
      place = next
    }
    (end, self.lineEnd, self.last) = (place, lineEnd, last)
  }
}
