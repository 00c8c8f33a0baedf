import Contract
import Engine
import JSON
import Models
import Results
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct SchedulingTests {
  /// When calls were made, and how many were under way at once.
  private final class Calls: Sendable {
    private struct State {
      var times: [Duration] = []
      var underWay = 0
      var most = 0
    }

    private let state = Mutex(State())

    func begin(_ now: Duration) {
      state.withLock { state in
        state.times.append(now)
        state.underWay += 1
        state.most = max(state.most, state.underWay)
      }
    }

    func end() { state.withLock { $0.underWay -= 1 } }
    var times: [Duration] { state.withLock { $0.times } }
    var most: Int { state.withLock { $0.most } }
  }

  @Test func `a network that is lost for an hour costs no sample`() async throws {
    let time = VirtualTime()
    let outage = (from: Duration.seconds(10), to: Duration.seconds(3610))
    let client = ScriptedClient("fake/model", concurrency: 8, grows: true) { call, _ throws(ModelError) in
      do { try await time.keeper.sleep(.seconds(1)) } catch { throw ModelError(.cancelled, "cancelled") }
      guard !(outage.from..<outage.to).contains(time.now) else {
        throw ModelError(.network, "no route to host", mayBeBilled: false)
      }
      return call.sampleID
    }
    let bench = Bench([client], time: time.keeper)
    let watcher = Watcher()
    let run = try await time.passing { try await bench.engine.run(bench.request(300), observer: watcher) }
    #expect(run.status == .completed)
    #expect(run.models.first?.passed == 300)
    #expect(run.models.first?.errors == 0)
    #expect(run.durationSeconds >= 3600)
    // One look a minute, and one failed call for each place when it began.
    #expect(client.totalCalls < 300 + 100 + 100)
    let reasons = watcher.progress.compactMap(\.waiting)
    #expect(reasons.contains { $0.hasPrefix("fake/model: waiting for the network since ") })
    #expect(watcher.progress.last?.waiting == nil)
    // The waiting is no latency of the model.
    #expect(run.models.first?.meanLatencyMilliseconds == 10)
  }

  @Test func `a network that does not come back ends the run, which can be resumed`() async throws {
    let time = VirtualTime()
    let isDown = Mutex(false)
    let client = ScriptedClient("fake/model", concurrency: 2) { call, _ throws(ModelError) in
      if call.sampleID == "echo/5" { isDown.withLock { $0 = $0 || time.now < .seconds(1) } }
      if isDown.withLock({ $0 }) { throw ModelError(.network, "no route to host", mayBeBilled: false) }
      return call.sampleID
    }
    let bench = Bench([client], time: time.keeper)
    var request = bench.request(50)
    request.concurrency = 2
    let run = try await time.passing { [request] in try await bench.engine.run(request) }
    #expect(run.status == .interrupted)
    #expect(run.message?.hasPrefix("fake/model: There was no way to the provider for ") == true)
    #expect(run.models.first?.errors == 0)
    #expect((3...5).contains(run.completedSamples))
    isDown.withLock { $0 = false }
    let whole = try await time.passing { try await bench.engine.resume(BenchmarkResume.Params(runId: run.runId)) }
    #expect(whole.status == .completed && whole.models.first?.passed == 50)
  }

  @Test func `a provider that limits the rate gets what it asks for, and every sample its answer`() async throws {
    let time = VirtualTime()
    let calls = Calls()
    let limitedUntil = Mutex(Duration.zero)
    let early = Mutex(0)
    // Ten calls a minute; whoever comes too often waits until the minute is over.
    let client = ScriptedClient("fake/model", concurrency: 8, grows: true) { call, _ throws(ModelError) in
      let now = time.now
      calls.begin(now)
      defer { calls.end() }
      if limitedUntil.withLock({ now < $0 }) { early.withLock { $0 += 1 } }
      await Task.yield()
      let minute = Duration.seconds(60 * Int(now.components.seconds / 60))
      if calls.times.count(where: { $0 >= minute }) > 10 {
        let left = minute + .seconds(60) - now
        limitedUntil.withLock { $0 = minute + .seconds(60) }
        throw ModelError(.rateLimited, "too many requests", retryAfterSeconds: left / .seconds(1))
      }
      return call.sampleID
    }
    let bench = Bench([client], time: time.keeper)
    let run = try await time.passing { try await bench.engine.run(bench.request(60)) }
    #expect(run.status == .completed)
    #expect(run.models.first?.passed == 60)
    #expect(run.models.first?.errors == 0)
    // Those that were under way when the first was refused.
    #expect(early.withLock { $0 } <= 7 * 6)
  }

  @Test func `requests keep the pace, retries among them`() async throws {
    let time = VirtualTime()
    let calls = Calls()
    let client = ScriptedClient("fake/model", concurrency: 20) { call, earlier throws(ModelError) in
      calls.begin(time.now)
      defer { calls.end() }
      if earlier == 0, call.sampleID.hasSuffix("3") { throw ModelError(.serverError, "500") }
      return call.sampleID
    }
    let bench = Bench([client], time: time.keeper)
    var request = bench.request(30)
    request.requestsPerMinute = 120
    let run = try await time.passing { [request] in try await bench.engine.run(request) }
    #expect(run.models.first?.passed == 30)
    let times = calls.times.sorted()
    #expect(times.count == 33)
    // Half a second apart; the clock may move on between the turn and the call.
    let span = (times.last ?? .zero) - (times.first ?? .zero)
    #expect(span >= Duration.milliseconds(500 * 31))
  }

  @Test func `calls side by side grow while all goes well`() async throws {
    let time = VirtualTime()
    let calls = Calls()
    let client = ScriptedClient("fake/model", concurrency: 4, grows: true) { call, _ throws(ModelError) in
      calls.begin(time.now)
      defer { calls.end() }
      do { try await time.keeper.sleep(.seconds(1)) } catch { throw ModelError(.cancelled, "cancelled") }
      return call.sampleID
    }
    let bench = Bench([client], time: time.keeper)
    _ = try await time.passing { try await bench.engine.run(bench.request(100)) }
    #expect(calls.most > 6 && calls.most < 20)

    var fixed = bench.request(40)
    fixed.concurrency = 3
    let before = calls.most
    let few = Calls()
    let other = ScriptedClient("fake/model", concurrency: 4, grows: true) { call, _ throws(ModelError) in
      few.begin(time.now)
      defer { few.end() }
      await Task.yield()
      return call.sampleID
    }
    _ = try await time.passing { [fixed] in try await Bench([other], time: time.keeper).engine.run(fixed) }
    #expect(few.most <= 3 && before == calls.most)
  }

  @Test func `a local model is asked one by one, unless told otherwise`() async throws {
    let calls = Calls()
    let client = ScriptedClient("local/model", isLocal: true, concurrency: 1) { call, _ throws(ModelError) in
      calls.begin(.zero)
      defer { calls.end() }
      await Task.yield()
      return call.sampleID
    }
    let bench = Bench([client])
    _ = try await bench.engine.run(bench.request(30, models: ["local/model"]))
    #expect(calls.most == 1)
  }

  @Test func `the deadline of a sample counts its attempts and pauses, not the waiting for its turn`() async throws {
    let time = VirtualTime()
    let client = ScriptedClient("fake/model", concurrency: 1) { call, _ throws(ModelError) in
      do { try await time.keeper.sleep(.seconds(5)) } catch { throw ModelError(.cancelled, "cancelled") }
      return call.sampleID
    }
    let bench = Bench([client], time: time.keeper)
    var request = bench.request(20)
    request.sampleTimeoutSeconds = 10
    request.concurrency = 20
    request.requestsPerMinute = 1
    let run = try await time.passing { [request] in try await bench.engine.run(request) }
    #expect(run.models.first?.passed == 20)
  }

  @Test func `requests a minute out of range are refused`() async throws {
    let bench = Bench([ScriptedClient.right()])
    for rate in [0, -1, .nan, .infinity] {
      var request = bench.request(1)
      request.requestsPerMinute = rate
      let error = await #expect(throws: ServiceError.self) { try await bench.engine.run(request) }
      #expect(error?.kind == .invalidParams)
    }
  }
}
