import CNVML

/// NVIDIA's devices, read through the management library.
final class NVMLSource: GPUSource {
  let isInstant = true
  let driver: String?
  private let library: llmbench_nvml
  private let devices: [Device]

  private struct Device {
    let index: Int
    let handle: llmbench_nvml_device
    let name: String?
    let uuid: String?
  }

  /// More are none: a library that is mistaken must not hold this up.
  private static let mostDevices: UInt32 = 1024

  /// - Throws: ``GPUProblem``; not broken where there is no library or no driver.
  init(libraryPath: String?) throws(GPUProblem) {
    let library = try NVMLLibrary(path: libraryPath)
    let functions = library.functions
    let code = functions.initialize?() ?? -1
    guard code == LLMBENCH_NVML_SUCCESS else {
      // The library may be installed where no driver is loaded, as in a container's image.
      throw GPUProblem(
        "NVIDIA's management library does not start: \(library.text(of: code))",
        isBroken: code != LLMBENCH_NVML_DRIVER_NOT_LOADED)
    }
    var count: UInt32 = 0
    let counted = functions.device_count?(&count) ?? -1
    guard counted == LLMBENCH_NVML_SUCCESS else {
      throw GPUProblem("NVIDIA's management library does not tell its devices: \(library.text(of: counted))")
    }
    devices = (0..<min(count, Self.mostDevices)).compactMap { Self.device($0, functions) }
    guard !devices.isEmpty else {
      throw GPUProblem("NVIDIA's driver knows no device that may be read", isBroken: count > 0)
    }
    self.library = functions
    driver = library.driver
  }

  /// nil for one that fell off its bus or that this user may not see: the others can be read all the same.
  private static func device(_ index: UInt32, _ library: llmbench_nvml) -> Device? {
    var handle: llmbench_nvml_device?
    guard library.device?(index, &handle) == LLMBENCH_NVML_SUCCESS, let handle else { return nil }
    return Device(
      index: Int(index), handle: handle,
      name: library.name.flatMap { function in NVMLLibrary.text { function(handle, $0, $1) } },
      uuid: library.uuid.flatMap { function in NVMLLibrary.text { function(handle, $0, $1) } })
  }

  func read(interval: Double) throws(GPUProblem) -> [GPUReading] {
    devices.map { device in
      var reading = GPUReading(index: device.index, source: .nvml)
      reading.name = device.name
      reading.uuid = device.uuid
      fill(&reading, device.handle)
      return reading
    }
  }

  private func fill(_ reading: inout GPUReading, _ device: llmbench_nvml_device) {
    var rates = llmbench_nvml_utilization()
    if library.utilization?(device, &rates) == LLMBENCH_NVML_SUCCESS, rates.gpu <= 100 {
      reading.utilization = Double(rates.gpu) / 100
    }
    (reading.memoryUsedBytes, reading.memoryTotalBytes) = memory(device)
    reading.powerWatts = number { library.power?(device, $0) }.map { Double($0) / 1000 }
    reading.temperatureCelsius = number { library.temperature?(device, LLMBENCH_NVML_TEMPERATURE_GPU, $0) }
      .flatMap { Self.degrees($0) }
    reading.graphicsClockMegahertz = number { library.clock?(device, LLMBENCH_NVML_CLOCK_GRAPHICS, $0) }
      .map(Double.init)
    reading.memoryClockMegahertz = number { library.clock?(device, LLMBENCH_NVML_CLOCK_MEMORY, $0) }.map(Double.init)
    var millijoules: UInt64 = 0
    if library.energy?(device, &millijoules) == LLMBENCH_NVML_SUCCESS {
      reading.energyJoules = Double(millijoules) / 1000
    }
  }

  private func number(_ read: (UnsafeMutablePointer<UInt32>) -> llmbench_nvml_result?) -> UInt32? {
    var value: UInt32 = 0
    // 2^32-1 is the library's word for "not available" within an answer.
    return read(&value) == LLMBENCH_NVML_SUCCESS && value != UInt32.max ? value : nil
  }

  /// Below freezing it is a negative number in an unsigned place.
  private static func degrees(_ value: UInt32) -> Double? {
    let degrees = Double(Int32(bitPattern: value))
    return (-100...300).contains(degrees) ? degrees : nil
  }

  /// Devices that share the processor's memory have none of their own, and tell nothing here.
  private func memory(_ device: llmbench_nvml_device) -> (used: Int?, total: Int?) {
    var whole = llmbench_nvml_memory_v2()
    whole.version = UInt32(MemoryLayout<llmbench_nvml_memory_v2>.size) | 2 << 24
    if library.memory_v2?(device, &whole) == LLMBENCH_NVML_SUCCESS {
      return (Int(exactly: whole.used), Int(exactly: whole.total))
    }
    var plain = llmbench_nvml_memory()
    guard library.memory?(device, &plain) == LLMBENCH_NVML_SUCCESS else { return (nil, nil) }
    return (Int(exactly: plain.used), Int(exactly: plain.total))
  }
}
