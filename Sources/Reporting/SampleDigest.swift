import Contract

/// What a report says of single samples: why some were excluded, and a few that failed.
struct SampleDigest {
  /// Reasons of samples that the provider or this machine failed, by model.
  private(set) var errorReasons: [String: [String: Int]] = [:]
  /// The first failed samples of each model.
  private(set) var failures: [String: [SampleRecord]] = [:]

  static let shownFailures = 3

  mutating func add(_ sample: SampleRecord) {
    switch sample.outcome {
    case .passed, .cancelled:
      break
    case .infrastructureError:
      let reason = sample.reason ?? sample.detail ?? "no reason given"
      errorReasons[sample.model, default: [:]][VisibleText.shortened(reason, to: 100), default: 0] += 1
    case .failed, .partial, .truncated, .modelError:
      guard failures[sample.model, default: []].count < Self.shownFailures else { return }
      failures[sample.model, default: []].append(sample)
    }
  }

  /// Most frequent first.
  func errorReasons(of model: String) -> [(reason: String, count: Int)] {
    errorReasons[model, default: [:]].map { (reason: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }
}
