import Contract

/// What the GPUs did while one model answered, over its samples.
struct GPUTally: Sendable {
  private var source: String?
  private var samples = 0
  private var utilization = WeightedTally()
  private var peakUtilization: Double?
  private var peakMemory: Int?
  private var power = WeightedTally()
  private var temperature: Double?
  private var energy: Double?
  /// Of the samples whose energy is known.
  private var tokens = 0

  mutating func add(_ record: SampleRecord) {
    // What an answer from the cache took was measured when it was made.
    guard !record.cached, let gpu = record.telemetry?.gpu else { return }
    source = source ?? gpu.source
    samples += 1
    let weight = max(record.latencyMilliseconds ?? 1, 1e-6)
    utilization.add(gpu.meanUtilization, weight: weight)
    power.add(gpu.meanPowerWatts, weight: weight)
    peakUtilization = Self.greater(peakUtilization, gpu.peakUtilization)
    peakMemory = Self.greater(peakMemory, gpu.peakMemoryUsedBytes)
    temperature = Self.greater(temperature, gpu.peakTemperatureCelsius)
    if let joules = gpu.energyJoules, joules.isFinite {
      energy = (energy ?? 0) + joules
      tokens = tokens.addingSaturated(record.completionTokens ?? 0)
    }
  }

  private static func greater<Value: Comparable>(_ first: Value?, _ second: Value?) -> Value? {
    guard let first, let second else { return first ?? second }
    return max(first, second)
  }

  /// nil where nothing was measured.
  var summary: GPUSummary? {
    guard let source else { return nil }
    var summary = GPUSummary(source: source, samples: samples)
    summary.meanUtilization = utilization.mean
    summary.peakUtilization = peakUtilization
    summary.peakMemoryUsedBytes = peakMemory
    summary.meanPowerWatts = power.mean
    summary.peakTemperatureCelsius = temperature
    summary.energyJoules = energy
    if let energy, energy > 0 { summary.tokensPerJoule = Double(tokens) / energy }
    return summary
  }
}

/// A running mean of what is known, by weight.
private struct WeightedTally {
  private var sum = 0.0
  private var weight = 0.0

  mutating func add(_ value: Double?, weight more: Double) {
    guard let value, value.isFinite, more.isFinite else { return }
    sum += value * more
    weight += more
  }

  var mean: Double? { weight > 0 ? sum / weight : nil }
}
