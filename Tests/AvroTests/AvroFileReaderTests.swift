import Avro
import JSON
import Testing

@Suite struct AvroFileReaderTests {
  /// Values 0, 1, 2… in blocks of the given sizes.
  private func file(blocks: [Int]) -> [UInt8] {
    var file = RawFile("\"long\"")
    var next: Int64 = 0
    for count in blocks {
      var encoder = AvroEncoder()
      for _ in 0..<count {
        encoder.write(next)
        next += 1
      }
      file.add(count: Int64(count), encoder.bytes)
    }
    return file.bytes
  }

  @Test(arguments: [[], [0], [1], [1, 1, 1, 1, 1, 1], [3, 0, 70_000, 2, 0], [1, 100_000], [40_000, 40_000, 5]])
  func `values come in order whatever the blocks`(blocks: [Int]) throws {
    let bytes = file(blocks: blocks)
    let total = blocks.reduce(0, +)
    let reader = try AvroFileReader(bytes: bytes)
    #expect(try reader.all() == (0..<total).map { .long(Int64($0)) })
    #expect(try reader.countValues() == total)
  }

  @Test(arguments: [[10, 10, 10], [1, 1, 1, 1, 1, 1, 30], [30], [5, 0, 25]], [0, 1, 4, 5, 10, 11, 29, 30, 31])
  func `skipping leads to the same value as reading`(blocks: [Int], count: Int) throws {
    let total = blocks.reduce(0, +)
    for start in [0, 1, 6] {
      let reader = try AvroFileReader(bytes: file(blocks: blocks))
      for _ in 0..<start { _ = try reader.next() }
      #expect(try reader.skip(count) == min(count, total - start))
      let next = start + count
      #expect(try reader.next() == (next < total ? .long(Int64(next)) : nil))
    }
  }

  @Test func `a file at a path is read as one in memory`() throws {
    let path = "\(FixtureFiles.folder)/everything.zstandard.avro"
    let fromFile = try AvroFileReader(path: path).all()
    // NaN is not equal to itself: compare what is shown.
    #expect("\(fromFile)" == "\(try AvroFileReader(bytes: FixtureFiles.bytes(path)).all())")
    #expect(fromFile.count == 4)
  }

  @Test func `values are shown as plain JSON`() throws {
    let reader = try AvroFileReader(path: "\(FixtureFiles.folder)/everything.null.avro")
    let values = try reader.all().map { $0.json(schema: reader.schema) }
    #expect(values[0]["maybe"] == .null)
    #expect(values[1]["maybe"] == "text")
    #expect(values[1]["ratio"] == "Infinity")
    #expect(values[2]["maybe"] == [1, 2])
    #expect(values[3]["maybe"] == "abcd")
    #expect(values[0]["digest"] == "\u{0}\u{FF}\u{7F}\u{80}")
    #expect(values[0].objectValue?.keys.first == "nothing")
  }

  @Test func `a float is shown with the digits of a float`() throws {
    let schema = try AvroSchema("float")
    #expect(AvroValue.float(0.1).json(schema: schema) == .double(0.1))
  }
}
