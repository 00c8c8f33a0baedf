package import HTTP

/// What a provider said about its limits with a response; nil where it said nothing.
package struct RateLimitStatus: Sendable, Equatable {
  package var requestLimit: Int?
  package var remainingRequests: Int?
  package var requestResetSeconds: Double?
  package var tokenLimit: Int?
  package var remainingTokens: Int?
  package var tokenResetSeconds: Double?

  package init(
    requestLimit: Int? = nil, remainingRequests: Int? = nil, requestResetSeconds: Double? = nil, tokenLimit: Int? = nil,
    remainingTokens: Int? = nil, tokenResetSeconds: Double? = nil
  ) {
    self.requestLimit = requestLimit
    self.remainingRequests = remainingRequests
    self.requestResetSeconds = requestResetSeconds
    self.tokenLimit = tokenLimit
    self.remainingTokens = remainingTokens
    self.tokenResetSeconds = tokenResetSeconds
  }

  /// Reads OpenAI's `x-ratelimit-*` headers, which many compatible servers send too; nil where there is none.
  ///
  /// Source: platform.openai.com/docs/guides/rate-limits, "Rate limits in headers", as of 2026-11.
  package init?(openAI headers: HTTPHeaders) {
    func count(_ name: String) -> Int? {
      headers["x-ratelimit-\(name)"].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 }
    }
    func seconds(_ name: String) -> Double? { headers["x-ratelimit-\(name)"].flatMap(Self.seconds) }
    self.init(
      requestLimit: count("limit-requests"), remainingRequests: count("remaining-requests"),
      requestResetSeconds: seconds("reset-requests"), tokenLimit: count("limit-tokens"),
      remainingTokens: count("remaining-tokens"), tokenResetSeconds: seconds("reset-tokens"))
    if self == RateLimitStatus() { return nil }
  }

  /// Reads Anthropic's `anthropic-ratelimit-*` headers; nil where there is none. Of its limits of tokens (all, input,
  /// output) the one counts of which the smallest part is left. A reset is told as a date, which is taken relative to
  /// the response's own `Date`.
  ///
  /// Source: platform.claude.com/docs/en/api/rate-limits, "Response headers", as of 2026-11.
  package init?(anthropic headers: HTTPHeaders) {
    let now = headers["date"].flatMap(HTTPDate.secondsSince1970).map(Double.init)
    func read(_ name: String) -> (limit: Int?, remaining: Int?, reset: Double?) {
      func count(_ field: String) -> Int? {
        headers["anthropic-ratelimit-\(name)-\(field)"].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 }
      }
      let date = headers["anthropic-ratelimit-\(name)-reset"].flatMap(InternetDate.secondsSince1970)
      return (count("limit"), count("remaining"), date.flatMap { date in now.map { max(0, date - $0) } })
    }
    let requests = read("requests")
    func share(_ status: (limit: Int?, remaining: Int?, reset: Double?)) -> Double {
      guard let limit = status.limit, let remaining = status.remaining, limit > 0 else { return .infinity }
      return Double(remaining) / Double(limit)
    }
    let tokens = ["tokens", "input-tokens", "output-tokens"].map(read).min { share($0) < share($1) }
    self.init(
      requestLimit: requests.limit, remainingRequests: requests.remaining, requestResetSeconds: requests.reset,
      tokenLimit: tokens?.limit, remainingTokens: tokens?.remaining, tokenResetSeconds: tokens?.reset)
    if self == RateLimitStatus() { return nil }
  }

  /// Seconds of a length such as "1s", "6m0s", "120ms", "1h2m3.5s" or "17"; nil for anything else.
  package static func seconds(_ text: String) -> Double? {
    if let seconds = Double(text) { return seconds.isFinite && seconds >= 0 ? seconds : nil }
    let units = ["h": 3600.0, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9]
    var rest = text[...]
    var total = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !$0.isNumber }
      rest = rest.dropFirst(unit.count)
      guard let number = Double(digits), number.isFinite, let factor = units[String(unit)] else { return nil }
      total += number * factor
    }
    return text.isEmpty ? nil : total
  }
}

extension RateLimitStatus {
  /// How long to wait until a request of so many tokens is within the limits, which refill steadily; nil where there is
  /// room, or where it cannot be told.
  package func secondsUntilRoom(forTokens tokens: Int) -> Double? {
    let waits = [
      Self.wait(limit: requestLimit, remaining: remainingRequests, resetSeconds: requestResetSeconds, needed: 1),
      Self.wait(limit: tokenLimit, remaining: remainingTokens, resetSeconds: tokenResetSeconds, needed: tokens),
    ]
    return waits.compactMap { $0 }.max()
  }

  /// - Parameter resetSeconds: until the limit is whole again.
  private static func wait(limit: Int?, remaining: Int?, resetSeconds: Double?, needed: Int) -> Double? {
    guard let remaining, let resetSeconds, remaining < needed else { return nil }
    // Without the limit, the part of the time that would do is not known.
    guard let limit, limit > remaining else { return resetSeconds }
    return resetSeconds * min(1, Double(needed - remaining) / Double(limit - remaining))
  }
}
