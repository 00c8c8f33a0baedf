/// What the GPUs did during a span of time.
package struct GPUUse: Sendable, Equatable {
  package var source: String
  /// Readings that fell into it.
  package var readings: Int
  package var devices: [GPUDeviceUse]

  package init(source: String, readings: Int, devices: [GPUDeviceUse]) {
    self.source = source
    self.readings = readings
    self.devices = devices
  }

  /// The device with the highest mean utilisation: a model that lies on one of several devices leaves the others idle.
  package var busiest: GPUDeviceUse? {
    devices.max { ($0.meanUtilization ?? -1) < ($1.meanUtilization ?? -1) }
  }

  /// Of all devices together; nil where none tells its power.
  package var energyJoules: Double? { Self.sum(devices.map(\.energyJoules)) }
  package var meanPowerWatts: Double? { Self.sum(devices.map(\.meanPowerWatts)) }
  /// Of all devices together, each at its own peak.
  package var peakMemoryUsedBytes: Int? { Self.sum(devices.map(\.peakMemoryUsedBytes)) }
  package var meanMemoryUsedBytes: Double? { Self.sum(devices.map(\.meanMemoryUsedBytes)) }
  package var memoryTotalBytes: Int? { Self.sum(devices.map(\.memoryTotalBytes)) }

  private static func sum<Number: Numeric>(_ values: [Number?]) -> Number? {
    let known = values.compactMap(\.self)
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}

/// The same of one device. Means are over time; what the device does not tell is nil.
package struct GPUDeviceUse: Sendable, Equatable {
  package var index: Int
  package var name: String?
  package var meanUtilization: Double?
  package var peakUtilization: Double?
  package var meanMemoryUsedBytes: Double?
  package var peakMemoryUsedBytes: Int?
  package var memoryTotalBytes: Int?
  package var meanPowerWatts: Double?
  package var peakPowerWatts: Double?
  package var peakTemperatureCelsius: Double?
  package var meanGraphicsClockMegahertz: Double?
  /// Shared evenly with the other spans that were under way at the same moments.
  package var energyJoules: Double?

  package init(index: Int) { self.index = index }
}
