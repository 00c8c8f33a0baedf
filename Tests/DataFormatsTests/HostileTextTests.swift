import DataFormats
import JSON
import SeededRandom
import Testing

/// Texts that are meant to break a decoder: whatever happens, it ends soon, with a value or an error with its place.
@Suite struct HostileTextTests {
  private static let seeds = [
    "users[2]{id,name}:\n  1,Ada\n  2,\"B\\\"ob\"\ntags[3|]: a|b|c\nnested:\n  deep:\n    x: 1.5e3\n",
    "[2:]{a,b{c,d}}:\n  k: 1,2,3\n  \"l\": 4,5,6\n",
    "items[3]:\n  - a\n  - k: 1\n    l[1]{x}:\n      1\n  - [2]: 1,2\n# comment\n",
    "{\"a\":[1,2.5,{\"b\":\"\\u00e9\\ud83d\\ude00\"}],\"c\":null}",
    "a: 1\nb:\n  - x\n  - y: [1, {c: d}]\nk: &n |\n  text\n  more\nl: *n\n\"q\": 'r'\n",
    "<a x=\"1\"><b>1</b><b>2 &amp; &#x41;</b><c/><!-- c --><![CDATA[x]]></a>",
    "# one\na,b\n1,\"x\"\"y\"\n\n# two\nc\n5\n",
  ]

  @Test(arguments: DataFormat.allCases, [true, false])
  func `mutated texts neither trap nor hang`(format: DataFormat, isStrict: Bool) {
    var random = SeededGenerator(seed: isStrict ? 1 : 2)
    let inserts: [UInt8] = Self.seeds.joined().utf8 + [0, 0xFF, 0xC3, 0xED, 0xF4, 0x80, 0x0D, 0x09]
    for _ in 0..<1500 {
      var bytes = Array(Self.seeds[random.next(in: 0...Self.seeds.count - 1)].utf8)
      for _ in 0..<random.next(in: 1...6) {
        let place = random.next(in: 0...bytes.count)
        switch random.next(in: 0...3) {
        case 0: bytes.insert(inserts[random.next(in: 0...inserts.count - 1)], at: place)
        case 1: if place < bytes.count { bytes.remove(at: place) }
        case 2: bytes = Array(bytes[..<place])
        default:
          let from = random.next(in: 0...bytes.count)
          bytes.insert(contentsOf: bytes[min(from, place)..<max(from, place)], at: place)
        }
      }
      do {
        let value = try format.decode(bytes, DecodingOptions(isStrict: isStrict))
        #expect(value == value)
      } catch {
        #expect(error.line != nil && error.column != nil, "\(error)")
      }
    }
  }

  @Test(arguments: [
    (DataFormat.json, "[", ""), (.json, "{\"a\":", "1"), (.toon, "", ""), (.yaml, "[", ""), (.yaml, "{a: ", "1"),
    (.yaml, "- ", "1"), (.xml, "<a>", ""),
  ]) func `nesting of a hundred thousand levels is refused`(format: DataFormat, opening: String, end: String) {
    let depth = 100_000
    let text =
      format == .toon
      ? (0..<2000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
      : String(repeating: opening, count: depth) + end
    let error = #expect(throws: DataFormatError.self) {
      try format.decode(text, DecodingOptions(indentation: 1, maximumDepth: 1024))
    }
    #expect(error?.code == .limit)
  }

  @Test func `deep lists, items and field groups of TOON are refused`() {
    let items = "[1]:\n" + (1..<3000).map { String(repeating: " ", count: $0) + "- [1]:" }.joined(separator: "\n")
    let onOneLine = "[1]:\n - " + String(repeating: "- ", count: 100_000)
    let groups = "a[1]" + String(repeating: "{a", count: 100_000) + String(repeating: "}", count: 100_000) + ":\n 1"
    for text in [items, groups] {
      let error = #expect(throws: DataFormatError.self) {
        try DataFormat.toon.decode(text, DecodingOptions(indentation: 1))
      }
      #expect(error?.code == .limit)
    }
    #expect(throws: Never.self) { try DataFormat.toon.decode(onOneLine, DecodingOptions(indentation: 1)) }
  }

  @Test(arguments: [
    "a[999999999999999999]: 1", "a[999999999999999999]{x}:\n  1", "a[999999999999999999:]{x}:\n  k: 1",
    "a[999999999999999999]:\n  - 1", "a[9223372036854775808]: 1", "[4294967296]: 1",
  ]) func `a length that lies is an error and takes no memory`(text: String) throws {
    #expect(throws: DataFormatError.self) { try DataFormat.toon.decode(text) }
    #expect(throws: Never.self) { try DataFormat.toon.decode(text, DecodingOptions(isStrict: false)) }
  }

  @Test func `aliases of YAML cannot stand for more than the text`() {
    let levels = (1...40).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]"
    }
    let text = "a0: &a0 [x]\n" + levels.joined(separator: "\n")
    #expect(#expect(throws: DataFormatError.self) { try DataFormat.yaml.decode(text) }?.code == .limit)
    #expect(throws: DataFormatError.self) { try DataFormat.yaml.decode(text + "\n? *a40\n: 1\n") }
    #expect(throws: DataFormatError.self) { try DataFormat.yaml.decode(text + "\n*a40 : 1\n") }
  }

  @Test(arguments: DataFormat.allCases) func `bytes that are not UTF-8 are told with their place`(format: DataFormat) {
    let text: [DataFormat: String] = [.json: "{\n\"é\":\"", .jsonCompact: "{\n\"é\":\"", .xml: "<a>\né"]
    for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]] {
      let before = text[format] ?? "a: b\né: c"
      let error = #expect(throws: DataFormatError.self) { try format.decode(Array(before.utf8) + bytes) }
      #expect(error?.code == .encoding)
      #expect(error?.line == 2)
      #expect(error?.column == (before.split(separator: "\n").last?.count ?? 0) + 1)
    }
  }

  @Test(arguments: DataFormat.allCases) func `a byte order mark is passed over`(format: DataFormat) throws {
    let value: JSONValue = ["t": [["a": 1], ["a": 2]]]
    let text = try format.encode(value)
    #expect(try format.decode([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == value)
  }
}
