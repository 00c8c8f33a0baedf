import Avro
import Synchronization

/// One run of ``EventAggregator``: what its workers share.
final class AggregationJob: Sendable {
  /// Bytes of file a worker takes at once: several blocks of the usual size, few enough to stay in a core's cache.
  static let batchSize = 512 << 10

  private struct State: ~Copyable {
    var scanner: AvroBlockScanner
    var table = GroupTable()
    var failure: (any Error)?
    var rows = 0
    var readSeconds = 0.0
    var processSeconds = 0.0
  }

  private let state: Mutex<State>
  private let codec: AvroCodec
  private let program: RowProgram
  private let filter: RowFilter
  private let maximumGroups: Int
  private let limits: AvroLimits
  private let progress: @Sendable (EventAggregator.Progress) -> Void
  private let checkCancellation: @Sendable () throws -> Void

  init(
    scanner: AvroBlockScanner, codec: AvroCodec, program: RowProgram, filter: RowFilter, maximumGroups: Int,
    limits: AvroLimits, progress: @escaping @Sendable (EventAggregator.Progress) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) {
    state = Mutex(State(scanner: scanner))
    self.codec = codec
    self.program = program
    self.filter = filter
    self.maximumGroups = maximumGroups
    self.limits = limits
    self.progress = progress
    self.checkCancellation = checkCancellation
  }

  /// Takes pieces of the file until none is left or something failed.
  func work() {
    var worker = Worker(decompressor: AvroDecompressor(codec: codec, limits: limits))
    do {
      while let blocks = try nextBlocks(&worker) {
        for block in blocks { try process(block, &worker) }
      }
    } catch {
      state.withLock { if $0.failure == nil { $0.failure = error } }
    }
    finish(&worker)
  }

  private struct Worker: ~Copyable {
    let buffer = AvroBuffer()
    let decompressor: AvroDecompressor
    var table = GroupTable()
    var rows = 0
    var readSeconds = 0.0
    var processSeconds = 0.0
  }

  private func nextBlocks(_ worker: inout Worker) throws -> [AvroBlock]? {
    let watch = Stopwatch()
    defer { worker.readSeconds += watch.seconds }
    let buffer = worker.buffer
    return try state.withLock { state -> [AvroBlock]? in
      guard state.failure == nil else { return nil }
      do {
        try checkCancellation()
        let blocks = try state.scanner.nextBatch(into: buffer, batchSize: Self.batchSize)
        progress(EventAggregator.Progress(bytesDone: state.scanner.position, bytesTotal: state.scanner.size))
        return blocks
      } catch {
        state.failure = error
        throw error
      }
    }
  }

  private func process(_ block: AvroBlock, _ worker: inout Worker) throws {
    let readWatch = Stopwatch()
    let stored = UnsafeRawBufferPointer(rebasing: worker.buffer.bytes[block.range])
    let data = try worker.decompressor.decompress(stored, offset: block.offset)
    worker.readSeconds += readWatch.seconds
    let watch = Stopwatch()
    var reader = RowReader(
      program: program, filter: filter, maximumGroups: maximumGroups, bytes: data, origin: block.offset,
      isDecompressed: codec != .null)
    try reader.read(block.count, into: &worker.table)
    worker.rows += block.count
    worker.processSeconds += watch.seconds
  }

  private func finish(_ worker: inout Worker) {
    state.withLock { state in
      let watch = Stopwatch()
      state.table.merge(worker.table, isFloating: program.isFloating)
      state.rows += worker.rows
      state.readSeconds += worker.readSeconds
      state.processSeconds += worker.processSeconds + watch.seconds
    }
  }

  /// What all workers found.
  func summary(workers: Int, headerSeconds: Double, watch: Stopwatch) throws -> EventSummary {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      guard state.table.used <= maximumGroups else {
        throw EventDataError(.tooManyGroups, "there are more than \(maximumGroups) different keys")
      }
      let sortWatch = Stopwatch()
      let groups = groups(of: state.table)
      return EventSummary(
        rows: state.rows, groups: groups, readSeconds: headerSeconds + state.readSeconds / Double(workers),
        processSeconds: state.processSeconds / Double(workers) + sortWatch.seconds, totalSeconds: watch.seconds)
    }
  }

  private func groups(of table: borrowing GroupTable) -> [EventSummary.Group] {
    var groups: [EventSummary.Group] = []
    table.forEachSlot { slot in
      guard slot.count > 0 else { return }
      groups.append(
        EventSummary.Group(
          id: id(of: slot, in: table), count: slot.count, average: slot.mean(isFloating: program.isFloating)))
    }
    groups.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    return groups
  }

  private func id(of slot: GroupTable.Slot, in table: borrowing GroupTable) -> String {
    switch program.key {
    case .number: String(Int64(bitPattern: slot.low))
    case .symbol: program.symbols[Int(slot.low)]
    case .text: table.withBytes(of: slot) { String(decoding: $0, as: UTF8.self) }
    case .bytes:
      table.withBytes(of: slot) { raw in
        String(validating: raw, as: UTF8.self) ?? "0x" + raw.map(Self.hexadecimal).joined()
      }
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
