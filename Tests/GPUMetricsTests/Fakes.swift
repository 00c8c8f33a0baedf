import Foundation
import Testing

@testable import GPUMetrics

/// A folder for one test, with what stands for a GPU in it.
final class FakeMachine: Sendable {
  let folder: String
  var sysfs: String { folder + "/sys" }

  init() throws {
    folder = NSTemporaryDirectory() + "llmbench-gpu-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Nothing but what the test puts there.
  func configuration(_ change: (inout GPUConfiguration) -> Void = { _ in }) -> GPUConfiguration {
    var configuration = GPUConfiguration()
    configuration.nvmlLibrary = folder + "/none.so"
    configuration.searchPath = folder + "/bin:/usr/bin:/bin"
    configuration.sysfs = sysfs
    configuration.commandSeconds = 1
    change(&configuration)
    return configuration
  }

  /// Compiles the management library of `Fixtures/gpu`.
  func library(_ definitions: String...) throws -> String {
    let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/gpu/fake-nvml.c")
    let path = folder + "/libnvidia-ml.so.1"
    try Self.run(["cc", "-shared", "-fPIC", "-w"] + definitions.map { "-D\($0)" } + ["-o", path, source.path])
    return path
  }

  private static func run(_ words: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  /// Writes a shell script that stands for `nvidia-smi`.
  func command(_ body: String) throws {
    try FileManager.default.createDirectory(atPath: folder + "/bin", withIntermediateDirectories: true)
    let draft = folder + "/draft"
    try Data("#!/bin/sh\n\(body)\n".utf8).write(to: URL(filePath: draft))
    // Written by another process: one that this process has open for writing cannot be executed, and what another test
    // starts at this moment may have inherited it.
    try Self.run(["install", "-m", "755", draft, folder + "/bin/nvidia-smi"])
  }

  /// Writes a file of the kernel's.
  func sysfs(_ path: String, _ text: String) throws {
    let file = URL(filePath: sysfs + "/" + path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data((text + "\n").utf8).write(to: file)
  }

  /// What `nvidia-smi` prints for a device.
  static func line(_ index: Int, of count: Int, utilization: String = "87", memory: String = "11400, 81559") -> String {
    "\(index), \(count), \(utilization), \(memory), 301.25, 61, 1980, 2619, GPU-\(index), 580.65.06, NVIDIA H100 80GB HBM3"
  }
}
