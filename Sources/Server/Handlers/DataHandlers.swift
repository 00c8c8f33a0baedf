import Avro
import Contract
import EventData
import JSON
import JSONRPC
import Threads

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct DataHandlers: Sendable {
  func register(in registry: inout MethodRegistry) {
    registry.register(DataGenerate.self, generate)
    registry.register(DataProcess.self, process)
    registry.register(DataRecords.self, records)
  }

  @Sendable private func generate(
    _ params: DataGenerate.Params, _ request: RequestContext
  ) async throws -> DataGenerate.Result {
    let (writer, folder) = (try writer(params), params.output ?? "data")
    guard !params.sizes.isEmpty else { throw ServiceError.invalidParameter("/sizes", "sizes needs at least one size.") }
    for (index, size) in params.sizes.enumerated() where !(1...1_000_000_000).contains(size) {
      throw ServiceError.invalidParameter("/sizes/\(index)", "\(size) rows are out of range: 1 to 1000000000.")
    }
    let total = params.sizes.reduce(0, +)
    request.progress.begin(title: "Generating \(params.sizes.count) files", percentage: 0)
    return try await files(folder, isWriting: true) { checkCancellation in
      try makeFolder(folder)
      var files: [DataGenerate.File] = []
      var rowsBefore = 0
      for size in params.sizes {
        let before = rowsBefore
        let file = try writer.write(
          rows: size, folder: folder,
          progress: { rows in
            request.progress.report(
              message: "\(before + rows) of \(total) rows", percentage: 100 * Double(before + rows) / Double(total))
          }, checkCancellation: checkCancellation)
        rowsBefore += size
        files.append(.init(path: file.path, rows: file.rows, bytes: file.bytes, seconds: file.seconds))
      }
      return DataGenerate.Result(files: files)
    }
  }

  private func writer(_ params: DataGenerate.Params) throws -> EventFileWriter {
    var events = EventGenerator.Options(seed: params.seed ?? 7)
    if let users = params.users { events.users = users }
    if let minimum = params.minimumDuration { events.minimumDuration = minimum }
    if let maximum = params.maximumDuration { events.maximumDuration = maximum }
    _ = try EventGenerator(events)
    let codecName = params.codec ?? "null"
    guard let codec = AvroCodec(rawValue: codecName) else {
      throw ServiceError.invalidParameter(
        "/codec", "There is no codec \"\(codecName)\": choose null, deflate, snappy or zstandard.")
    }
    return EventFileWriter(events: events, codec: codec, blockSize: params.blockBytes ?? 64 << 10)
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ServiceError(
        .fileUnwritable, "The folder \(path) can be neither found nor made: give another with --out.",
        details: ["path": .string(path)])
    }
  }

  @Sendable private func process(
    _ params: DataProcess.Params, _ request: RequestContext
  ) async throws -> DataProcess.Result {
    var aggregator = EventAggregator()
    if let threshold = params.threshold { aggregator.threshold = threshold }
    if let field = params.keyField { aggregator.keyField = field }
    if let field = params.valueField { aggregator.valueField = field }
    request.progress.begin(title: "Processing \(params.path)", percentage: 0)
    let summary = try await files(params.path) { [aggregator] checkCancellation in
      try aggregator.run(
        path: params.path,
        progress: { progress in
          request.progress.report(
            percentage: 100 * Double(progress.bytesDone) / Double(max(progress.bytesTotal, 1)))
        }, checkCancellation: checkCancellation)
    }
    return DataProcess.Result(
      rows: summary.rows, groups: summary.groups.map { .init(id: $0.id, count: $0.count, average: $0.average) },
      readSeconds: summary.readSeconds, processSeconds: summary.processSeconds, totalSeconds: summary.totalSeconds)
  }

  @Sendable private func records(
    _ params: DataRecords.Params, _ request: RequestContext
  ) async throws -> DataRecords.Result {
    try await files(params.path) { checkCancellation in
      let page = try EventRecords(
        path: params.path, limit: params.limit ?? 100, offset: params.offset ?? 0,
        checkCancellation: checkCancellation)
      return DataRecords.Result(schema: page.schema, codec: page.codec, total: page.total, records: page.records)
    }
  }

  /// Works on files off the shared threads; an error names them.
  private func files<Value: Sendable>(
    _ path: String, isWriting: Bool = false,
    _ work: @escaping @Sendable (_ checkCancellation: @escaping @Sendable () throws -> Void) throws -> Value
  ) async throws -> Value {
    do {
      return try await BlockingWork.run(work)
    } catch let error as AvroError {
      throw ServiceError(error, path: path, isWriting: isWriting)
    }
  }
}
