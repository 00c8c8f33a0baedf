package import Avro
import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a run over a file found.
package struct EventSummary: Sendable, Equatable {
  package struct Group: Sendable, Equatable {
    package let id: String
    /// Rows at or above the threshold.
    package let count: Int
    /// Their mean, unrounded.
    package let average: Double
  }

  /// All rows in the file.
  package let rows: Int
  /// Groups with at least one row that counts, by the UTF-8 bytes of their ids.
  package let groups: [Group]
  /// Reading and decompressing, and decoding, filtering and grouping. Several cores do both at once: each is the
  /// mean over the workers, so that the two add up to about the total.
  package let readSeconds: Double
  package let processSeconds: Double
  /// From the start until the groups were sorted.
  package let totalSeconds: Double
}

/// The baseline of the benchmark over a file of any size: keep the rows whose value is at least a threshold, group
/// them by a key, average the values.
///
/// Works on any file of records that has a key and a number, whatever else is in them; rows where one of the two
/// is null do not count. Streams: workers on all cores take runs of blocks, so memory depends on the block size and
/// the number of groups and not on the number of rows. Sums of integers are exact.
package struct EventAggregator: Sendable {
  package var threshold = 50.0
  /// Of type string, enum, int, long or bytes, or one of them and null. Bytes that are not UTF-8 show as hexadecimal.
  package var keyField = "userId"
  /// Of type int, long, float or double, or one of them and null.
  package var valueField = "duration"
  /// Nil takes every core, up to 16.
  package var workers: Int?
  /// More different keys than this are an error rather than a machine out of memory.
  package var maximumGroups = 2_000_000
  package var limits = AvroLimits()

  package init() {}

  /// How far a run is.
  package struct Progress: Sendable, Equatable {
    package let bytesDone: Int
    package let bytesTotal: Int
  }

  /// - Parameters:
  ///   - progress: called by one worker at a time, after each piece that was read.
  ///   - checkCancellation: called as often; what it throws ends the run.
  /// - Throws: ``AvroError`` for a file that is missing or corrupt, ``EventDataError`` for fields that do not fit.
  package func run(
    path: String, progress: @escaping @Sendable (Progress) -> Void = { _ in },
    checkCancellation: @escaping @Sendable () throws -> Void = {}
  ) throws -> EventSummary {
    try run(AvroFileSource(path: path), progress: progress, checkCancellation: checkCancellation)
  }

  package func run(
    _ source: some AvroSource, progress: @escaping @Sendable (Progress) -> Void = { _ in },
    checkCancellation: @escaping @Sendable () throws -> Void = {}
  ) throws -> EventSummary {
    guard !threshold.isNaN else { throw EventDataError(.invalidOption, "the threshold is not a number") }
    let watch = Stopwatch()
    let header = try AvroHeader(readingFrom: source, limits: limits)
    let program = try RowProgram(schema: header.schema, keyField: keyField, valueField: valueField)
    let job = AggregationJob(
      scanner: AvroBlockScanner(source, header: header, limits: limits), codec: header.codec, program: program,
      filter: RowFilter(threshold: threshold), maximumGroups: maximumGroups, limits: limits,
      progress: progress, checkCancellation: checkCancellation)
    let pieces = (source.size - header.dataOffset) / AggregationJob.batchSize + 1
    let count = min(max(workers ?? Self.processorCount, 1), 16, pieces)
    let headerSeconds = watch.seconds
    if count == 1 {
      job.work()
    } else {
      DispatchQueue.concurrentPerform(iterations: count) { _ in job.work() }
    }
    return try job.summary(workers: count, headerSeconds: headerSeconds, watch: watch)
  }

  private static var processorCount: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }
}
