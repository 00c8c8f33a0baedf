import Contract
import GPUMetrics
import JSON
import JSONRPC

struct GPUHandlers: Sendable {
  let monitor: GPUMonitor

  func register(in registry: inout MethodRegistry) {
    registry.register(GPUSample.self) { _, _ in
      let snapshot = await monitor.sample()
      try Task.checkCancellation()
      return GPUReadings(snapshot)
    }
    registry.register(GPUWatch.self, watch)
  }

  @Sendable private func watch(_ params: GPUWatch.Params, _ request: RequestContext) async throws -> GPUWatch.Result {
    let milliseconds = params.intervalMilliseconds ?? 500
    guard (20...3_600_000).contains(milliseconds) else {
      throw ServiceError.invalidParameter("/intervalMilliseconds", "intervalMilliseconds is 20…3600000.")
    }
    if let count = params.count, !(1...1_000_000_000).contains(count) {
      throw ServiceError.invalidParameter("/count", "count is 1…1000000000.")
    }
    guard params.count != nil || request.partialResults.isWanted || request.progress.isWanted else {
      throw ServiceError.invalidParameter(
        "/partialResultToken",
        "The readings go to a partialResultToken, or as lines to a workDoneToken: give one of them, or a count.")
    }
    request.progress.begin(title: "Reading the GPUs")
    var result = GPUWatch.Result(readings: 0, last: nil)
    for await snapshot in monitor.readings(every: milliseconds / 1000) {
      let readings = GPUReadings(snapshot)
      result.readings += 1
      result.last = readings
      await request.partialResults.send(try JSONValueEncoder().encode(readings))
      request.progress.report(message: readings.line)
      if result.readings == params.count { break }
      // Where there is no GPU there will be none.
      if snapshot.devices.isEmpty, !snapshot.isBroken { break }
    }
    try Task.checkCancellation()
    return result
  }
}

extension GPUReadings {
  fileprivate init(_ snapshot: GPUSnapshot) {
    self.init(source: snapshot.source, devices: snapshot.devices.map { GPUDeviceReading($0) }, takenAt: .now())
    driver = snapshot.driver
    problem = snapshot.problem
  }

  /// For people: "0: 94 %, 1: 12 %".
  fileprivate var line: String {
    if devices.isEmpty { return source + (problem.map { ": \($0)" } ?? "") }
    return devices.map { device in
      "\(device.index): " + (device.utilization.map { "\(Int(($0 * 100).rounded())) %" } ?? "unknown")
    }.joined(separator: ", ")
  }
}

extension GPUDeviceReading {
  fileprivate init(_ reading: GPUReading) {
    self.init(index: reading.index, source: reading.source.rawValue)
    name = reading.name
    utilization = reading.utilization
    memoryUsedBytes = reading.memoryUsedBytes
    memoryTotalBytes = reading.memoryTotalBytes
    powerWatts = reading.powerWatts
    temperatureCelsius = reading.temperatureCelsius
    graphicsClockMegahertz = reading.graphicsClockMegahertz
    memoryClockMegahertz = reading.memoryClockMegahertz
    uuid = reading.uuid
  }
}
