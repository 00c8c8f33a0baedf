import Avro
import EventData
import JSON
import Synchronization
import Testing

@Suite struct EventFileTests {
  private struct Stop: Error {}

  private func writer(
    seed: UInt64 = 7, codec: AvroCodec = .null, blockSize: Int = 64 << 10
  ) -> EventFileWriter {
    EventFileWriter(events: EventGenerator.Options(seed: seed), codec: codec, blockSize: blockSize)
  }

  private func events(_ bytes: [UInt8]) throws -> [Event] {
    let reader = try AvroFileReader(bytes: bytes)
    var events: [Event] = []
    while let value = try reader.next() {
      guard case .string(let user)? = value["userId"], case .int(let duration)? = value["duration"] else {
        throw Stop()
      }
      events.append(Event(userId: user, duration: Int(duration)))
    }
    return events
  }

  @Test func `the stream of a seed stays as it is`() throws {
    var generator = try EventGenerator(EventGenerator.Options(seed: 7))
    // Recorded once: a change here changes everybody's benchmarks.
    #expect(generator.events(4).map { "\($0.userId) \($0.duration)" } == Self.firstEvents)
  }

  private static let firstEvents = ["user36 63", "user42 197", "user50 176", "user4 29"]

  @Test func `events cover their ranges evenly`() throws {
    var generator = try EventGenerator(EventGenerator.Options(seed: 1))
    let events = generator.events(50_000)
    #expect(Set(events.map(\.userId)) == Set((1...50).map { "user\($0)" }))
    #expect(Set(events.map(\.duration)) == Set(10...200))
    let counts = Dictionary(grouping: events, by: \.userId).values.map(\.count)
    #expect(counts.allSatisfy { (850...1150).contains($0) })
  }

  @Test(arguments: AvroCodec.allCases, [1 << 10, 64 << 10])
  func `files hold the generator's events`(codec: AvroCodec, blockSize: Int) throws {
    let folder = try TemporaryFolder()
    let file = try writer(codec: codec, blockSize: blockSize).write(rows: 20_000, folder: folder.path)
    #expect(file.path == "\(folder.path)/events-20k.avro")
    #expect(folder.names == ["events-20k.avro"])
    let bytes = try folder.read("events-20k.avro")
    #expect(file.bytes == bytes.count && file.rows == 20_000)
    var generator = try EventGenerator(EventGenerator.Options(seed: 7))
    #expect(try events(bytes) == generator.events(20_000))
    let schema = try AvroFileReader(bytes: bytes).schema
    #expect(schema.rootType.name?.full == "com.example.events.Event")
  }

  @Test func `the same seed gives the same bytes, and smaller files begin larger ones`() throws {
    let folder = try TemporaryFolder()
    _ = try writer().write(rows: 1000, folder: folder.path)
    let first = try folder.read("events-1k.avro")
    _ = try writer().write(rows: 1000, folder: folder.path)
    #expect(try folder.read("events-1k.avro") == first)
    _ = try writer().write(rows: 1003, folder: folder.path)
    #expect(try events(folder.read("events-1003.avro")).prefix(1000) == events(first)[...])
    _ = try writer(seed: 8).write(rows: 1000, folder: folder.path)
    #expect(try events(folder.read("events-1k.avro")) != events(first))
  }

  @Test(arguments: [
    (3, -5, 5), (20_000, 1, 40_000), (1_000_000_000, Int(Int32.min), Int(Int32.max)), (1, 7, 7),
    (1_000_000, -70_000, 70_000),
  ])
  func `options beyond the tables give the same events too`(users: Int, minimum: Int, maximum: Int) throws {
    let folder = try TemporaryFolder()
    var options = EventGenerator.Options(seed: 3)
    options.users = users
    options.minimumDuration = minimum
    options.maximumDuration = maximum
    _ = try EventFileWriter(events: options, blockSize: 1 << 10).write(rows: 3000, folder: folder.path)
    var generator = try EventGenerator(options)
    let expected = generator.events(3000)
    #expect(try events(folder.read("events-3k.avro")) == expected)
    #expect(expected.allSatisfy { (minimum...maximum).contains($0.duration) })
  }

  @Test(arguments: [0, 1, 511, 512, 513])
  func `row counts around the edges`(rows: Int) throws {
    let folder = try TemporaryFolder()
    let file = try writer().write(rows: rows, folder: folder.path)
    #expect(file.path.hasSuffix("/events-\(rows).avro"))
    #expect(try events(folder.read("events-\(rows).avro")).count == rows)
  }

  @Test func `progress rises to the end`() throws {
    let folder = try TemporaryFolder()
    var seen: [Int] = []
    _ = try writer().write(rows: 350_000, folder: folder.path, progress: { seen.append($0) })
    #expect(seen == seen.sorted() && seen.last == 350_000 && seen.count >= 3)
  }

  @Test func `a cancelled file leaves nothing`() throws {
    let folder = try TemporaryFolder()
    var calls = 0
    #expect(throws: Stop.self) {
      try writer().write(
        rows: 1_000_000, folder: folder.path,
        checkCancellation: {
          calls += 1
          if calls == 3 { throw Stop() }
        })
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `bad options are errors`() throws {
    let folder = try TemporaryFolder()
    var options = EventGenerator.Options(seed: 1)
    options.users = 0
    #expect(throws: EventDataError.self) { try EventGenerator(options) }
    options.users = 1
    options.minimumDuration = 300
    #expect(throws: EventDataError.self) { try EventGenerator(options) }
    options.maximumDuration = 1 << 40
    #expect(throws: EventDataError.self) { try EventGenerator(options) }
    #expect(throws: EventDataError.self) { try writer().write(rows: -1, folder: folder.path) }
    #expect(throws: EventDataError.self) { try writer(blockSize: 1).write(rows: 1, folder: folder.path) }
    #expect(throws: AvroError.self) { try writer().write(rows: 1, folder: "/nowhere/at/all") }
  }
}
