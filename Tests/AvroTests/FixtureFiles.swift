import Avro
import JSON
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files that the reference implementations wrote.
enum FixtureFiles {
  static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Fixtures/avro"

  /// Paths of the Avro files and the name of the JSON file with their values.
  static let all: [(file: String, json: String)] = [
    "event.null", "event.deflate", "event.snappy", "event.zstandard", "everything.null", "everything.deflate",
    "everything.snappy", "everything.zstandard", "list.null", "list.deflate", "logical.null", "empty-record.null",
    "no-rows.null", "bare-int.null", "bare-null.null", "bare-bytes.null", "bare-string.null", "bare-array.null",
    "bare-map.null", "bare-union.null", "namespaces.null", "event-avro.null", "event-avro.deflate",
  ].map { name in
    let base = name.split(separator: ".")[0]
    return (file: "\(folder)/\(name).avro", json: "\(folder)/\(base == "event-avro" ? "event" : base).json")
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"), "\(path) is missing")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  static func bytes(named name: String) throws -> [UInt8] { try bytes("\(folder)/\(name)") }

  static func json(_ path: String) throws -> JSONValue { try JSONParser().parse(bytes(path)) }
}

extension AvroFileReader {
  /// All values that are left.
  func all() throws -> [AvroValue] {
    var values: [AvroValue] = []
    while let value = try next() { values.append(value) }
    return values
  }
}

/// A file in memory that says what a test wants it to, right or wrong.
struct RawFile {
  var schema: String
  var codec: String? = "null"
  var extra: [(String, [UInt8])] = []
  var blocks: [UInt8] = []
  static let marker = [UInt8](repeating: 0xAB, count: 16)

  init(_ schema: String) { self.schema = schema }

  mutating func add(count: Int64, size: Int64? = nil, _ data: [UInt8], marker: [UInt8] = marker) {
    var encoder = AvroEncoder()
    encoder.write(count)
    encoder.write(size ?? Int64(data.count))
    blocks += encoder.bytes + data + marker
  }

  var bytes: [UInt8] {
    var encoder = AvroEncoder()
    var metadata: [(String, [UInt8])] = [("avro.schema", Array(schema.utf8))] + extra
    if let codec { metadata.append(("avro.codec", Array(codec.utf8))) }
    encoder.write(raw: [0x4F, 0x62, 0x6A, 0x01])
    encoder.write(Int64(metadata.count))
    for (key, value) in metadata {
      encoder.write(sized: key.utf8)
      encoder.write(sized: value)
    }
    encoder.write(0)
    encoder.write(raw: Self.marker)
    return encoder.bytes + blocks
  }
}

/// Zig-zag variable-length integers.
func varints(_ numbers: Int64...) -> [UInt8] {
  var encoder = AvroEncoder()
  for number in numbers { encoder.write(number) }
  return encoder.bytes
}
