/// Text as JavaScript sees it where that differs from Swift: by code points, never by grapheme clusters.
typealias Scalars = ArraySlice<Unicode.Scalar>

extension Unicode.Scalar {
  /// What `String.prototype.trim` and `\s` take for white space (ECMA-262, WhiteSpace and LineTerminator).
  var isScriptSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  /// What `\d` takes.
  var isDigit: Bool { (48...57).contains(value) }

  /// What `\w` takes.
  var isWord: Bool {
    isDigit || (65...90).contains(value) || (97...122).contains(value) || value == 95
  }
}

extension ArraySlice<Unicode.Scalar> {
  var trimmed: Scalars {
    var slice = self
    while let first = slice.first, first.isScriptSpace { slice.removeFirst() }
    while let last = slice.last, last.isScriptSpace { slice.removeLast() }
    return slice
  }

  /// Without one quotation mark at each end, whether or not they belong together.
  var withoutQuotes: Scalars {
    var slice = self
    if let first = slice.first, first == "\"" || first == "'" { slice.removeFirst() }
    if let last = slice.last, last == "\"" || last == "'" { slice.removeLast() }
    return slice
  }

  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: self)
    return String(view)
  }

  /// What `String.prototype.toLowerCase` makes of it: a sigma at the end of a word becomes another letter than Swift's
  /// `lowercased()` gives (Unicode, SpecialCasing, Final_Sigma).
  var lowercased: String {
    let sigma: Unicode.Scalar = "Σ"
    guard contains(sigma) else { return text.lowercased() }
    var lowered: [String] = []
    // Backwards: whether a letter with case comes next, marks and the like passed over.
    var isBeforeLetter = false
    for index in indices.reversed() {
      let scalar = self[index]
      if scalar == sigma {
        lowered.append(!isBeforeLetter && isAfterLetter(index) ? "ς" : "σ")
      } else {
        lowered.append(scalar.properties.lowercaseMapping)
      }
      if !scalar.properties.isCaseIgnorable { isBeforeLetter = scalar.properties.isCased }
    }
    return lowered.reversed().joined()
  }

  private func isAfterLetter(_ index: Int) -> Bool {
    self[..<index].suffix(Self.mostMarks).last { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
  }

  /// Marks in a row that are passed over, so that hostile text costs little.
  private static var mostMarks: Int { 64 }
}
