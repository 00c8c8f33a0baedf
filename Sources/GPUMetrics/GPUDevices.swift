/// All devices of this machine: finds what reads them, and reads them. Used by one thread at a time.
final class GPUDevices {
  private let configuration: GPUConfiguration
  private var sources: [any GPUSource] = []
  private var absence = GPUProblem("nobody has looked for a GPU yet", isBroken: false)

  init(_ configuration: GPUConfiguration) { self.configuration = configuration }

  /// Whether readings are made when they are asked for.
  var isInstant: Bool { sources.allSatisfy(\.isInstant) }

  /// Looks for devices, unless some were found before.
  func find() -> Bool {
    if !sources.isEmpty { return true }
    switch configuration.choice {
    case .off:
      absence = GPUProblem("GPU readings are switched off by LLMBENCH_GPU", isBroken: false)
    case .unknown(let word):
      let known = (["auto", "off"] + GPUSourceKind.allCases.map(\.rawValue)).joined(separator: ", ")
      absence = GPUProblem("LLMBENCH_GPU is “\(word.prefix(40))”; it may be: \(known)")
    case .automatic, .only:
      sources = search()
    }
    return !sources.isEmpty
  }

  private func search() -> [any GPUSource] {
    var found: [any GPUSource] = []
    var problems: [GPUProblem] = []
    func attempt(_ kind: GPUSourceKind, _ make: () throws(GPUProblem) -> any GPUSource) {
      guard configuration.wants(kind) else { return }
      do throws(GPUProblem) { found.append(try make()) } catch { problems.append(error) }
    }
    attempt(.nvml) { () throws(GPUProblem) in try NVMLSource(libraryPath: configuration.nvmlLibrary) }
    if found.isEmpty { attempt(.nvidiaSMI, answeringSMI) }
    attempt(.amdgpu) { () throws(GPUProblem) in try AMDSource(sysfs: configuration.sysfs) }
    let worst = problems.filter(\.isBroken)
    absence = GPUProblem(
      worst.isEmpty
        ? "no GPU was found (\(problems.map(\.description).joined(separator: ", ")))"
        : worst.map(\.description).joined(separator: "; "), isBroken: !worst.isEmpty)
    return found
  }

  /// The command is there with a driver's package also where no device is.
  private func answeringSMI() throws(GPUProblem) -> any GPUSource {
    let source = try SMISource(configuration)
    do throws(GPUProblem) {
      _ = try source.read(interval: 0.5)
    } catch {
      source.pause()
      throw error
    }
    return source
  }

  func read(interval: Double) -> GPUSnapshot {
    guard find() else {
      var snapshot = GPUSnapshot(problem: absence.description)
      snapshot.isBroken = absence.isBroken
      return snapshot
    }
    var snapshot = GPUSnapshot()
    var problems: [String] = []
    for source in sources {
      do throws(GPUProblem) {
        snapshot.devices += try source.read(interval: interval)
      } catch {
        problems.append(error.description)
      }
      snapshot.driver = snapshot.driver ?? source.driver
    }
    renumber(&snapshot.devices)
    if let wanted = configuration.devices {
      snapshot.devices.removeAll { !wanted.contains($0.index) }
      if snapshot.devices.isEmpty, problems.isEmpty {
        problems.append("LLMBENCH_GPU_DEVICES names no device that is here")
      }
    }
    snapshot.problem = problems.isEmpty ? nil : problems.joined(separator: "; ")
    snapshot.isBroken = !problems.isEmpty
    return snapshot
  }

  /// AMD's devices count on after NVIDIA's.
  private func renumber(_ devices: inout [GPUReading]) {
    let first = (devices.lazy.filter { $0.source != .amdgpu }.map(\.index).max() ?? -1) + 1
    var next = first
    for position in devices.indices where devices[position].source == .amdgpu {
      devices[position].index = next
      next += 1
    }
  }

  func pause() { for source in sources { source.pause() } }
}
