package import Contract
import Results

/// Watches one run. Each of its methods is called by one task at a time; while it waits only its own watching does.
package protocol RunObserver: Sendable {
  /// Whether ``sampleStored(_:)`` is to be called: samples are read back from the store for it.
  var wantsSamples: Bool { get }

  /// The watching begins.
  func watchBegan(_ run: WatchedRun, _ progress: RunProgress) async

  /// A sample is stored. Called once for each, in the order of `sequence`; may wait, as for a slow reader.
  func sampleStored(_ record: SampleRecord) async

  /// The run has gone on. Several samples may stand between two calls; the last call comes when the run has ended.
  func runAdvanced(_ progress: RunProgress) async
}

/// What is watched.
package struct WatchedRun: Sendable {
  package var runId: String
  package var suite: String
  package var models: [String]
}

/// Watches nothing.
package struct SilentObserver: RunObserver {
  package init() {}
  package var wantsSamples: Bool { false }
  package func watchBegan(_ run: WatchedRun, _ progress: RunProgress) {}
  package func sampleStored(_ record: SampleRecord) {}
  package func runAdvanced(_ progress: RunProgress) {}
}

extension WatchedRun {
  init(_ run: RunSummary) { self.init(runId: run.runId, suite: run.suite, models: run.request.models) }
  init(_ run: RunStanding) { self.init(runId: run.runId, suite: run.suite, models: run.models) }
}
