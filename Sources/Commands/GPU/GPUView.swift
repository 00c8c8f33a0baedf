package import Contract

/// What the GPUs said.
package enum GPUView {
  /// One reading, with all that is told.
  package static func lines(_ readings: GPUReadings) -> [StyledText] {
    guard !readings.devices.isEmpty else { return [none(readings)] }
    var table = Table([
      .right("GPU"), .left("NAME"), .right("USE"), .right("MEMORY"), .right("OF"), .right("POWER"),
      .right("TEMPERATURE"),
      .right("CLOCK"), .right("MEMORY CLOCK"),
    ])
    for device in readings.devices {
      table.add([
        StyledText(String(device.index)), StyledText(device.name ?? NumberText.unknown),
        StyledText(percent(device.utilization), .bold), StyledText(NumberText.bytes(device.memoryUsedBytes)),
        StyledText(NumberText.bytes(device.memoryTotalBytes)), StyledText(unit(device.powerWatts, "W", digits: 1)),
        StyledText(unit(device.temperatureCelsius, "°C")), StyledText(unit(device.graphicsClockMegahertz, "MHz")),
        StyledText(unit(device.memoryClockMegahertz, "MHz")),
      ])
    }
    let driver = readings.driver.map { ", driver \($0)" } ?? ""
    return table.lines() + ["Read by \(readings.source)\(driver)."] + problem(readings)
  }

  /// One reading of many: a line for each device, in columns that stay where they are.
  package static func rows(_ readings: GPUReadings, withHead: Bool) -> [StyledText] {
    guard !readings.devices.isEmpty else { return [none(readings)] }
    var lines: [StyledText] = []
    if withHead {
      let head = row(["TIME", "GPU", "USE", "MEMORY", "OF", "POWER", "TEMPERATURE", "CLOCK"])
      lines.append(StyledText(head, .bold))
    }
    let time = String(readings.takenAt.description.dropFirst(11).prefix(12))
    for device in readings.devices {
      lines.append(
        StyledText(
          row([
            time, String(device.index), percent(device.utilization), NumberText.bytes(device.memoryUsedBytes),
            NumberText.bytes(device.memoryTotalBytes), unit(device.powerWatts, "W", digits: 1),
            unit(device.temperatureCelsius, "°C"), unit(device.graphicsClockMegahertz, "MHz"),
          ])))
    }
    return lines + problem(readings)
  }

  private static let widths = [12, 3, 5, 9, 9, 8, 11, 8]

  private static func row(_ cells: [String]) -> String {
    zip(cells, widths).map { cell, width in String(repeating: " ", count: max(0, width - cell.count)) + cell }
      .joined(separator: "  ")
  }

  private static func none(_ readings: GPUReadings) -> StyledText {
    "\("none", .bold)\(readings.problem.map { ": \($0)" } ?? "")."
  }

  private static func problem(_ readings: GPUReadings) -> [StyledText] {
    readings.problem.map { [StyledText("Not read: \($0).", .yellow)] } ?? []
  }

  // MARK: - Figures

  static func percent(_ fraction: Double?) -> String {
    fraction.map { "\(NumberText.fixed($0 * 100, 0)) %" } ?? NumberText.unknown
  }

  static func unit(_ value: Double?, _ unit: String, digits: Int = 0) -> String {
    value.map { "\(NumberText.fixed($0, digits)) \(unit)" } ?? NumberText.unknown
  }

  /// What the GPUs did during a call or a run, in a line.
  static func phrase(
    mean: Double?, peak: Double?, memory: Int?, watts: Double?, joules: Double?, tokensPerJoule: Double?
  ) -> String {
    var parts: [String] = []
    if mean != nil { parts.append("\(percent(mean)) in use (peak \(percent(peak)))") }
    if let memory { parts.append("\(NumberText.bytes(memory)) of memory at most") }
    if watts != nil { parts.append(unit(watts, "W")) }
    if joules != nil { parts.append(unit(joules, "J", digits: 1)) }
    if let tokensPerJoule { parts.append("\(NumberText.fixed(tokensPerJoule, 2)) tokens/J") }
    return parts.joined(separator: ", ")
  }
}
