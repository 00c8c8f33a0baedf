import JSON
import JSONRPC
import SeededRandom
import Testing

/// Broken input, the same on every run: nothing may crash, hang or keep more than the limits allow.
@Suite(.timeLimit(.minutes(5))) struct FuzzTests {
  private static let seeds = [
    #"{"jsonrpc":"2.0","id":1,"method":"echo","params":{"a":[1,2.5,"x\u00e9",null,true]}}"#,
    #"[{"jsonrpc":"2.0","id":"a","method":"sum","params":[1,2]},{"jsonrpc":"2.0","method":"n"},1]"#,
    #"{"jsonrpc":"2.0","id":9007199254740993,"result":{"k":"v"}}"#,
    #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#,
  ]

  private static let tokens = [
    "Content-Length: ", "Content-Type: x; charset=", "\r\n", "\r\n\r\n", "\n", "{", "}", "[", "]", "\"", "\\", "\\u",
    ":",
    ",", "-5", "99999999999999999999", "1e999", "\u{FEFF}", "\u{0}", "null", "\"id\"", "\"jsonrpc\":\"2.0\"", "POST / ",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
  ].map { Array($0.utf8) }

  private func stream(_ random: inout SeededGenerator) -> [UInt8] {
    let framing: Framing = random.next(in: 0...1) == 0 ? .newline : .contentLength
    var bytes: [UInt8] = []
    for _ in 0..<random.next(in: 1...4) {
      bytes += framing.frame(Array(Self.seeds[random.next(in: 0...(Self.seeds.count - 1))].utf8))
    }
    for _ in 0..<random.next(in: 0...6) where !bytes.isEmpty { mutate(&bytes, &random) }
    return bytes
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let position = random.next(in: 0...(bytes.count - 1))
    switch random.next(in: 0...5) {
    case 0: bytes[position] = UInt8(random.next(in: 0...255))
    case 1: bytes[position] ^= 1 << UInt8(random.next(in: 0...7))
    case 2: bytes.removeSubrange(position..<min(bytes.count, position + random.next(in: 1...20)))
    case 3: bytes.insert(contentsOf: Self.tokens[random.next(in: 0...(Self.tokens.count - 1))], at: position)
    case 4: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + 30)], at: position)
    default: bytes.removeLast(min(bytes.count, random.next(in: 1...10)))
    }
  }

  /// Gives a description of each event, to compare two ways of cutting the same bytes.
  private func decode(_ bytes: [UInt8], _ isStrict: Bool, pieces: (Int) -> Int) -> [FrameDecoder.Event] {
    var limits = ConnectionLimits()
    limits.maximumMessageBytes = 400
    limits.maximumHeaderBytes = 200
    var decoder = FrameDecoder(isStrict: isStrict, limits: limits)
    var events: [FrameDecoder.Event] = []
    var position = 0
    while position < bytes.count {
      let end = min(bytes.count, position + max(1, pieces(position)))
      decoder.append(bytes[position..<end])
      position = end
      while let event = decoder.next() { events.append(event) }
    }
    while let event = decoder.finish() { events.append(event) }
    return events
  }

  @Test func `framer and parser stand any bytes, however they are cut`() {
    var random = SeededGenerator(seed: 2026)
    var frames = 0
    var messages = 0
    for number in 0..<100_000 {
      let bytes = stream(&random)
      let isStrict = number % 2 == 0
      let whole = decode(bytes, isStrict) { _ in bytes.count }
      let size = random.next(in: 1...7)
      if decode(bytes, isStrict, pieces: { _ in size }) != whole { Issue.record("cut differently: case \(number)") }
      for case .frame(let body) in whole {
        frames += 1
        if body.count > 400 { Issue.record("too long: case \(number)") }
        let profile: Profile = number % 3 == 0 ? .languageServer : .plain
        if (try? MessageDecoder(profile: profile).decode(body)) != nil { messages += 1 }
      }
    }
    // The mutations must leave much intact, or this tests nothing.
    #expect(frames > 50_000)
    #expect(messages > 25_000)
  }

  /// A peer that never ends its message must not be kept whole: what the decoder holds stays below what it may take in
  /// one message and its header, plus what came last.
  @Test(arguments: [nil, Framing.newline, .contentLength]) func `no stream makes a decoder keep more than the limits`(
    framing: Framing?
  ) {
    var random = SeededGenerator(seed: 5)
    var limits = ConnectionLimits()
    limits.maximumMessageBytes = 300
    limits.maximumHeaderBytes = 200
    for isStrict in [true, false] {
      for _ in 0..<2_000 {
        var decoder = FrameDecoder(framing: framing, isStrict: isStrict, limits: limits)
        for _ in 0..<random.next(in: 1...20) {
          let piece = stream(&random)
          decoder.append(piece)
          while decoder.next() != nil {}
          if decoder.heldByteCount > 500 { Issue.record("\(decoder.heldByteCount) bytes are kept") }
        }
      }
    }
  }

  @Test func `a message that decodes is valid JSON as a whole`() {
    var random = SeededGenerator(seed: 7)
    var accepted = 0
    for number in 0..<20_000 {
      var bytes = Array(Self.seeds[random.next(in: 0...(Self.seeds.count - 1))].utf8)
      for _ in 0..<random.next(in: 1...3) where !bytes.isEmpty { mutate(&bytes, &random) }
      let isJSON: Bool
      do {
        _ = try JSONParser(maximumDepth: 128).parse(bytes)
        isJSON = true
      } catch {
        // Valid or not, the parser that judges here can not tell.
        if error.message.hasPrefix("too big") { continue }
        isJSON = false
      }
      let isParseError: Bool
      do {
        _ = try MessageDecoder(profile: .plain).decode(bytes)
        isParseError = false
      } catch {
        isParseError = error.code == .parseError
      }
      if !isParseError { accepted += 1 }
      if isJSON == isParseError { Issue.record("case \(number): \(String(decoding: bytes, as: UTF8.self))") }
    }
    #expect(accepted > 500)
  }

  @Test func `a connection survives broken streams and always ends`() async {
    var random = SeededGenerator(seed: 11)
    for number in 0..<1_000 {
      let bytes = stream(&random)
      let peer = RawPeer(options: number % 2 == 0 ? .patientServer : .socketServer)
      peer.send(bytes)
      peer.finish()
      await peer.connection.waitUntilClosed()
      #expect(peer.connection.inFlightCount == 0)
    }
  }
}
