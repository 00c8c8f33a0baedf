import Contract
import GPUMetrics
import JSON
import Models
import Synchronization

/// Measures what the calls of one run take of this machine's GPUs. There is none where there is nothing to read.
final class GPUMeter: Sendable {
  private let monitor: GPUMonitor
  private let interval: Double
  private let lease = Mutex<GPULease?>(nil)
  /// What there is, for the run's facts about its machine: an empty list without a GPU.
  let facts: JSONValue
  private let hasDevices: Bool

  /// nil for a run without local models, and for one that wants no readings.
  init?(_ monitor: GPUMonitor?, for run: PreparedRun) async {
    let interval = run.request.gpuIntervalSeconds ?? 0.5
    guard let monitor, interval > 0, run.models.contains(where: \.isLocal) else { return nil }
    self.monitor = monitor
    self.interval = interval
    let snapshot = await monitor.sample()
    hasDevices = !snapshot.devices.isEmpty
    facts = .array(snapshot.devices.map { .object(Self.facts($0, driver: snapshot.driver)) })
  }

  private static func facts(_ device: GPUReading, driver: String?) -> JSONObject {
    [
      "name": device.name.map { .string($0) } ?? .null,
      "memoryBytes": device.memoryTotalBytes.map { .integer(Int64($0)) } ?? .null,
      "driver": driver.map { .string($0) } ?? .null,
    ]
  }

  /// Has the readings come; until then, and after ``end()``, nothing is measured.
  func begin() {
    guard hasDevices else { return }
    lease.withLock { $0 = monitor.lease(every: interval) }
  }

  func end() { lease.withLock { $0 = nil } }

  /// nil where nothing is measured.
  func beginSpan() -> GPUSpan? {
    lease.withLock { $0 != nil } ? monitor.beginSpan() : nil
  }

  func end(_ span: GPUSpan) async -> GPUUse? { await monitor.end(span) }

  func abandon(_ span: GPUSpan) { monitor.abandon(span) }
}

extension GPUTelemetry {
  init(_ use: GPUUse, completionTokens: Int?) {
    self.init(source: use.source, readings: use.readings)
    let busiest = use.busiest
    meanUtilization = busiest?.meanUtilization
    peakUtilization = busiest?.peakUtilization
    meanMemoryUsedBytes = use.meanMemoryUsedBytes
    peakMemoryUsedBytes = use.peakMemoryUsedBytes
    memoryTotalBytes = use.memoryTotalBytes
    meanPowerWatts = use.meanPowerWatts
    peakTemperatureCelsius = use.devices.compactMap(\.peakTemperatureCelsius).max()
    meanGraphicsClockMegahertz = busiest?.meanGraphicsClockMegahertz
    energyJoules = use.energyJoules
    if let energyJoules, energyJoules > 0, let completionTokens {
      tokensPerJoule = Double(completionTokens) / energyJoules
    }
    if use.devices.count > 1 { devices = use.devices.map { GPUDeviceTelemetry($0) } }
  }
}

extension GPUDeviceTelemetry {
  fileprivate init(_ use: GPUDeviceUse) {
    self.init(index: use.index)
    meanUtilization = use.meanUtilization
    peakUtilization = use.peakUtilization
    meanMemoryUsedBytes = use.meanMemoryUsedBytes
    peakMemoryUsedBytes = use.peakMemoryUsedBytes
    meanPowerWatts = use.meanPowerWatts
    peakTemperatureCelsius = use.peakTemperatureCelsius
    energyJoules = use.energyJoules
  }
}
