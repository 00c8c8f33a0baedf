import Contract
import EventData

/// An event file and the right answer to it, which stays on this side of the sandbox.
struct EventDataset: Sendable {
  let rows: Int
  let path: String
  let expected: EventAverages

  init(rows: Int, options: EventOptions, folder: String) throws {
    self.rows = rows
    let file = try EventFileWriter(events: options.events(seed: options.seed)).write(
      rows: rows, folder: folder, checkCancellation: { try Task.checkCancellation() })
    path = file.path
    var aggregator = EventAggregator()
    aggregator.threshold = Double(options.threshold)
    expected = EventAverages(averages: try aggregator.run(path: file.path).groups.map { ($0.id, $0.average) })
  }
}
