/// What the rules that cut text into pieces know of a character; Unicode 16.0, as in tiktoken 0.14.0.
///
/// The numbers are those of the embedded table, which `scripts/make-tokenizer-data` makes.
enum CharacterClass {
  /// Punctuation, symbols, control characters, unassigned code points.
  static let other: UInt8 = 0
  /// `\p{Lu}`, `\p{Lt}`.
  static let upper: UInt8 = 1
  /// `\p{Ll}`.
  static let lower: UInt8 = 2
  /// `\p{Lm}`, `\p{Lo}`: letters without case.
  static let caseless: UInt8 = 3
  /// `\p{M}`.
  static let mark: UInt8 = 4
  /// `\p{N}`.
  static let number: UInt8 = 5
  /// White space other than line ends.
  static let space: UInt8 = 6
  /// Carriage return and line feed.
  static let lineEnd: UInt8 = 7

  static func isLetter(_ value: UInt8) -> Bool { value >= upper && value <= caseless }
  static func isLetterOrMark(_ value: UInt8) -> Bool { value >= upper && value <= mark }
  static func isOtherOrMark(_ value: UInt8) -> Bool { value == other || value == mark }
}

/// The class of each character of UTF-8 text.
struct CharacterClasses: @unchecked Sendable {
  // Immutable and never freed: the first is part of the program, the second is made once.
  private let table: UnsafePointer<UInt8>
  /// The class of each first byte; ``several`` where more bytes follow.
  private let first: UnsafePointer<UInt8>

  private static let several: UInt8 = 255
  private static let indexCount = 0x1100

  static let shared = CharacterClasses(EmbeddedData.characterClasses)

  private init(_ data: UnsafeBufferPointer<UInt8>) {
    let first = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    first.initialize(repeating: Self.several, count: 256)
    // Were the data cut short, everything would be of one class rather than read beyond its end.
    let blocks = (data.prefix(Self.indexCount).max().map(Int.init) ?? 0) + 1
    if let start = data.baseAddress, data.count == Self.indexCount + blocks * 256 {
      table = start
    } else {
      let empty = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.indexCount + 256)
      empty.initialize(repeating: CharacterClass.other, count: Self.indexCount + 256)
      table = UnsafePointer(empty)
    }
    self.first = UnsafePointer(first)
    for byte in 0..<0x80 { first[byte] = self[UInt32(byte)] }
  }

  /// The class of a code point; at most 0x10FFFF.
  subscript(code: UInt32) -> UInt8 {
    @inline(__always) get {
      let block = Int(table[Int(code >> 8)])
      return table[Self.indexCount &+ block &* 256 &+ Int(code & 0xFF)]
    }
  }

  /// The class of the character at a place in valid UTF-8, and where the next begins.
  @inline(__always)
  func character(at place: UnsafePointer<UInt8>) -> (class: UInt8, next: UnsafePointer<UInt8>) {
    let value = first[Int(place.pointee)]
    return value == Self.several ? longCharacter(at: place) : (value, place + 1)
  }

  private func longCharacter(at place: UnsafePointer<UInt8>) -> (class: UInt8, next: UnsafePointer<UInt8>) {
    let lead = UInt32(place[0])
    let second = UInt32(place[1] & 0x3F)
    if lead < 0xE0 { return (self[(lead & 0x1F) << 6 | second], place + 2) }
    let third = UInt32(place[2] & 0x3F)
    if lead < 0xF0 { return (self[(lead & 0x0F) << 12 | second << 6 | third], place + 3) }
    let code = (lead & 0x07) << 18 | second << 12 | third << 6 | UInt32(place[3] & 0x3F)
    return (self[min(code, 0x10FFFF)], place + 4)
  }
}
