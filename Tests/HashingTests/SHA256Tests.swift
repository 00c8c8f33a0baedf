import Hashing
import Testing

/// Vectors of FIPS 180-4 and its examples page.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `digests equal the published ones`(_ text: String, _ digest: String) {
    #expect(SHA256.hex(text) == digest)
  }

  @Test func `a million letters give the published digest, in one piece or in many`() {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    let whole = SHA256.hex(bytes)
    #expect(whole == expected)
    for step in [1000, 4096, 65_537] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: step) { hash.update(bytes.dropFirst(start).prefix(step)) }
      let digest = hash.finalizedHex()
      #expect(digest == expected, "\(step) bytes at a time")
    }
  }

  /// Expected: Python's `hashlib.sha256` over the hexadecimal digests of `bytes(range(n))` for n = 0…199.
  @Test func `every length about a block's end is padded right, whatever the pieces and their storage`() {
    var all = SHA256()
    for length in 0..<200 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
      let digest = SHA256.hex(bytes)
      // A sequence without storage, and one byte at a time.
      #expect(SHA256.hex(bytes.lazy.map { $0 }) == digest)
      var single = SHA256()
      for byte in bytes { single.update(CollectionOfOne(byte)) }
      #expect(single.finalizedHex() == digest)
      all.update(digest.utf8)
    }
    #expect(all.finalizedHex() == "7a38a844c9e159de39f0862ee2e28569a8250831150a3fbf0a59c001129b2fb2")
  }
}
