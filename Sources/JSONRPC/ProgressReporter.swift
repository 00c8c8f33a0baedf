package import JSON
import Synchronization

/// Sends the `$/progress` of one request: a `begin`, any number of `report`s, an `end` before the response.
///
/// Reports may come as fast as they like: at most one is sent an interval, and the last one always is.
package final class ProgressReporter: Sendable {
  private struct State {
    var hasBegun = false
    var hasEnded = false
    var percentage: Double?
    var lastSent: Duration?
    var pending: JSONObject?
    var isTimerSet = false
  }

  /// The peer's token, a string or an integer; nil when it asked for no progress.
  package let token: JSONValue?
  private let defaultTitle: String
  private let interval: Duration
  private let time: TimeSource
  private let send: @Sendable (JSONValue, Delivery) -> Void
  private let state = Mutex(State())

  init(
    token: JSONValue?, defaultTitle: String, interval: Duration, time: TimeSource,
    send: @escaping @Sendable (JSONValue, Delivery) -> Void
  ) {
    self.token = token
    self.defaultTitle = defaultTitle
    self.interval = interval
    self.time = time
    self.send = send
  }

  /// For requests whose peer asked for no progress.
  static let silent = ProgressReporter(
    token: nil, defaultTitle: "", interval: .zero, time: .continuous, send: { _, _ in })

  /// Whether anybody listens: what costs work need only be made then.
  package var isWanted: Bool { token != nil }

  /// Opens the progress; a second one is left out.
  ///
  /// - Parameters:
  ///   - percentage: 0…100; nil when it can not be told.
  ///   - data: more members of the value, after the protocol's own.
  package func begin(
    title: String, message: String? = nil, percentage: Double? = nil, cancellable: Bool = true, data: JSONObject = [:]
  ) {
    guard isWanted else { return }
    state.withLock { begin(&$0, title, message, percentage, cancellable, data) }
  }

  /// Tells how far the work is. Without a `begin` before it, one is sent with the method as title.
  ///
  /// - Parameter percentage: 0…100; raised to the last one when it is less.
  package func report(message: String? = nil, percentage: Double? = nil, data: JSONObject = [:]) {
    guard isWanted else { return }
    let wait = state.withLock { state -> Duration? in
      guard !state.hasEnded else { return nil }
      if !state.hasBegun { begin(&state, defaultTitle, nil, percentage == nil ? nil : 0, true, [:]) }
      state.pending = value("report", message: message, percentage: raise(&state, percentage), data)
      return schedule(&state)
    }
    guard let wait else { return }
    Task { [weak self, time] in
      try? await time.sleep(wait)
      self?.timerFired()
    }
  }

  /// Closes the progress. The connection does so too, before it sends the response.
  package func end(message: String? = nil, data: JSONObject = [:]) {
    guard isWanted else { return }
    state.withLock { state in
      guard !state.hasEnded else { return }
      state.hasEnded = true
      guard state.hasBegun else { return }
      sendPending(&state)
      send(.object(value("end", message: message, percentage: nil, data)), .barrier(key: key))
    }
  }
}

extension ProgressReporter {
  private var key: String { Self.key(of: token) }

  /// What the messages about one token share while they wait to be sent.
  static func key(of token: JSONValue?) -> String { "progress/\(token ?? .null)" }

  private func begin(
    _ state: inout State, _ title: String, _ message: String?, _ percentage: Double?, _ cancellable: Bool,
    _ data: JSONObject
  ) {
    guard !state.hasBegun, !state.hasEnded else { return }
    state.hasBegun = true
    var object: JSONObject = ["kind": "begin", "title": .string(title), "cancellable": .bool(cancellable)]
    add(&object, message, raise(&state, percentage), data)
    send(.object(object), .barrier(key: key))
  }

  private func value(_ kind: String, message: String?, percentage: Double?, _ data: JSONObject) -> JSONObject {
    var object: JSONObject = ["kind": .string(kind)]
    add(&object, message, percentage, data)
    return object
  }

  private func add(_ object: inout JSONObject, _ message: String?, _ percentage: Double?, _ data: JSONObject) {
    if let message { object["message"] = .string(message) }
    // The protocol has whole numbers here.
    if let percentage { object["percentage"] = .integer(Int64(percentage)) }
    for (key, value) in data where object[key] == nil { object[key] = value }
  }

  private func raise(_ state: inout State, _ percentage: Double?) -> Double? {
    guard let percentage, percentage.isFinite else { return nil }
    let raised = max(state.percentage ?? 0, min(max(percentage, 0), 100))
    state.percentage = raised
    return raised
  }

  /// Sends the pending report when its time has come; otherwise how long to wait, if no timer runs.
  private func schedule(_ state: inout State) -> Duration? {
    let now = time.now()
    guard let lastSent = state.lastSent, now < lastSent + interval else {
      sendPending(&state)
      return nil
    }
    guard !state.isTimerSet else { return nil }
    state.isTimerSet = true
    return lastSent + interval - now
  }

  private func timerFired() {
    state.withLock { state in
      state.isTimerSet = false
      if !state.hasEnded { sendPending(&state) }
    }
  }

  private func sendPending(_ state: inout State) {
    guard let pending = state.pending else { return }
    state.pending = nil
    state.lastSent = time.now()
    send(.object(pending), .latest(key: key))
  }
}
