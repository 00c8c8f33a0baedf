package import Contract

/// Watches a run. Called from several tasks; must return quickly.
package protocol RunObserver: Sendable {
  func runBegan(_ progress: RunProgress)
  /// After the sample is stored.
  func sampleFinished(_ record: SampleRecord, _ progress: RunProgress)
}

/// Watches nothing.
package struct SilentObserver: RunObserver {
  package init() {}
  package func runBegan(_ progress: RunProgress) {}
  package func sampleFinished(_ record: SampleRecord, _ progress: RunProgress) {}
}
