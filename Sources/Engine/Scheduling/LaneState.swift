package import Models

/// When the next call to one model may be sent: at the pace that the user wants, not before the provider allows it, and
/// not while there is no network. It decides by the times it is given and waits for nothing itself.
package struct LaneState: Sendable {
  /// A call that was let go.
  package struct Call: Sendable, Equatable {
    package let startedAt: Duration
    /// Whether it finds out if the network is back, while all others wait.
    package let isProbe: Bool
  }

  package enum Step: Sendable, Equatable {
    case go(Call)
    /// To be asked again then, or when another call has ended.
    case wait(until: Duration)
    /// The waiting has an end: why.
    case closed(String)
  }

  /// Whose fault a failed call is.
  package enum Blame: Sendable, Equatable {
    /// Its own, or nobody knows.
    case call
    /// The provider limits the rate, or has no capacity.
    case rate
    /// There is no way to the provider: no fault of the sample, which is asked again when there is one.
    case network
  }

  private struct Outage {
    let since: Duration
    var nextProbe: Duration
    var probes = 0
    var isProbing = false
    var reason: String
  }

  package var width: LaneWidth
  private let pace: Duration?
  private var nextByPace: Duration?
  private var notBefore: Duration?
  private var outage: Outage?
  private var brokenInARow = 0
  private var hasAnswered = false
  private var closedReason: String?

  /// So many connections that break in a row are an outage; one that cannot be made is at once.
  private static let brokenLimit = 3
  /// The pauses between two probes: 1, 2, 4… seconds up to this.
  private static let longestProbePause: Duration = .seconds(60)
  /// As long a lost network is waited for: a bit more than an hour.
  package static let patience: Duration = .seconds(90 * 60)
  /// The same where there never was an answer: the address may be wrong.
  package static let firstPatience: Duration = .seconds(10)
  /// A provider that asks to wait longer ends the model's share: its rest is for a later `resume`.
  package static let longestWait: Duration = .seconds(60 * 60)
  /// A limit that refills is never waited for longer, as others may share it.
  private static let longestRefillWait: Duration = .seconds(60)

  /// - Parameter requestsPerMinute: nil for no limit.
  package init(width: LaneWidth, requestsPerMinute: Double?) {
    self.width = width
    pace = requestsPerMinute.map { .seconds(60 / $0) }
  }

  package mutating func next(now: Duration) -> Step {
    if let closedReason { return .closed(closedReason) }
    if let outage {
      if now - outage.since > patience { return close(Self.reason(outage, now: now)) }
      // Who ends a probe tells those who wait.
      if outage.isProbing { return .wait(until: now + Self.longestProbePause) }
    }
    let earliest = [notBefore, nextByPace, outage?.nextProbe].compactMap { $0 }.max()
    if let earliest, earliest > now { return .wait(until: earliest) }
    if let pace { nextByPace = max(now, nextByPace ?? now) + pace }
    let isProbe = outage != nil
    outage?.isProbing = true
    return .go(Call(startedAt: now, isProbe: isProbe))
  }

  package mutating func answered(
    _ call: Call, isFull: Bool, usedTokens: Int, _ limits: RateLimitStatus?, now: Duration
  ) {
    reached()
    hasAnswered = true
    width.answered(startedAt: call.startedAt, isFull: isFull)
    if let seconds = limits?.secondsUntilRoom(forTokens: usedTokens) {
      holdBack(until: now + min(.seconds(seconds), Self.longestRefillWait))
    }
  }

  package mutating func failed(_ call: Call, _ error: ModelError, now: Duration) -> Blame {
    if error.saysNothingOfNetwork {
      // As a cancelled call does: another one must find out.
      if call.isProbe { outage?.isProbing = false }
      return .call
    }
    if error.isOfNetwork {
      brokenInARow += 1
      guard outage != nil || !error.mayBeBilled || brokenInARow >= Self.brokenLimit else { return .call }
      prolongOutage(call, error, now: now)
      return .network
    }
    reached()
    guard error.kind == .rateLimited || error.kind == .overloaded else { return .call }
    width.limited(startedAt: call.startedAt, now: now)
    guard let seconds = error.retryAfterSeconds ?? error.rateLimit?.secondsUntilRoom(forTokens: 1) else { return .rate }
    if .seconds(seconds) > Self.longestWait {
      _ = close("The provider asks to wait \(Self.minutes(.seconds(seconds))): \(error.message)")
    } else {
      holdBack(until: now + .seconds(seconds))
    }
    return .rate
  }

  /// Why calls wait, for people; nil where they do not, or not for long.
  package func waitingReason(now: Duration) -> String? {
    if let outage { return "waiting for the network since \(Self.minutes(now - outage.since)): \(outage.reason)" }
    guard let notBefore, notBefore - now > .seconds(2) else { return nil }
    return "the provider asks to wait \(Int((notBefore - now).inSeconds.rounded(.up))) s"
  }

  // MARK: - Changes

  private mutating func reached() {
    brokenInARow = 0
    outage = nil
  }

  private mutating func holdBack(until moment: Duration) { notBefore = max(moment, notBefore ?? moment) }

  private mutating func close(_ reason: String) -> Step {
    closedReason = reason
    return .closed(reason)
  }

  private mutating func prolongOutage(_ call: Call, _ error: ModelError, now: Duration) {
    var current = outage ?? Outage(since: now, nextProbe: now, reason: error.message)
    current.reason = error.message
    // Calls that were under way when it began tell nothing new.
    if outage == nil || call.isProbe {
      current.nextProbe = now + min(.seconds(1 << min(current.probes, 6)), Self.longestProbePause)
      current.probes += 1
      current.isProbing = false
    }
    outage = current
    if current.nextProbe - current.since > patience { _ = close(Self.reason(current, now: now)) }
  }

  private var patience: Duration { hasAnswered ? Self.patience : Self.firstPatience }

  private static func reason(_ outage: Outage, now: Duration) -> String {
    "There was no way to the provider for \(minutes(now - outage.since)): \(outage.reason)"
  }

  private static func minutes(_ duration: Duration) -> String {
    let seconds = Int(duration.inSeconds.rounded())
    return seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
  }
}

extension ModelError {
  /// Whether there was no connection, or one that broke.
  fileprivate var isOfNetwork: Bool {
    isRetryable && (kind == .network || (kind == .timeout && !mayBeBilled))
  }

  /// Whether it says nothing of the way to the provider.
  fileprivate var saysNothingOfNetwork: Bool { kind == .cancelled || kind == .timeout && mayBeBilled }
}
