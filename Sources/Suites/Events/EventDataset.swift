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
  /// A small one, for what is to be quick.
  let small: EventDataset
  private let folder: TemporaryFolder

  init(sizes: [Int], options: EventOptions, checkCancellation: @escaping @Sendable () throws -> Void) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    do {
      func dataset(_ rows: Int) throws -> EventDataset {
        try EventDataset(rows: rows, options: options, folder: folder.path, checkCancellation: checkCancellation)
      }
      datasets = try sizes.map(dataset)
      let smallest = datasets.min { $0.rows < $1.rows }
      small = try smallest.flatMap { $0.rows <= Self.smallRows ? $0 : nil } ?? dataset(Self.smallRows)
    } catch {
      folder.remove()
      throw error
    }
  }

  private static let smallRows = 1000

  func remove() { folder.remove() }
}
