/// Where readings are to come from.
package struct GPUConfiguration: Sendable, Equatable {
  package enum Choice: Sendable, Equatable {
    /// NVIDIA's library, else its command; and AMD's devices.
    case automatic
    case off
    case only(GPUSourceKind)
    /// What `LLMBENCH_GPU` held instead of one of these.
    case unknown(String)
  }

  package var choice = Choice.automatic
  /// The management library; nil to look where it usually is.
  package var nvmlLibrary: String?
  /// NVIDIA's command; nil to look for it on `PATH`.
  package var nvidiaSMI: String?
  package var searchPath: String?
  /// Where that command finds its libraries, where it has to be told.
  package var libraryPath: String?
  /// Where the kernel's device files are; a container may have those of its host elsewhere.
  package var sysfs = "/sys"
  /// The devices that count, by number; nil for all.
  package var devices: Set<Int>?
  /// Seconds without an answer after which NVIDIA's command is ended.
  package var commandSeconds = 5.0

  package init() {}

  /// Reads `LLMBENCH_GPU`, `LLMBENCH_GPU_DEVICES`, `LLMBENCH_NVML_LIBRARY`, `LLMBENCH_NVIDIA_SMI` and `LLMBENCH_SYSFS`.
  package init(environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    switch value("LLMBENCH_GPU") {
    case nil, "auto"?: choice = .automatic
    case "off"?, "none"?: choice = .off
    case let name?: choice = GPUSourceKind(rawValue: name).map { .only($0) } ?? .unknown(name)
    }
    nvmlLibrary = value("LLMBENCH_NVML_LIBRARY")
    nvidiaSMI = value("LLMBENCH_NVIDIA_SMI")
    searchPath = value("PATH")
    libraryPath = value("LD_LIBRARY_PATH")
    if let path = value("LLMBENCH_SYSFS") { sysfs = path }
    let numbers = value("LLMBENCH_GPU_DEVICES")?.split { $0 == "," || $0 == " " }.compactMap { Int($0) } ?? []
    if !numbers.isEmpty { devices = Set(numbers) }
  }

  func wants(_ kind: GPUSourceKind) -> Bool { choice == .automatic || choice == .only(kind) }
}
