/// Reads a pickle that holds one string and nothing else, as LiveCodeBench's private tests are packed in.
///
/// A pickle is a program, and a reader of all of it would run whatever a data file says. This one knows the opcodes
/// that `pickle.dumps(text)` writes in the protocols 2 to 5 (CPython, Lib/pickletools.py) and refuses every other.
enum PickledString {
  /// The string's bytes: UTF-8, in which Python lets lone surrogates stand too.
  ///
  /// - Throws: ``DatasetError`` that says what else was found.
  static func text(_ bytes: [UInt8]) throws(DatasetError) -> ArraySlice<UInt8> {
    var reader = Reader(bytes: bytes[...])
    guard try reader.byte() == 0x80 else {
      throw DatasetError("the private tests are no pickle of protocol 2 or later")
    }
    let version = try reader.byte()
    guard (2...5).contains(version) else {
      throw DatasetError("the private tests are a pickle of protocol \(version), which is not known")
    }
    var text: ArraySlice<UInt8>?
    while true {
      let opcode = try reader.byte()
      switch opcode {
      case 0x95:  // FRAME: says how many bytes follow; the string's own length is what counts.
        _ = try reader.length(8)
      case 0x8C where text == nil: text = try reader.take(reader.length(1))  // SHORT_BINUNICODE
      case 0x58 where text == nil: text = try reader.take(reader.length(4))  // BINUNICODE
      case 0x8D where text == nil: text = try reader.take(reader.length(8))  // BINUNICODE8
      case 0x94 where text != nil: break  // MEMOIZE
      case 0x71 where text != nil: _ = try reader.byte()  // BINPUT
      case 0x72 where text != nil: _ = try reader.length(4)  // LONG_BINPUT
      case 0x2E:  // STOP
        guard let text else { throw DatasetError("the pickle of the private tests is empty") }
        guard reader.bytes.isEmpty else { throw DatasetError("something follows the pickle of the private tests") }
        return text
      default:
        throw DatasetError(
          "the pickle of the private tests holds something else than one string (opcode 0x\(String(opcode, radix: 16)))"
        )
      }
    }
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func byte() throws(DatasetError) -> UInt8 {
      guard let byte = bytes.popFirst() else { throw DatasetError("the pickle of the private tests ends too early") }
      return byte
    }

    /// A little-endian number.
    mutating func length(_ count: Int) throws(DatasetError) -> Int {
      var value: UInt64 = 0
      for index in 0..<count { value |= UInt64(try byte()) << UInt64(8 * index) }
      return Int(clamping: value)
    }

    mutating func take(_ count: Int) throws(DatasetError) -> ArraySlice<UInt8> {
      guard count <= bytes.count else { throw DatasetError("the pickle of the private tests ends too early") }
      defer { bytes = bytes.dropFirst(count) }
      return bytes.prefix(count)
    }
  }
}
