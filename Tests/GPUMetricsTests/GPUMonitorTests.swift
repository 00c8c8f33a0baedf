import Testing

@testable import GPUMetrics

@Suite struct GPUMonitorTests {
  private let machine: FakeMachine

  init() throws { machine = try FakeMachine() }

  private func monitor(_ definitions: String...) throws -> GPUMonitor {
    let library = try definitions.isEmpty ? machine.library() : machine.library(definitions[0])
    return GPUMonitor(machine.configuration { $0.nvmlLibrary = library })
  }

  @Test func `a machine without a GPU says none, and why`() async {
    let snapshot = await GPUMonitor(machine.configuration()).sample()
    #expect(snapshot.source == "none")
    #expect(snapshot.devices.isEmpty)
    #expect(snapshot.problem?.isEmpty == false)
  }

  @Test func `readings can be switched off`() async throws {
    let library = try machine.library()
    let environment = ["LLMBENCH_GPU": "off", "LLMBENCH_NVML_LIBRARY": library]
    let snapshot = await GPUMonitor(GPUConfiguration(environment: environment)).sample()
    #expect(snapshot.source == "none")
    #expect(!snapshot.isBroken)
    #expect(snapshot.problem?.contains("switched off") == true)
  }

  @Test func `a word that is none of the choices is told`() async {
    let snapshot = await GPUMonitor(GPUConfiguration(environment: ["LLMBENCH_GPU": "cuda"])).sample()
    #expect(snapshot.problem?.contains("it may be: auto, off, nvml, nvidia-smi, amdgpu") == true)
  }

  @Test func `many who ask at once all get a reading`() async throws {
    let monitor = try monitor("DEVICES=2")
    let counts = await withTaskGroup { group in
      for _ in 0..<50 { group.addTask { await monitor.sample().devices.count } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 2, count: 50))
  }

  @Test func `a span has the use of its time, also where it is shorter than the interval`() async throws {
    let monitor = try monitor()
    let lease = monitor.lease(every: 30)
    _ = await monitor.sample()
    let span = monitor.beginSpan()
    try await Task.sleep(for: .milliseconds(100))
    let use = try #require(await monitor.end(span))
    lease.end()
    #expect(use.source == "nvml")
    #expect(use.readings >= 1)
    let mean = try #require(use.busiest?.meanUtilization)
    #expect(abs(mean - 0.95) < 1e-9)
    #expect(use.peakMemoryUsedBytes == 12 << 30)
    let joules = try #require(use.energyJoules)
    #expect(joules > 0)
  }

  @Test func `who listens slower or faster gets his own interval`() async throws {
    let monitor = try monitor()
    async let fast = count(monitor.readings(every: 0.02), of: 20)
    async let slow = count(monitor.readings(every: 0.1), of: 4)
    #expect(await fast == 20)
    #expect(await slow == 4)
  }

  private func count(_ stream: AsyncStream<GPUSnapshot>, of most: Int) async -> Int {
    var count = 0
    for await snapshot in stream {
      #expect(snapshot.devices.count == 1)
      count += 1
      if count == most { break }
    }
    return count
  }

  @Test func `a task that is cancelled stops listening`() async throws {
    let monitor = try monitor()
    let listening = Task { for await _ in monitor.readings(every: 0.02) {} }
    try await Task.sleep(for: .milliseconds(100))
    listening.cancel()
    await listening.value
    #expect(await monitor.sample().devices.count == 1)
  }

  @Test func `a driver that does not answer holds nobody up`() async throws {
    let monitor = try monitor("HANG")
    let asking = Task { await monitor.sample() }
    try await Task.sleep(for: .milliseconds(100))
    asking.cancel()
    #expect(await asking.value.source == "none")
    let lease = monitor.lease(every: 0.5)
    let span = monitor.beginSpan()
    #expect(await monitor.end(span) == nil)
    lease.end()
  }
}
