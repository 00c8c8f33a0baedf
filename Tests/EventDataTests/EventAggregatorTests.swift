import Avro
import EventData
import JSON
import SeededRandom
import Synchronization
import Testing

@Suite struct EventAggregatorTests {
  private struct Stop: Error {}

  /// The plain way: every row as a value in memory.
  private func reference(_ rows: [(key: String?, value: Double?)], threshold: Double) -> [String: (Int, Double)] {
    var groups: [String: (Int, Double)] = [:]
    for row in rows {
      guard let key = row.key, let value = row.value, value >= threshold else { continue }
      let old = groups[key] ?? (0, 0)
      groups[key] = (old.0 + 1, old.1 + value)
    }
    return groups.mapValues { ($0.0, $0.1 / Double($0.0)) }
  }

  private func check(
    _ summary: EventSummary, _ rows: [(key: String?, value: Double?)], threshold: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = reference(rows, threshold: threshold)
    #expect(summary.rows == rows.count, sourceLocation: sourceLocation)
    #expect(
      summary.groups.map(\.id) == expected.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
      sourceLocation: sourceLocation)
    for group in summary.groups {
      let (count, average) = expected[group.id] ?? (0, 0)
      #expect(group.count == count, sourceLocation: sourceLocation)
      #expect(abs(group.average - average) <= 1e-9 * max(1, abs(average)), sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: AvroCodec.allCases, [1, 2, 5])
  func `event files are grouped as row by row`(codec: AvroCodec, workers: Int) throws {
    let folder = try TemporaryFolder()
    var writer = EventFileWriter(events: EventGenerator.Options(seed: 11), codec: codec)
    writer.blockSize = 4 << 10
    let file = try writer.write(rows: 300_000, folder: folder.path)
    var generator = try EventGenerator(writer.events)
    let rows = generator.events(300_000).map { event in
      (key: String?.some(event.userId), value: Double?.some(Double(event.duration)))
    }
    var aggregator = EventAggregator()
    aggregator.workers = workers
    let summary = try aggregator.run(path: file.path)
    check(summary, rows, threshold: 50)
    #expect(summary.groups.count == 50)
    #expect(summary.readSeconds >= 0 && summary.processSeconds > 0)
    #expect(summary.totalSeconds >= summary.processSeconds * 0.5)
  }

  // MARK: Other files

  private static let wide: JSONValue = [
    "type": "record", "name": "Row",
    "fields": [
      ["name": "tags", "type": ["type": "array", "items": "string"]],
      ["name": "flag", "type": "boolean"],
      ["name": "value", "type": ["null", "double"]],
      ["name": "table", "type": ["type": "map", "values": ["null", "long"]]],
      [
        "name": "tree",
        "type": [
          "null",
          [
            "type": "record", "name": "Tree",
            "fields": [["name": "left", "type": ["null", "Tree"]], ["name": "size", "type": "float"]],
          ],
        ],
      ],
      ["name": "key", "type": ["string", "null"]],
      ["name": "hash", "type": ["type": "fixed", "name": "H", "size": 3]],
      ["name": "blanks", "type": ["type": "array", "items": "null"]],
      ["name": "suit", "type": ["type": "enum", "name": "Suit", "symbols": ["CLUBS", "HEARTS"]]],
      ["name": "number", "type": "long"], ["name": "small", "type": "float"], ["name": "raw", "type": "bytes"],
      ["name": "count", "type": "int"],
    ],
  ]

  private func wideRows(_ count: Int) -> [AvroValue] {
    var random = SeededGenerator(seed: 99)
    return (0..<count).map { index in
      let name = "k" + String(repeating: "é", count: random.next(in: 0...12)) + String(index % 3)
      let leaf = AvroValue.record(AvroRecord([("left", .union(0, .null)), ("size", .float(1))]))
      return .record(
        AvroRecord([
          ("tags", .array((0..<random.next(in: 0...3)).map { .string("t\($0)") })), ("flag", .boolean(index % 2 == 0)),
          ("value", index % 7 == 0 ? .union(0, .null) : .union(1, .double(Double(random.next(in: -100...100)) / 8))),
          ("table", .map(AvroMap([("x", .union(0, .null)), ("y", .union(1, .long(5)))]))),
          (
            "tree",
            index % 3 == 0
              ? .union(0, .null)
              : .union(1, .record(AvroRecord([("left", .union(1, leaf)), ("size", .float(2))])))
          ),
          ("key", index % 11 == 0 ? .union(1, .null) : .union(0, .string(name))), ("hash", .fixed([1, 2, 3])),
          ("blanks", .array([AvroValue](repeating: .null, count: index % 4))),
          ("suit", .enumeration(index % 2 == 0 ? "CLUBS" : "HEARTS")),
          ("number", .long(Int64(index % 5) - 2)), ("small", .float(Float(index % 9))),
          ("raw", .bytes(index % 2 == 0 ? [0xFF, UInt8(index % 3)] : Array("text".utf8))),
          ("count", .int(Int32(random.next(in: -200_000...200_000)))),
        ]))
    }
  }

  private func text(_ value: AvroValue?) -> String? {
    switch value?.unwrapped {
    case .string(let text), .enumeration(let text): text
    case .long(let number): String(number)
    case .int(let number): String(number)
    case .bytes(let bytes):
      String(validating: bytes, as: UTF8.self)
        ?? "0x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    default: nil
    }
  }

  private func number(_ value: AvroValue?) -> Double? {
    switch value?.unwrapped {
    case .int(let number): Double(number)
    case .long(let number): Double(number)
    case .float(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  @Test(
    arguments: ["key", "suit", "number", "raw", "count"], ["value", "small", "count", "number"])
  func `any record with a key and a number will do`(key: String, value: String) throws {
    guard key != value else { return }
    let schema = try AvroSchema(Self.wide)
    let values = wideRows(2000)
    var options = AvroFileWriter.Options(codec: .snappy)
    options.blockSize = 3000
    let bytes = try AvroFileWriter.bytes(of: values, schema: schema, options: options)
    for threshold in [-1e300, -1, 0, 3.5, 1e300] {
      var aggregator = EventAggregator()
      (aggregator.keyField, aggregator.valueField, aggregator.threshold) = (key, value, threshold)
      let summary = try aggregator.run(AvroMemorySource(bytes))
      check(summary, values.map { (text($0[key]), number($0[value])) }, threshold: threshold)
    }
  }

  private func pairs(_ rows: [(String, Int64)], value: JSONValue = "long") throws -> [UInt8] {
    let schema = try AvroSchema([
      "type": "record", "name": "P",
      "fields": [["name": "userId", "type": "string"], ["name": "duration", "type": value]],
    ])
    return try AvroFileWriter.bytes(
      of: rows.map { .record(AvroRecord([("userId", .string($0.0)), ("duration", .long($0.1))])) }, schema: schema)
  }

  @Test func `keys of every length are kept apart`() throws {
    let keys = (0...40).flatMap { length in
      ["a", "b"].map { String(repeating: "x", count: length) + $0 }
    }
    let rows = (0..<8).flatMap { round in keys.map { ($0, Int64(50 + round)) } }
    var aggregator = EventAggregator()
    aggregator.workers = 1
    let summary = try aggregator.run(AvroMemorySource(pairs(rows)))
    #expect(summary.groups.count == keys.count)
    #expect(summary.groups.allSatisfy { $0.count == 8 && $0.average == 53.5 })
  }

  @Test func `tables grow to many keys`() throws {
    let rows =
      (0..<50_000).map { ("user-with-a-long-name-\($0 % 30_000)", Int64(60)) }
      + (0..<50_000).map { ("u\($0 % 20_000)", Int64(70)) }
    let summary = try EventAggregator().run(AvroMemorySource(pairs(rows)))
    #expect(summary.groups.count == 50_000)
    #expect(summary.groups.map(\.count).reduce(0, +) == 100_000)
    var small = EventAggregator()
    small.maximumGroups = 1000
    let error = #expect(throws: EventDataError.self) { try small.run(AvroMemorySource(pairs(rows))) }
    #expect(error?.code == .tooManyGroups)
  }

  @Test func `sums of integers are exact beyond 64 bits`() throws {
    let rows: [(String, Int64)] = [("a", .max), ("a", .max), ("a", .max), ("b", .min), ("b", .min), ("b", 1)]
    var aggregator = EventAggregator()
    aggregator.threshold = -.infinity
    let summary = try aggregator.run(AvroMemorySource(pairs(rows)))
    #expect(summary.groups.map(\.average) == [0x1p63, -0x1p64 / 3])
  }

  @Test(arguments: [(0x1p63, 0), (0x1p62, 2), (49.5, 4), (50, 4), (50.5, 3), (-.infinity, 5), (.infinity, 0)])
  func `thresholds are exact for integers`(threshold: Double, count: Int) throws {
    let rows: [(String, Int64)] = [("a", .max), ("a", 50), ("a", 51), ("a", -1), ("a", 1 << 62)]
    var aggregator = EventAggregator()
    aggregator.threshold = threshold
    let summary = try aggregator.run(AvroMemorySource(pairs(rows)))
    #expect(summary.rows == 5)
    #expect((summary.groups.first?.count ?? 0) == count)
  }

  @Test func `values of every width go through the fast loop and around it`() throws {
    let rows = (0..<20_000).map { index -> (String, Int64) in
      ("k\(index % 3)", [1, 63, 64, 127, 8191, 8192, 1 << 20, -1, -64, -65, -8193, .max][index % 12])
    }
    var aggregator = EventAggregator()
    aggregator.threshold = -100
    let small = rows.map { ($0.0, $0.1 == .max ? 5 : $0.1) }
    let summary = try aggregator.run(AvroMemorySource(pairs(small)))
    check(summary, small.map { ($0.0, Double($0.1)) }, threshold: -100)
  }

  // MARK: Errors

  @Test func `fields that are missing or of a wrong type are named`() throws {
    let bytes = try pairs([("a", 1)])
    var aggregator = EventAggregator()
    aggregator.keyField = "user"
    let missing = #expect(throws: EventDataError.self) { try aggregator.run(AvroMemorySource(bytes)) }
    #expect(missing?.code == .missingField)
    #expect(missing?.message == "there is no field \"user\"; there are \"userId\", \"duration\"")
    (aggregator.keyField, aggregator.valueField) = ("duration", "userId")
    let wrong = #expect(throws: EventDataError.self) { try aggregator.run(AvroMemorySource(bytes)) }
    #expect(wrong?.code == .wrongFieldType)
    aggregator.valueField = "duration"
    #expect(throws: EventDataError.self) { try aggregator.run(AvroMemorySource(bytes)) }
    let bare = try AvroFileWriter.bytes(of: [.int(1)], schema: AvroSchema("int"))
    let none = #expect(throws: EventDataError.self) { try EventAggregator().run(AvroMemorySource(bare)) }
    #expect(none?.code == .notRecords)
    var nan = EventAggregator()
    nan.threshold = .nan
    #expect(throws: EventDataError.self) { try nan.run(AvroMemorySource(bytes)) }
  }

  @Test func `a missing file and one that is no Avro file are told apart`() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: AvroError.self) { try EventAggregator().run(path: "\(folder.path)/no.avro") }
    #expect(missing?.code == .fileNotFound)
    let text = try folder.write(Array("id,duration\n".utf8), to: "text.csv")
    let wrong = #expect(throws: AvroError.self) { try EventAggregator().run(path: text) }
    #expect(wrong?.code == .notAvro)
  }

  @Test func `progress rises to the size of the file and a run can be cancelled`() throws {
    let folder = try TemporaryFolder()
    let file = try EventFileWriter(events: EventGenerator.Options(seed: 1)).write(rows: 300_000, folder: folder.path)
    let seen = Mutex<[Int]>([])
    _ = try EventAggregator().run(
      path: file.path,
      progress: { progress in
        #expect(progress.bytesTotal == file.bytes)
        seen.withLock { $0.append(progress.bytesDone) }
      })
    let values = seen.withLock { $0 }
    #expect(values == values.sorted() && values.last == file.bytes && values.count > 3)
    let calls = Atomic(0)
    #expect(throws: Stop.self) {
      try EventAggregator().run(
        path: file.path,
        checkCancellation: {
          if calls.add(1, ordering: .relaxed).newValue == 3 { throw Stop() }
        })
    }
  }

  @Test(.timeLimit(.minutes(2)), arguments: [AvroCodec.null, .deflate])
  func `a file cut or changed anywhere is a result or an error`(codec: AvroCodec) throws {
    let schema = try AvroSchema(Self.wide)
    var options = AvroFileWriter.Options(codec: codec)
    options.blockSize = 200
    options.marker = [UInt8](repeating: 7, count: 16)
    let wide = try AvroFileWriter.bytes(of: wideRows(12), schema: schema, options: options)
    let plain = try pairs((0..<60).map { ("user\($0 % 7)", Int64($0 * 3)) })
    var random = SeededGenerator(seed: 4)
    var aggregator = EventAggregator()
    aggregator.workers = 1
    for (bytes, key, value) in [(wide, "key", "value"), (plain, "userId", "duration")] {
      (aggregator.keyField, aggregator.valueField) = (key, value)
      for index in bytes.indices {
        for mask in [1, 0x80, 0xFF, UInt8(truncatingIfNeeded: random.next())] as [UInt8] {
          var changed = bytes
          changed[index] ^= mask
          exercise(aggregator, changed)
        }
        exercise(aggregator, Array(bytes[..<index]))
      }
    }
  }

  private func exercise(_ aggregator: EventAggregator, _ bytes: [UInt8]) {
    do {
      _ = try aggregator.run(AvroMemorySource(bytes))
    } catch {
      #expect(error is AvroError || error is EventDataError)
    }
  }
}
