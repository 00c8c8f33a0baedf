import Engine
import Models
import Testing

@Suite struct LaneStateTests {
  private func lane(_ requestsPerMinute: Double? = nil) -> LaneState {
    LaneState(width: .fixed(4), requestsPerMinute: requestsPerMinute)
  }

  private func call(_ lane: inout LaneState, _ seconds: Int) throws -> LaneState.Call {
    guard case .go(let call) = lane.next(now: .seconds(seconds)) else {
      Issue.record("the lane is not open after \(seconds) s: \(lane.next(now: .seconds(seconds)))")
      throw CancellationError()
    }
    return call
  }

  private let noRoute = ModelError(.network, "no route", mayBeBilled: false)
  private let broken = ModelError(.network, "broken")

  @Test func `requests keep the pace, and a pause is not made up for`() throws {
    var lane = lane(30)
    _ = try call(&lane, 0)
    #expect(lane.next(now: .seconds(1)) == .wait(until: .seconds(2)))
    _ = try call(&lane, 2)
    _ = try call(&lane, 100)
    #expect(lane.next(now: .seconds(100)) == .wait(until: .seconds(102)))
  }

  @Test func `a provider that asks to wait is not called before`() throws {
    var lane = lane()
    let first = try call(&lane, 0)
    let other = try call(&lane, 0)
    #expect(lane.failed(first, ModelError(.rateLimited, "429", retryAfterSeconds: 30), now: .seconds(1)) == .rate)
    #expect(lane.next(now: .seconds(5)) == .wait(until: .seconds(31)))
    #expect(lane.waitingReason(now: .seconds(5)) == "the provider asks to wait 26 s")
    // An earlier moment takes nothing back.
    #expect(lane.failed(other, ModelError(.overloaded, "529", retryAfterSeconds: 2), now: .seconds(5)) == .rate)
    #expect(lane.next(now: .seconds(30)) == .wait(until: .seconds(31)))
    _ = try call(&lane, 31)
    #expect(lane.waitingReason(now: .seconds(31)) == nil)
  }

  @Test func `a provider that asks to wait for hours ends it`() throws {
    var lane = lane()
    let first = try call(&lane, 0)
    _ = lane.failed(first, ModelError(.rateLimited, "daily limit", retryAfterSeconds: 80_000), now: .zero)
    guard case .closed(let reason) = lane.next(now: .zero) else { throw CancellationError() }
    #expect(reason.contains("daily limit") && reason.contains("1333 min"))
  }

  @Test func `limits that an answer tells of are kept`() throws {
    var lane = lane()
    let first = try call(&lane, 0)
    // A request takes a tenth of the limit, which is whole again in 20 s.
    let status = RateLimitStatus(requestLimit: 10, remainingRequests: 0, requestResetSeconds: 20)
    lane.answered(first, isFull: false, usedTokens: 10, status, now: .seconds(1))
    #expect(lane.next(now: .seconds(1)) == .wait(until: .seconds(3)))
    let second = try call(&lane, 3)
    let tokens = RateLimitStatus(tokenLimit: 1000, remainingTokens: 500, tokenResetSeconds: 10)
    lane.answered(second, isFull: false, usedTokens: 600, tokens, now: .seconds(4))
    #expect(lane.next(now: .seconds(4)) == .wait(until: .seconds(6)))
    let third = try call(&lane, 6)
    lane.answered(third, isFull: false, usedTokens: 400, tokens, now: .seconds(7))
    _ = try call(&lane, 7)
  }

  @Test func `without a connection one call looks whether it is back, at growing pauses, and the rest wait`() throws {
    var lane = lane()
    let calls = try (0..<4).map { _ in try call(&lane, 0) }
    lane.answered(calls[0], isFull: false, usedTokens: 1, nil, now: .seconds(1))
    for call in calls[1...] { #expect(lane.failed(call, noRoute, now: .seconds(2)) == .network) }
    #expect(lane.waitingReason(now: .seconds(10)) == "waiting for the network since 8 s: no route")
    #expect(lane.next(now: .seconds(2)) == .wait(until: .seconds(3)))
    var now = 3
    for pause in [2, 4, 8, 16, 32, 60, 60] {
      let probe = try call(&lane, now)
      #expect(probe.isProbe)
      guard case .wait = lane.next(now: .seconds(now)) else { throw CancellationError() }
      #expect(lane.failed(probe, noRoute, now: .seconds(now)) == .network)
      #expect(lane.next(now: .seconds(now)) == .wait(until: .seconds(now + pause)))
      now += pause
    }
    let probe = try call(&lane, now)
    // It need not be an answer: a refusal has come all the way, too.
    #expect(lane.failed(probe, ModelError(.serverError, "500"), now: .seconds(now + 1)) == .call)
    #expect(lane.waitingReason(now: .seconds(now + 1)) == nil)
    #expect(try !call(&lane, now + 1).isProbe)
    #expect(try !call(&lane, now + 1).isProbe)
  }

  @Test func `a network that is lost for an hour is waited for, one that is lost for two is not`() throws {
    var lane = lane()
    lane.answered(try call(&lane, 0), isFull: false, usedTokens: 1, nil, now: .seconds(1))
    _ = lane.failed(try call(&lane, 1), noRoute, now: .seconds(1))
    _ = lane.failed(try call(&lane, 3600), noRoute, now: .seconds(3600))
    guard case .closed(let reason) = lane.next(now: .seconds(7200)) else { throw CancellationError() }
    #expect(reason == "There was no way to the provider for 119 min: no route")
  }

  @Test func `where there never was an answer, a few looks are enough`() throws {
    var lane = lane()
    _ = lane.failed(try call(&lane, 0), noRoute, now: .zero)
    for second in [1, 3, 7] { _ = lane.failed(try call(&lane, second), noRoute, now: .seconds(second)) }
    #expect(lane.next(now: .seconds(7)) == .closed("There was no way to the provider for 7 s: no route"))
  }

  @Test func `one connection that breaks is the call's affair, three in a row are the network's`() throws {
    var lane = lane()
    #expect(lane.failed(try call(&lane, 0), broken, now: .zero) == .call)
    lane.answered(try call(&lane, 0), isFull: false, usedTokens: 1, nil, now: .zero)
    #expect(lane.failed(try call(&lane, 0), broken, now: .zero) == .call)
    #expect(lane.failed(try call(&lane, 0), broken, now: .zero) == .call)
    #expect(lane.failed(try call(&lane, 0), broken, now: .zero) == .network)
    #expect(lane.next(now: .zero) == .wait(until: .seconds(1)))
  }

  @Test func `a probe that was cancelled leaves the place to another`() throws {
    var lane = lane()
    _ = lane.failed(try call(&lane, 0), noRoute, now: .zero)
    let probe = try call(&lane, 1)
    #expect(probe.isProbe)
    #expect(lane.failed(probe, ModelError(.cancelled, "cancelled"), now: .seconds(1)) == .call)
    #expect(try call(&lane, 1).isProbe)
  }

  @Test func `a server of this machine that is down is no lost network`() throws {
    var lane = lane()
    let refused = ModelError(.network, "refused", isRetryable: false, mayBeBilled: false)
    #expect(lane.failed(try call(&lane, 0), refused, now: .zero) == .call)
    _ = try call(&lane, 0)
  }
}

@Suite struct LaneWidthTests {
  @Test func `it grows by one after as many answers as there are places`() {
    var width = LaneWidth.adaptive(from: 2)
    var widths: [Int] = []
    for second in 0..<9 {
      width.answered(startedAt: .seconds(second), isFull: true)
      widths.append(width.current)
    }
    #expect(widths == [2, 3, 3, 3, 4, 4, 4, 4, 5])
  }

  @Test func `it does not grow where there is room already, and not without end`() {
    var width = LaneWidth.adaptive(from: 2)
    for second in 0..<100 { width.answered(startedAt: .seconds(second), isFull: false) }
    #expect(width.current == 2)
    for second in 0..<20_000 { width.answered(startedAt: .seconds(second), isFull: true) }
    #expect(width.current == 100)
  }

  @Test func `one episode makes one cut, however many calls it refuses`() {
    var width = LaneWidth.adaptive(from: 50)
    for _ in 0..<50 { width.limited(startedAt: .seconds(1), now: .seconds(2)) }
    #expect(width.current == 40)
    // An answer to a call of before says nothing of the new width.
    width.answered(startedAt: .seconds(1), isFull: true)
    width.limited(startedAt: .seconds(3), now: .seconds(4))
    #expect(width.current == 32)
    for second in 0..<100 { width.limited(startedAt: .seconds(5 + second), now: .seconds(5 + second)) }
    #expect(width.current == 1)
  }

  @Test func `what the user chose stays`() {
    var width = LaneWidth.fixed(7)
    for second in 0..<100 { width.answered(startedAt: .seconds(second), isFull: true) }
    width.limited(startedAt: .seconds(200), now: .seconds(201))
    #expect(width.current == 7)
  }
}
