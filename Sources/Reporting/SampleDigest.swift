import Contract

/// What a report says of single samples: why some were excluded, and a few that failed.
struct SampleDigest {
  /// Reasons of samples that the provider or this machine failed, by model.
  private(set) var errorReasons: [String: [String: Int]] = [:]
  /// The first failed samples of each model.
  private(set) var failures: [String: [SampleRecord]] = [:]
  /// The first samples of each model whose answer a token limit cut off.
  private(set) var truncated: [String: [SampleRecord]] = [:]

  /// How many failed and how many truncated samples of a model are shown.
  static let shown = 3

  /// Answers to the same questions in several data formats.
  private(set) var formats = FormatDigest()

  mutating func add(_ sample: SampleRecord) {
    formats.add(sample)
    switch sample.outcome {
    case .passed, .cancelled:
      break
    case .infrastructureError:
      let reason = sample.reason ?? sample.detail ?? "no reason given"
      errorReasons[sample.model, default: [:]][VisibleText.shortened(reason, to: 100), default: 0] += 1
    case .truncated:
      if truncated[sample.model, default: []].count < Self.shown { truncated[sample.model, default: []].append(sample) }
    case .failed, .partial, .modelError:
      if failures[sample.model, default: []].count < Self.shown { failures[sample.model, default: []].append(sample) }
    }
  }

  /// Most frequent first.
  func errorReasons(of model: String) -> [(reason: String, count: Int)] {
    errorReasons[model, default: [:]].map { (reason: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }
}
