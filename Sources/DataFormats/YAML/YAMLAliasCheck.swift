/// Refuses YAML whose aliases stand in keys that are lists or objects, before Yams sees it: Yams compares such keys as a
/// whole, which a few lines of aliases to aliases make last for years.
///
/// It errs on the safe side: it looks at the bytes without regard to quotes, and so tells only texts apart that have both
/// many names that are anchors as well as aliases, and something that could be such a key.
enum YAMLAliasCheck {
  /// So few cannot stand for much.
  private static let harmlessAliases = 8

  static func check(_ text: Bytes) throws(DataFormatError) {
    let anchors = names(after: 0x26, text)
    guard !anchors.isEmpty else { return }
    var known: Set<ArraySlice<UInt8>> = []
    for anchor in anchors { known.insert(anchor) }
    let aliases = names(after: 0x2A, text).filter { known.contains($0) }
    guard aliases.count > harmlessAliases, let place = firstOddKey(text) else { return }
    throw TextPlace(text, offset: place).error(
      .limit, "Aliases together with keys that are lists or objects are not read: write the values out.")
  }

  /// What follows each such sign, up to white space or the end of an entry.
  private static func names(after sign: UInt8, _ text: Bytes) -> [ArraySlice<UInt8>] {
    var names: [ArraySlice<UInt8>] = []
    var index = 0
    while index < text.count {
      guard text[index] == sign else {
        index += 1
        continue
      }
      let start = index + 1
      index = start
      while index < text.count, isNamePart(text[index]) { index += 1 }
      if index > start { names.append(Array(text[start..<index])[...]) }
    }
    return names
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    Ascii.isLetter(byte) || Ascii.isDigit(byte) || byte == Ascii.underscore || byte == Ascii.minus
  }

  /// Where a key could be that is no scalar: behind a question mark, an alias, or the end of a list or object.
  private static func firstOddKey(_ text: Bytes) -> Int? {
    for index in 0..<text.count {
      switch text[index] {
      case 0x3F where index + 1 == text.count || text[index + 1] <= Ascii.space: return index
      case Ascii.closeBracket, Ascii.closeBrace: if isColonNext(text, index + 1) { return index }
      case 0x2A:
        var end = index + 1
        while end < text.count, isNamePart(text[end]) { end += 1 }
        if isColonNext(text, end) { return index }
      default: break
      }
    }
    return nil
  }

  private static func isColonNext(_ text: Bytes, _ start: Int) -> Bool {
    var index = start
    while index < text.count, text[index] <= Ascii.space { index += 1 }
    return index < text.count && text[index] == Ascii.colon
  }
}
