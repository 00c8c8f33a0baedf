/// Works out what the GPUs did during spans of time, from readings that come as they come.
///
/// A reading tells of the time since the one before it. Energy is the difference of the device's own counter where it has
/// one, else power over time by the trapezoid rule; between two readings the last power is taken to go on. Spans that are
/// under way at the same moment share its energy evenly, so that the energies of all spans add up to what was used.
struct UseMeter {
  private var windows: [Int: Window] = [:]
  private var nextWindow = 0
  private var power: [Int: PowerState] = [:]
  private var lastReading: Double?

  private struct Window {
    let start: Double
    var source = ""
    var readings = 0
    var devices: [Int: DeviceTally] = [:]
  }

  private struct PowerState {
    /// Up to when the energy is given out.
    var time: Double
    var watts: Double?
    var counter: Double?
    /// Given out since the counter was read.
    var sinceCounter = 0.0
  }

  var isIdle: Bool { windows.isEmpty }

  mutating func open(at time: Double) -> Int {
    advance(to: time)
    nextWindow += 1
    windows[nextWindow] = Window(start: time)
    return nextWindow
  }

  /// - Returns: nil where no reading fell into the span.
  mutating func close(_ id: Int, at time: Double) -> GPUUse? {
    advance(to: time)
    guard let window = windows.removeValue(forKey: id), window.readings > 0 else { return nil }
    return GPUUse(
      source: window.source, readings: window.readings,
      devices: window.devices.sorted { $0.key < $1.key }.map { $0.value.use(index: $0.key) })
  }

  mutating func take(_ snapshot: GPUSnapshot, at time: Double) {
    guard !snapshot.devices.isEmpty else { return }
    for device in snapshot.devices { takeEnergy(of: device, at: time) }
    for id in windows.keys {
      guard var window = windows[id] else { continue }
      let seconds = max(1e-6, time - max(window.start, lastReading ?? window.start))
      window.source = snapshot.source
      window.readings += 1
      for device in snapshot.devices { window.devices[device.index, default: DeviceTally()].take(device, seconds) }
      windows[id] = window
    }
    lastReading = time
  }

  /// Forgets what came before a time without readings.
  mutating func forget() {
    power = [:]
    lastReading = nil
  }

  // MARK: - Energy

  /// Gives out what was used since, at the power last seen.
  private mutating func advance(to time: Double) {
    for (index, state) in power {
      guard time > state.time else { continue }
      let joules = (state.watts ?? 0) * (time - state.time)
      if state.watts != nil { give(joules, of: index) }
      power[index]?.time = time
      power[index]?.sinceCounter += joules
    }
  }

  private mutating func takeEnergy(of device: GPUReading, at time: Double) {
    guard let state = power[device.index] else {
      // Before the first reading the power was that of the first reading, as far as anyone knows.
      if let watts = device.powerWatts, !windows.isEmpty {
        for (id, window) in windows {
          let joules = watts * max(0, time - window.start) / Double(windows.count)
          windows[id]?.devices[device.index, default: DeviceTally()].add(joules: joules)
        }
      }
      power[device.index] = PowerState(time: time, watts: device.powerWatts, counter: device.energyJoules)
      return
    }
    let seconds = max(0, time - state.time)
    if let counter = device.energyJoules, let before = state.counter {
      give(max(0, counter - before - state.sinceCounter), of: device.index)
    } else if let watts = device.powerWatts {
      give((watts + (state.watts ?? watts)) / 2 * seconds, of: device.index)
    }
    power[device.index] = PowerState(
      time: max(time, state.time), watts: device.powerWatts ?? state.watts, counter: device.energyJoules)
  }

  private mutating func give(_ joules: Double, of index: Int) {
    let share = joules / Double(max(1, windows.count))
    for id in windows.keys { windows[id]?.devices[index, default: DeviceTally()].add(joules: share) }
  }
}

/// What is known of one device during one span.
private struct DeviceTally {
  private var name: String?
  private var utilization = TimedMean()
  private var memory = TimedMean()
  private var watts = TimedMean()
  private var clock = TimedMean()
  private var temperature = TimedMean()
  private var total: Int?
  private var joules: Double?

  mutating func take(_ reading: GPUReading, _ seconds: Double) {
    name = reading.name ?? name
    total = reading.memoryTotalBytes ?? total
    utilization.add(reading.utilization, seconds)
    memory.add(reading.memoryUsedBytes.map(Double.init), seconds)
    watts.add(reading.powerWatts, seconds)
    clock.add(reading.graphicsClockMegahertz, seconds)
    temperature.add(reading.temperatureCelsius, seconds)
  }

  mutating func add(joules more: Double) { joules = (joules ?? 0) + more }

  func use(index: Int) -> GPUDeviceUse {
    var use = GPUDeviceUse(index: index)
    use.name = name
    use.meanUtilization = utilization.mean
    use.peakUtilization = utilization.peak
    use.meanMemoryUsedBytes = memory.mean
    use.peakMemoryUsedBytes = memory.peak.map { Int($0) }
    use.memoryTotalBytes = total
    use.meanPowerWatts = watts.mean
    use.peakPowerWatts = watts.peak
    use.peakTemperatureCelsius = temperature.peak
    use.meanGraphicsClockMegahertz = clock.mean
    use.energyJoules = joules
    return use
  }
}

private struct TimedMean {
  private var sum = 0.0
  private var seconds = 0.0
  private(set) var peak: Double?

  mutating func add(_ value: Double?, _ duration: Double) {
    guard let value else { return }
    sum += value * duration
    seconds += duration
    peak = max(peak ?? value, value)
  }

  /// Rounding must not lift it above the peak.
  var mean: Double? { peak.flatMap { seconds > 0 ? min(sum / seconds, $0) : nil } }
}
