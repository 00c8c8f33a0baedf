import Testing

@testable import GPUMetrics

@Suite struct AMDTests {
  private let machine: FakeMachine

  init() throws { machine = try FakeMachine() }

  private func card(_ number: Int, vendor: String = "0x1002", power: String = "power1_average") throws {
    let folder = "class/drm/card\(number)/device"
    try machine.sysfs("\(folder)/vendor", vendor)
    try machine.sysfs("\(folder)/device", "0x744c")
    try machine.sysfs("\(folder)/gpu_busy_percent", "72")
    try machine.sysfs("\(folder)/mem_info_vram_used", "4294967296")
    try machine.sysfs("\(folder)/mem_info_vram_total", "25753026560")
    try machine.sysfs("\(folder)/hwmon/hwmon3/\(power)", "187000000")
    try machine.sysfs("\(folder)/hwmon/hwmon3/temp1_input", "58000")
    try machine.sysfs("\(folder)/hwmon/hwmon3/freq1_input", "2304000000")
    try machine.sysfs("\(folder)/hwmon/hwmon3/freq2_input", "1249000000")
  }

  private func sample() async -> GPUSnapshot { await GPUMonitor(machine.configuration()).sample() }

  @Test func `the files of the kernel are read in their units`() async throws {
    try card(0)
    let snapshot = await sample()
    #expect(snapshot.source == "amdgpu")
    var expected = GPUReading(index: 0, source: .amdgpu)
    expected.name = "AMD GPU 0x744c"
    expected.utilization = 0.72
    expected.memoryUsedBytes = 4 << 30
    expected.memoryTotalBytes = 25_753_026_560
    expected.powerWatts = 187
    expected.temperatureCelsius = 58
    expected.graphicsClockMegahertz = 2304
    expected.memoryClockMegahertz = 1249
    #expect(snapshot.devices == [expected])
  }

  @Test func `a newer device tells its power of the moment`() async throws {
    try card(0, power: "power1_input")
    try machine.sysfs("class/drm/card0/device/product_name", "AMD Instinct MI300X")
    let device = try #require(await sample().devices.first)
    #expect(device.powerWatts == 187)
    #expect(device.name == "AMD Instinct MI300X")
  }

  @Test func `cards of other makers and their plugs are passed over`() async throws {
    try card(0, vendor: "0x8086")
    try card(1)
    try machine.sysfs("class/drm/card1-DP-1/status", "connected")
    let snapshot = await sample()
    #expect(snapshot.devices.map(\.index) == [0])
    #expect(snapshot.devices.map(\.utilization) == [0.72])
  }

  @Test func `a file that is not there, or holds something else, is unknown`() async throws {
    try machine.sysfs("class/drm/card0/device/vendor", "0x1002")
    try machine.sysfs("class/drm/card0/device/gpu_busy_percent", "garbage")
    let device = try #require(await sample().devices.first)
    #expect(device.utilization == nil)
    #expect(device.powerWatts == nil)
    #expect(device.name == "AMD GPU of unknown kind")
  }

  @Test func `AMD's devices count on after NVIDIA's`() async throws {
    try card(0)
    let library = try machine.library("DEVICES=2")
    let snapshot = await GPUMonitor(machine.configuration { $0.nvmlLibrary = library }).sample()
    #expect(snapshot.source == "nvml+amdgpu")
    #expect(snapshot.devices.map(\.index) == [0, 1, 2])
    #expect(snapshot.devices.last?.source == .amdgpu)
  }
}
