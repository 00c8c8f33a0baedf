import Inflate
import Testing

@Suite struct InflaterTests {

  @Test func `stored blocks come out as they went in`() throws {
    // One stored block of zlib: header, final block, length, its complement, content, Adler-32 of "abc".
    let packed: [UInt8] = [0x78, 0x01, 0x01, 3, 0, 0xFC, 0xFF, 0x61, 0x62, 0x63, 0x02, 0x4D, 0x01, 0x27]
    #expect(try Inflater.inflate(packed, limit: 100) == Array("abc".utf8))
  }

  @Test func `gzip members follow one another, and zeros after the last are padding`() throws {
    let member = gzipMember("abc")
    #expect(Inflater.isGzip(member))
    #expect(try Inflater.inflate(member + member, limit: 100) == Array("abcabc".utf8))
    #expect(try Inflater.inflate(member + [0, 0, 0], limit: 100) == Array("abc".utf8))
  }

  @Test func `what is cut short, damaged or followed by something is an error`() throws {
    let member = gzipMember("abc")
    for bytes in [[], Array(member.dropLast()), Array(member.prefix(5)), [1, 2, 3], member + [7]] as [[UInt8]] {
      #expect(throws: InflateError.self) { try Inflater.inflate(bytes, limit: 100) }
    }
    var damaged = member
    damaged[15] ^= 1
    #expect(throws: InflateError.self) { try Inflater.inflate(damaged, limit: 100) }
    let zlib: [UInt8] = [0x78, 0x01, 0x01, 0, 0, 0xFF, 0xFF, 0, 0, 0, 1]
    #expect(try Inflater.inflate(zlib, limit: 0).isEmpty)
    #expect(throws: InflateError.self) { try Inflater.inflate(zlib + [0], limit: 0) }
  }

  @Test func `more than the limit is refused`() throws {
    #expect(try Inflater.inflate(gzipMember("abc"), limit: 3).count == 3)
    #expect(throws: InflateError.self) { try Inflater.inflate(gzipMember("abc"), limit: 2) }
  }

  /// RFC 1952 with one stored block of three bytes "abc".
  private func gzipMember(_ text: String) -> [UInt8] {
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let block: [UInt8] = [1, 3, 0, 0xFC, 0xFF] + Array(text.utf8)
    // CRC-32 and length of "abc".
    return header + block + [0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0]
  }
}
