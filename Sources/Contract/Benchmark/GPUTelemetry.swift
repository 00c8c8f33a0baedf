/// What the machine's GPUs did while a local model answered. What they do not tell is nil.
package struct GPUTelemetry: Codable, Sendable, Equatable {
  /// Where the readings come from, as of `gpu.sample`.
  package var source: String
  /// Readings within the call.
  package var readings: Int
  /// Of the busiest device, 0…1.
  package var meanUtilization: Double?
  package var peakUtilization: Double?
  /// Of all devices together.
  package var meanMemoryUsedBytes: Double?
  package var peakMemoryUsedBytes: Int?
  package var memoryTotalBytes: Int?
  package var meanPowerWatts: Double?
  /// Of the hottest device.
  package var peakTemperatureCelsius: Double?
  /// Of the busiest device.
  package var meanGraphicsClockMegahertz: Double?
  /// Of all devices together; calls under way at the same moments share it evenly.
  package var energyJoules: Double?
  /// Tokens of the answer for each joule.
  package var tokensPerJoule: Double?
  /// Each device; nil where there is but one.
  package var devices: [GPUDeviceTelemetry]?

  package init(source: String, readings: Int) {
    self.source = source
    self.readings = readings
  }
}

/// The same of one of several devices.
package struct GPUDeviceTelemetry: Codable, Sendable, Equatable {
  package var index: Int
  package var meanUtilization: Double?
  package var peakUtilization: Double?
  package var meanMemoryUsedBytes: Double?
  package var peakMemoryUsedBytes: Int?
  package var meanPowerWatts: Double?
  package var peakTemperatureCelsius: Double?
  package var energyJoules: Double?

  package init(index: Int) { self.index = index }
}

/// What the GPUs did while one model answered, over all its samples with readings.
package struct GPUSummary: Codable, Sendable, Equatable {
  package var source: String
  /// Samples with readings.
  package var samples: Int
  /// Of the busiest device, a sample counting as long as its call took; 0…1.
  package var meanUtilization: Double?
  package var peakUtilization: Double?
  package var peakMemoryUsedBytes: Int?
  package var meanPowerWatts: Double?
  package var peakTemperatureCelsius: Double?
  package var energyJoules: Double?
  /// Tokens of all these answers for each joule.
  package var tokensPerJoule: Double?

  /// A mean utilisation below this means that the GPU waited for something.
  package static let lowUtilization = 0.8

  /// Whether the GPU waited for something much of the time.
  package var isUnderused: Bool { meanUtilization.map { $0 < Self.lowUtilization } ?? false }

  package init(source: String, samples: Int) {
    self.source = source
    self.samples = samples
  }
}
