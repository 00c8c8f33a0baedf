/// The requests of the peer that have not been answered. Pure.
struct InFlightRequests {
  struct Entry: Sendable {
    let serial: Int
    let method: String
    let origin: Origin
    let received: Duration
    var started: Duration?
    var task: Task<Void, Never>?
    var isCancelled = false
  }

  /// What a cancellation has to do.
  enum Cancellation {
    case unknown
    /// It has not begun: it is out of the list and has to be answered.
    case answer(Entry)
    case cancel(Task<Void, Never>?)
  }

  private var entries: [RequestID: Entry] = [:]

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  func contains(_ id: RequestID) -> Bool { entries[id] != nil }

  mutating func add(_ id: RequestID, _ entry: Entry) { entries[id] = entry }

  /// Remembers the task, and cancels it when the request was cancelled in between.
  mutating func attach(_ task: Task<Void, Never>, to id: RequestID, _ serial: Int) {
    guard entries[id]?.serial == serial else { return }
    entries[id]?.task = task
    if entries[id]?.isCancelled == true { task.cancel() }
  }

  /// Whether the handler may start: not when the request has been answered meanwhile.
  mutating func begin(_ id: RequestID, _ serial: Int, at time: Duration) -> Bool {
    guard entries[id]?.serial == serial else { return false }
    entries[id]?.started = time
    return true
  }

  /// Takes a request out of the list; nil when it has been answered already.
  mutating func remove(_ id: RequestID, _ serial: Int) -> Entry? {
    guard entries[id]?.serial == serial else { return nil }
    return entries.removeValue(forKey: id)
  }

  mutating func cancel(_ id: RequestID) -> Cancellation {
    // There is no taking back an `initialize`.
    guard let entry = entries[id], entry.method != "initialize" else { return .unknown }
    if entry.started == nil {
      entries[id] = nil
      return .answer(entry)
    }
    entries[id]?.isCancelled = true
    return .cancel(entry.task)
  }

  /// Cancels all that runs, and takes out what has not begun, to be answered.
  mutating func cancelAll() -> (unstarted: [(RequestID, Entry)], tasks: [Task<Void, Never>]) {
    let unstarted = entries.filter { $0.value.started == nil }.map { ($0.key, $0.value) }
    for (id, _) in unstarted { entries[id] = nil }
    for id in entries.keys { entries[id]?.isCancelled = true }
    return (unstarted, entries.values.compactMap(\.task))
  }

  mutating func removeAll() -> [(RequestID, Entry)] {
    defer { entries = [:] }
    return entries.map { ($0.key, $0.value) }
  }
}
