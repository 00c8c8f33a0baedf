package import Avro
import Contract
import SeededRandom

/// A file of random events that has been written.
package struct EventFile: Sendable, Equatable {
  package let path: String
  package let rows: Int
  package let bytes: Int
  /// From the first draw until the file had its name.
  package let seconds: Double
}

/// Writes files of random events. A few blocks are in memory at a time, so any number of rows takes the same memory.
/// The same options give the same bytes on every machine: the sync marker is drawn from the seed too.
package struct EventFileWriter: Sendable {
  package var events: EventGenerator.Options
  package var codec: AvroCodec
  /// In bytes before compression, 1 KiB…16 MiB.
  package var blockSize: Int

  /// Whether to wait until the file is on the disk. It takes longer than all the rest, and a file that a power
  /// failure takes can be made again from its seed; a reader notices its blocks missing.
  package var isDurable = false

  package static let blockSizes = (1 << 10)...(16 << 20)

  /// What a file may hold.
  package static let rowCounts = 0...1_000_000_000_000

  package init(events: EventGenerator.Options, codec: AvroCodec = .null, blockSize: Int = 64 << 10) {
    self.events = events
    self.codec = codec
    self.blockSize = blockSize
  }

  /// `events-100.avro`, `events-1k.avro`… for a number of rows.
  package static func name(rows: Int) -> String { "events-\(SizeNotation.text(rows)).avro" }

  /// Writes one file into a folder that exists. It appears under its name when it is complete; after an error
  /// nothing of it is left.
  ///
  /// - Parameters:
  ///   - progress: called from time to time with the rows written so far.
  ///   - checkCancellation: called as often; what it throws ends the work.
  /// - Throws: ``EventDataError`` for bad options, ``AvroError`` when the file cannot be written.
  package func write(
    rows: Int, folder: String, progress: (Int) -> Void = { _ in }, checkCancellation: () throws -> Void = {}
  ) throws -> EventFile {
    guard Self.rowCounts.contains(rows) else {
      throw EventDataError(.invalidOption, "\(rows) rows are out of range")
    }
    guard Self.blockSizes.contains(blockSize) else {
      throw EventDataError(.invalidOption, "a block size of \(blockSize) bytes is out of range: 1 KiB to 16 MiB")
    }
    let generator = try EventGenerator(events)
    try checkCancellation()
    let start = Stopwatch()
    let path = folder.hasSuffix("/") ? folder + Self.name(rows: rows) : "\(folder)/\(Self.name(rows: rows))"
    var options = AvroFileWriter.Options(codec: codec)
    options.marker = marker()
    options.isDurable = isDurable
    let writer = try AvroFileWriter(path: path, schema: Event.schema(), options: options)
    let pipeline = EventBlockPipeline(EventBlockEncoder(generator, blockSize: blockSize), rows: rows)
    var reported = 0
    try pipeline.forEachBlock { rows, data in
      try writer.appendBlock(count: rows, data: data)
      if writer.count - reported >= Self.reportInterval {
        reported = writer.count
        progress(reported)
        try checkCancellation()
      }
    }
    let bytes = try writer.finish()
    progress(rows)
    return EventFile(path: path, rows: rows, bytes: bytes, seconds: start.seconds)
  }

  private static let reportInterval = 100_000

  private func marker() -> [UInt8] {
    var random = SeededGenerator(seed: events.seed, stream: "sync marker")
    return (0..<16).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }
}
