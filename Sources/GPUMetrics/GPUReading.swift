/// What one GPU said of itself at one moment. What it does not tell is nil, never 0.
package struct GPUReading: Sendable, Equatable {
  /// Its number with the tool that reads it; of AMD devices beside NVIDIA ones, counted on after those.
  package var index: Int
  package var source: GPUSourceKind
  package var name: String?
  package var uuid: String?
  /// 0…1: the share of the last moments, up to a second, in which it was at work.
  package var utilization: Double?
  /// Without what the driver keeps for itself, where that is told apart.
  package var memoryUsedBytes: Int?
  package var memoryTotalBytes: Int?
  package var powerWatts: Double?
  package var temperatureCelsius: Double?
  package var graphicsClockMegahertz: Double?
  package var memoryClockMegahertz: Double?
  /// A counter of all energy since the driver was loaded; only differences mean something.
  package var energyJoules: Double?

  package init(index: Int, source: GPUSourceKind) {
    self.index = index
    self.source = source
  }
}

/// Where readings come from.
package enum GPUSourceKind: String, Sendable, CaseIterable {
  /// NVIDIA's management library.
  case nvml
  /// NVIDIA's command, for where the library cannot be loaded.
  case nvidiaSMI = "nvidia-smi"
  /// The files of AMD's kernel driver.
  case amdgpu
}
