/// One way through a text, which may come in parts.
struct TokenPass<Rules: PieceRules, Sink: TokenSink>: ~Copyable {
  private let vocabulary: Vocabulary
  private let classes = CharacterClasses.shared
  private var encoder: PieceEncoder
  private var cache: MissCache
  var sink: Sink

  /// - Parameter textBytes: about how many bytes the text has.
  init(_ vocabulary: Vocabulary, _ sink: Sink, textBytes: Int) {
    self.vocabulary = vocabulary
    cache = MissCache(textBytes: textBytes)
    encoder = PieceEncoder(vocabulary)
    self.sink = sink
  }

  /// Encodes the text up to its end, or to the last piece that text still to come cannot change.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - margin: bytes at the end that nothing may depend on; 0 for the end of the text.
  /// - Returns: how many bytes are done with.
  mutating func encode(_ text: UnsafeBufferPointer<UInt8>, margin: Int) -> Int {
    guard let start = text.baseAddress, text.count > margin else { return 0 }
    let end = start + text.count
    let span = TextSpan(end: end, certain: end - margin, classes: classes)
    var place = start
    while place < end, let next = Rules.end(of: place, span), next <= span.certain {
      let size = next - place
      let token = vocabulary.token(place, size, end: end)
      if token != Vocabulary.none {
        sink.take(token)
      } else {
        encodePiece(place, size, end: end)
      }
      place = next
    }
    return place - start
  }

  /// Encodes a piece that is not one token.
  private mutating func encodePiece(_ piece: UnsafePointer<UInt8>, _ size: Int, end: UnsafePointer<UInt8>) {
    if Sink.onlyCounts, size <= MissCache.maximumSize {
      sink.take(count: cache.count(piece, size, end: end) { encoder.encode(piece, size, end: end) })
    } else {
      let count = encoder.encode(piece, size, end: end)
      sink.take(UnsafeBufferPointer(start: encoder.tokens, count: count))
    }
  }
}
