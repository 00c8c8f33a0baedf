import JSON
import SeededRandom

/// Values of every shape and awkwardness, the same for the same seed.
struct RandomValues {
  var random: SeededGenerator
  /// Yams drops a byte order mark at the start of a string.
  var hasByteOrderMarks = true

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let pieces = [
    "a", "name", "x1", " ", "\"", "\\", ":", ",", "|", "\t", "\n", "\r", "-", "#", "[", "]", "{", "}", "true", "null",
    "42", "-1.5", "05", "1e3", "é", "e\u{301}", "世界", "👋🏽", "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}",
    "\u{FEFF}", "'", "&", "<", ">", "*", "!", "%", "@", "`", "?", "=", "~", "---", ".inf", "yes", "+1", "  ",
  ]

  mutating func string() -> String {
    let count = random.next(in: 0...4)
    let text = (0..<count).map { _ in Self.pieces[random.next(in: 0...Self.pieces.count - 1)] }.joined()
    return hasByteOrderMarks ? text : String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\u{FEFF}" }))
  }

  mutating func number() -> JSONValue {
    switch random.next(in: 0...5) {
    case 0: .integer(Int64(random.next(in: -10...10)))
    case 1: .integer(Int64(bitPattern: random.next()))
    case 2: .double(Double(random.next(in: -100_000...100_000)) / 100 + 0.001)
    case 3: .double((random.nextUnit() - 0.5) * 1e-9)
    case 4: .double(random.nextUnit() * 1e25)
    default: .double(.pi * Double(random.next(in: 1...1000)))
    }
  }

  mutating func primitive() -> JSONValue {
    switch random.next(in: 0...6) {
    case 0: .null
    case 1: .bool(random.next(in: 0...1) == 0)
    case 2, 3: number()
    default: .string(string())
    }
  }

  mutating func object(keys: [String], depth: Int, isUniform: Bool) -> JSONValue {
    .object(JSONObject(keys.map { ($0, isUniform ? primitive() : value(depth: depth)) }))
  }

  mutating func keys() -> [String] {
    (0..<random.next(in: 0...4)).map { _ in string() }
  }

  mutating func value(depth: Int) -> JSONValue {
    guard depth > 0 else { return primitive() }
    switch random.next(in: 0...7) {
    case 0, 1: return primitive()
    case 2: return .array((0..<random.next(in: 0...4)).map { _ in primitive() })
    case 3: return .array((0..<random.next(in: 0...4)).map { _ in value(depth: depth - 1) })
    case 4:
      let keys = keys() + ["id"]
      return .array((0..<random.next(in: 1...4)).map { _ in object(keys: keys, depth: 0, isUniform: true) })
    case 5:
      let fields = keys() + ["id"]
      return .object(JSONObject((keys() + ["k", "l"]).map { ($0, object(keys: fields, depth: 0, isUniform: true)) }))
    default: return object(keys: keys(), depth: depth - 1, isUniform: false)
    }
  }
}
