import Testing

@testable import GPUMetrics

@Suite struct NVMLTests {
  private let machine: FakeMachine

  init() throws { machine = try FakeMachine() }

  private func sample(_ definitions: String...) async throws -> GPUSnapshot {
    let library: String
    switch definitions.count {
    case 0: library = try machine.library()
    case 1: library = try machine.library(definitions[0])
    default: library = try machine.library(definitions[0], definitions[1])
    }
    return await GPUMonitor(machine.configuration { $0.nvmlLibrary = library }).sample()
  }

  @Test func `a reading has all that the library tells, in the units of the contract`() async throws {
    let snapshot = try await sample("DEVICES=2")
    #expect(snapshot.source == "nvml")
    #expect(snapshot.driver == "580.65.06")
    #expect(snapshot.problem == nil)
    try #require(snapshot.devices.count == 2)
    let first = snapshot.devices[0]
    #expect(first.index == 0)
    #expect(first.name == "Fake GPU 0")
    #expect(first.uuid == "GPU-fake-0")
    #expect(first.utilization == 0.95)
    #expect(first.memoryUsedBytes == 12 << 30, "without what the driver keeps for itself")
    #expect(first.memoryTotalBytes == 80 << 30)
    #expect(first.powerWatts == 250)
    #expect(first.temperatureCelsius == 61)
    #expect(first.graphicsClockMegahertz == 1980)
    #expect(first.memoryClockMegahertz == 2619)
    #expect(first.energyJoules != nil)
    #expect(snapshot.devices[1].utilization == 0.55)
  }

  @Test func `a device without memory of its own has none, not 0`() async throws {
    let device = try #require(try await sample("UNIFIED").devices.first)
    #expect(device.memoryUsedBytes == nil)
    #expect(device.memoryTotalBytes == nil)
    #expect(device.utilization == 0.95)
  }

  @Test func `what an older driver lacks is unknown, or told in the older way`() async throws {
    let device = try #require(try await sample("OLD").devices.first)
    #expect(device.energyJoules == nil)
    #expect(device.memoryUsedBytes == 13 << 30)
  }

  @Test func `a device that tells nothing is there, with its name`() async throws {
    let device = try #require(try await sample("BARE").devices.first)
    var bare = GPUReading(index: 0, source: .nvml)
    bare.name = "Fake GPU 0"
    bare.uuid = "GPU-fake-0"
    #expect(device == bare)
  }

  @Test func `a device that is lost keeps none of the others from being read`() async throws {
    let snapshot = try await sample("DEVICES=2", "LOST=0")
    #expect(snapshot.devices.map(\.index) == [1])
  }

  @Test func `a library without a driver is a machine without a GPU`() async throws {
    let snapshot = try await sample("INIT=9")
    #expect(snapshot.source == "none")
    #expect(!snapshot.isBroken)
    #expect(snapshot.problem?.contains("Driver Not Loaded") == true)
  }

  @Test func `a library that does not fit its driver is broken, and says so`() async throws {
    let snapshot = try await sample("INIT=18")
    #expect(snapshot.source == "none")
    #expect(snapshot.isBroken)
    #expect(snapshot.problem?.contains("Driver/library version mismatch") == true)
  }

  @Test func `a library of another kind is not called`() async throws {
    let snapshot = await GPUMonitor(machine.configuration { $0.nvmlLibrary = "libc.so.6" }).sample()
    #expect(snapshot.source == "none")
    #expect(snapshot.problem?.contains("is not NVIDIA's management library") == true)
  }

  @Test func `only the devices that were named are read`() async throws {
    let library = try machine.library("DEVICES=3")
    let snapshot = await GPUMonitor(
      machine.configuration {
        $0.nvmlLibrary = library
        $0.devices = [0, 2]
      }
    ).sample()
    #expect(snapshot.devices.map(\.index) == [0, 2])
  }
}
