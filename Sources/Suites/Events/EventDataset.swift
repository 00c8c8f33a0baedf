import Contract
import EventData

/// An event file and the right answer to it, which stays on this side of the sandbox.
struct EventDataset: Sendable {
  let rows: Int
  let path: String
  let expected: EventAverages

  init(
    rows: Int, options: EventOptions, folder: String, checkCancellation: @escaping @Sendable () throws -> Void
  ) throws {
    self.rows = rows
    let file = try EventFileWriter(events: options.events(seed: options.seed)).write(
      rows: rows, folder: folder, checkCancellation: checkCancellation)
    path = file.path
    var aggregator = EventAggregator()
    aggregator.threshold = Double(options.threshold)
    let summary = try aggregator.run(path: file.path, checkCancellation: checkCancellation)
    expected = EventAverages(averages: summary.groups.map { ($0.id, $0.average) })
  }
}

/// The event files of a run, in a folder of their own.
struct EventFiles: Sendable {
  let datasets: [EventDataset]
  private let folder: TemporaryFolder

  init(sizes: [Int], options: EventOptions, checkCancellation: @escaping @Sendable () throws -> Void) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    do {
      datasets = try sizes.map {
        try EventDataset(rows: $0, options: options, folder: folder.path, checkCancellation: checkCancellation)
      }
    } catch {
      folder.remove()
      throw error
    }
  }

  func remove() { folder.remove() }
}
