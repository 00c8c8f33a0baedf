/// AMD's devices, read from the files of their kernel driver.
///
/// Source: docs.kernel.org, gpu/amdgpu (`gpu_busy_percent`, `mem_info_vram_*`, `product_name`) and its "HWMON
/// Interfaces": microwatts, thousandths of a degree, hertz; `power1_average` or, with newer devices, `power1_input`.
final class AMDSource: GPUSource {
  let isInstant = true
  private let devices: [Device]

  private struct Device {
    let folder: String
    let monitor: String?
    let name: String
  }

  /// - Throws: ``GPUProblem``, not broken, where there is none.
  init(sysfs: String) throws(GPUProblem) {
    let cards = DeviceFile.entries("\(sysfs)/class/drm")
      .compactMap { name in name.hasPrefix("card") ? Int(name.dropFirst(4)) : nil }.sorted()
    devices = cards.compactMap { number in
      let folder = "\(sysfs)/class/drm/card\(number)/device"
      guard DeviceFile.text("\(folder)/vendor") == "0x1002" else { return nil }
      let monitors = DeviceFile.entries("\(folder)/hwmon").sorted()
      let name =
        DeviceFile.text("\(folder)/product_name").flatMap { $0.isEmpty ? nil : $0 }
        ?? "AMD GPU \(DeviceFile.text("\(folder)/device") ?? "of unknown kind")"
      return Device(folder: folder, monitor: monitors.first.map { "\(folder)/hwmon/\($0)" }, name: name)
    }
    guard !devices.isEmpty else { throw GPUProblem("no AMD device in \(sysfs)", isBroken: false) }
  }

  func read(interval: Double) throws(GPUProblem) -> [GPUReading] {
    devices.enumerated().map { position, device in
      var reading = GPUReading(index: position, source: .amdgpu)
      reading.name = device.name
      reading.uuid = DeviceFile.text("\(device.folder)/unique_id")
      reading.utilization = DeviceFile.number("\(device.folder)/gpu_busy_percent", in: 0...100).map { $0 / 100 }
      reading.memoryUsedBytes = DeviceFile.number("\(device.folder)/mem_info_vram_used", in: 0...1e15).map { Int($0) }
      reading.memoryTotalBytes = DeviceFile.number("\(device.folder)/mem_info_vram_total", in: 0...1e15).map { Int($0) }
      guard let monitor = device.monitor else { return reading }
      let watts =
        DeviceFile.number("\(monitor)/power1_average", in: 0...1e11)
        ?? DeviceFile.number("\(monitor)/power1_input", in: 0...1e11)
      reading.powerWatts = watts.map { $0 / 1e6 }
      reading.temperatureCelsius = DeviceFile.number("\(monitor)/temp1_input", in: -1e5...3e5).map { $0 / 1000 }
      reading.graphicsClockMegahertz = DeviceFile.number("\(monitor)/freq1_input", in: 0...1e12).map { $0 / 1e6 }
      reading.memoryClockMegahertz = DeviceFile.number("\(monitor)/freq2_input", in: 0...1e12).map { $0 / 1e6 }
      return reading
    }
  }
}
