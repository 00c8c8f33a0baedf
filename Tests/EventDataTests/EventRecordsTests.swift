import Avro
import EventData
import JSON
import Testing

@Suite struct EventRecordsTests {
  @Test(arguments: [(0, 3), (1, 1), (4999, 5), (5000, 5), (2500, 0), (0, 100_000)])
  func `pages are what reading gives`(offset: Int, limit: Int) throws {
    let folder = try TemporaryFolder()
    var writer = EventFileWriter(events: EventGenerator.Options(seed: 5), codec: .deflate)
    writer.blockSize = 1 << 10
    let file = try writer.write(rows: 5000, folder: folder.path)
    let page = try EventRecords(path: file.path, limit: limit, offset: offset)
    var generator = try EventGenerator(writer.events)
    let expected = generator.events(5000).dropFirst(offset).prefix(limit).map { event -> JSONValue in
      ["userId": .string(event.userId), "duration": .integer(Int64(event.duration))]
    }
    #expect(page.records == expected)
    #expect(page.total == 5000)
    #expect(page.codec == "deflate")
    #expect(page.schema["name"] == "Event")
  }

  @Test func `an offset past the end gives no records`() throws {
    let folder = try TemporaryFolder()
    let file = try EventFileWriter(events: EventGenerator.Options(seed: 5)).write(rows: 10, folder: folder.path)
    #expect(try EventRecords(path: file.path, offset: 11).records.isEmpty)
    #expect(throws: EventDataError.self) { try EventRecords(path: file.path, offset: -1) }
    #expect(throws: EventDataError.self) { try EventRecords(path: file.path, limit: -1) }
    #expect(throws: AvroError.self) { try EventRecords(path: "\(folder.path)/none.avro") }
  }
}
