/// The readings of all devices at one moment.
package struct GPUSnapshot: Sendable, Equatable {
  package var devices: [GPUReading]
  /// Why there are no devices, or why some are missing, in a sentence; nil where nothing is wrong.
  package var problem: String?
  /// Whether there is a GPU here that cannot be read: unlike a machine without one, a reason to mend something.
  package var isBroken = false
  /// The driver's version, where it is told.
  package var driver: String?

  package init(devices: [GPUReading] = [], problem: String? = nil) {
    self.devices = devices
    self.problem = problem
  }

  /// `nvml`, `nvidia-smi`, `amdgpu`, several of them with `+` between, or `none`.
  package var source: String {
    let kinds = GPUSourceKind.allCases.filter { kind in devices.contains { $0.source == kind } }
    return kinds.isEmpty ? "none" : kinds.map(\.rawValue).joined(separator: "+")
  }
}
