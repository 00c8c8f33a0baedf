import CTokenizerData

/// Data that is part of the program.
enum EmbeddedData {
  static func merges(_ encoding: TokenEncoding) -> UnsafeBufferPointer<UInt8> {
    switch encoding {
    case .o200kBase: buffer(llmbench_o200k_base_merges())
    case .cl100kBase: buffer(llmbench_cl100k_base_merges())
    }
  }

  static var characterClasses: UnsafeBufferPointer<UInt8> { buffer(llmbench_character_classes()) }

  private static func buffer(_ embedded: llmbench_embedded) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: embedded.bytes, count: embedded.count)
  }
}
