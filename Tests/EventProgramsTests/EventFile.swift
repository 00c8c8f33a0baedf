#if canImport(Glibc)
  import Glibc
#endif

/// A small writer of Avro container files for tests.
final class EventFile {
  let path: String

  static let schema = """
    {"type":"record","name":"Event","namespace":"com.example.events","fields":[{"name":"userId","type":"string"},\
    {"name":"duration","type":"int"}]}
    """

  /// Writes blocks of records that are already encoded.
  init(schema: String = schema, codec: String? = "null", blocks: [(count: Int, bytes: [UInt8])], cutting: Int = 0) {
    var bytes: [UInt8] = Array("Obj\u{1}".utf8)
    let facts = [("avro.schema", schema)] + (codec.map { [("avro.codec", $0)] } ?? [])
    bytes += Self.number(facts.count)
    for (key, value) in facts { bytes += Self.string(key) + Self.string(value) }
    let mark = (0..<16).map { UInt8($0 * 3) }
    bytes += [0] + mark
    for block in blocks { bytes += Self.number(block.count) + Self.number(block.bytes.count) + block.bytes + mark }
    bytes.removeLast(cutting)
    path = "/tmp/llmbench-events-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).avro"
    if let file = fopen(path, "w") {
      fwrite(bytes, 1, bytes.count, file)
      fclose(file)
    }
  }

  /// Events in blocks of four thousand.
  convenience init(events: [(String, Int)]) {
    let blocks = stride(from: 0, to: events.count, by: 4000).map { start in
      let part = events[start..<min(start + 4000, events.count)]
      var bytes: [UInt8] = []
      for (user, duration) in part { bytes += Self.string(user) + Self.number(duration) }
      return (part.count, bytes)
    }
    self.init(blocks: blocks)
  }

  deinit { unlink(path) }

  static func number(_ value: Int) -> [UInt8] {
    var rest = UInt64(bitPattern: Int64(value << 1) ^ Int64(value >> 63))
    var bytes: [UInt8] = []
    while rest > 127 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  static func string(_ text: String) -> [UInt8] { number(text.utf8.count) + Array(text.utf8) }
}
