import JSON

/// The requests of this side that the peer has not answered. Pure.
struct OutgoingRequests {
  struct Entry: Sendable {
    let continuation: CheckedContinuation<JSONValue, any Error>
    var isSent = false
    var isCancelled = false
    var tokens: [JSONValue] = []
  }

  private var entries: [Int64: Entry] = [:]
  private var lastID: Int64 = 0
  private var receivers: [String: @Sendable (JSONValue) -> Void] = [:]

  mutating func nextID() -> Int64 {
    lastID += 1
    return lastID
  }

  mutating func add(_ id: Int64, _ continuation: CheckedContinuation<JSONValue, any Error>) {
    entries[id] = Entry(continuation: continuation)
  }

  /// The request is on its way; true when it was cancelled before it was.
  mutating func markSent(_ id: Int64) -> Bool {
    entries[id]?.isSent = true
    return entries[id]?.isCancelled ?? false
  }

  /// Notes the cancellation; true when the peer has to hear of it.
  mutating func cancel(_ id: Int64) -> Bool {
    guard let entry = entries[id], !entry.isCancelled else { return false }
    entries[id]?.isCancelled = true
    return entry.isSent
  }

  mutating func remove(_ id: Int64) -> Entry? {
    let entry = entries.removeValue(forKey: id)
    for token in entry?.tokens ?? [] { receivers[token.description] = nil }
    return entry
  }

  mutating func removeAll() -> [Entry] {
    defer {
      entries = [:]
      receivers = [:]
    }
    return Array(entries.values)
  }

  mutating func route(_ token: JSONValue, of id: Int64, to receiver: @escaping @Sendable (JSONValue) -> Void) {
    entries[id]?.tokens.append(token)
    receivers[token.description] = receiver
  }

  func receiver(of token: JSONValue) -> (@Sendable (JSONValue) -> Void)? { receivers[token.description] }
}
