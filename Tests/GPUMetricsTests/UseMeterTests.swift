import Testing

@testable import GPUMetrics

@Suite struct UseMeterTests {
  private func snapshot(
    _ utilization: Double?, watts: Double? = nil, memory: Int? = nil, counter: Double? = nil, index: Int = 0
  ) -> GPUSnapshot {
    var reading = GPUReading(index: index, source: .nvml)
    reading.utilization = utilization
    reading.powerWatts = watts
    reading.memoryUsedBytes = memory
    reading.energyJoules = counter
    return GPUSnapshot(devices: [reading])
  }

  @Test func `means are over time, a reading telling of the time before it`() throws {
    var meter = UseMeter()
    meter.take(snapshot(0), at: 0)
    let span = meter.open(at: 1)
    meter.take(snapshot(1, memory: 100), at: 2)
    meter.take(snapshot(0.5, memory: 300), at: 5)
    let closed = meter.close(span, at: 5)
    let use = try #require(closed?.devices.first)
    // 1 for 1 s, then 0.5 for 3 s.
    #expect(use.meanUtilization == 0.625)
    #expect(use.peakUtilization == 1)
    #expect(use.meanMemoryUsedBytes == 250)
    #expect(use.peakMemoryUsedBytes == 300)
  }

  @Test func `a span without a reading tells nothing`() {
    var meter = UseMeter()
    meter.take(snapshot(1, watts: 100), at: 0)
    let span = meter.open(at: 1)
    let use = meter.close(span, at: 2)
    #expect(use == nil)
  }

  @Test func `power over time is energy, from the span's start to its end`() throws {
    var meter = UseMeter()
    meter.take(snapshot(0, watts: 100), at: 0)
    let span = meter.open(at: 1)
    meter.take(snapshot(1, watts: 300), at: 3)
    let closed = meter.close(span, at: 4)
    let use = try #require(closed)
    // (100 + 300) / 2 W over 2 s, then 300 W for 1 s.
    #expect(use.energyJoules == 700)
  }

  @Test func `the device's own counter counts more than its power`() throws {
    var meter = UseMeter()
    meter.take(snapshot(0, watts: 100, counter: 5000), at: 0)
    let span = meter.open(at: 1)
    meter.take(snapshot(1, watts: 100, counter: 5900), at: 2)
    let closed = meter.close(span, at: 2)
    let use = try #require(closed)
    // 900 J in 2 s, of which 100 J at the power then known went before the span.
    #expect(use.energyJoules == 800)
  }

  @Test func `a counter that begins again takes nothing away`() {
    var meter = UseMeter()
    meter.take(snapshot(0, watts: 100, counter: 5000), at: 0)
    let span = meter.open(at: 0)
    meter.take(snapshot(1, watts: 100, counter: 3), at: 1)
    meter.take(snapshot(1, watts: 100, counter: 103), at: 2)
    let use = meter.close(span, at: 2)
    #expect(use?.energyJoules == 100)
  }

  @Test func `spans at the same time share the energy`() {
    var meter = UseMeter()
    meter.take(snapshot(1, watts: 200), at: 0)
    let first = meter.open(at: 0)
    meter.take(snapshot(1, watts: 200), at: 1)
    let second = meter.open(at: 1)
    meter.take(snapshot(1, watts: 200), at: 2)
    meter.take(snapshot(1, watts: 200), at: 3)
    let one = meter.close(first, at: 3)?.energyJoules
    let two = meter.close(second, at: 3)?.energyJoules
    #expect(one == 400)
    #expect(two == 200)
  }

  @Test func `a device that tells neither power nor energy has no energy`() throws {
    var meter = UseMeter()
    let span = meter.open(at: 0)
    meter.take(snapshot(0.4), at: 1)
    meter.take(snapshot(nil), at: 2)
    let closed = meter.close(span, at: 2)
    let use = try #require(closed)
    #expect(use.energyJoules == nil)
    #expect(use.meanPowerWatts == nil)
    #expect(use.devices.first?.meanUtilization == 0.4)
    #expect(use.readings == 2)
  }

  @Test func `the first reading of all tells of the time since the span began`() {
    var meter = UseMeter()
    let span = meter.open(at: 10)
    meter.take(snapshot(1, watts: 50), at: 12)
    let use = meter.close(span, at: 13)
    #expect(use?.energyJoules == 150)
  }

  @Test func `a time without readings is nobody's`() {
    var meter = UseMeter()
    meter.take(snapshot(1, watts: 50, counter: 10), at: 0)
    meter.forget()
    let span = meter.open(at: 1000)
    meter.take(snapshot(1, watts: 50, counter: 60_000), at: 1001)
    meter.take(snapshot(1, watts: 50, counter: 60_050), at: 1002)
    let use = meter.close(span, at: 1002)
    #expect(use?.energyJoules == 100)
  }

  @Test func `the busiest device speaks for all, energy and memory are sums`() throws {
    var meter = UseMeter()
    let span = meter.open(at: 0)
    var both = snapshot(0.05, watts: 20, memory: 1)
    both.devices += snapshot(0.9, watts: 200, memory: 10, index: 1).devices
    meter.take(both, at: 1)
    let closed = meter.close(span, at: 1)
    let use = try #require(closed)
    #expect(use.busiest?.index == 1)
    #expect(use.energyJoules == 220)
    #expect(use.peakMemoryUsedBytes == 11)
  }
}
