/// What may happen to a message that waits for a slow reader.
package enum Delivery: Sendable, Hashable {
  /// It is sent, in order.
  case reliable
  /// A later one of the same key takes its place while it waits.
  case latest(key: String)
  /// As `reliable`; and no later message takes the place of an earlier one of this key.
  case barrier(key: String)
  /// It is left out when much is waiting.
  case droppable
}

/// Frames that wait to be written, counted in bytes. Pure.
struct OutputQueue {
  private struct Entry {
    var frame: [UInt8]
    var key: String?
  }

  private var entries: [Entry] = []
  private var head = 0
  /// Where the waiting frame of a key stands; entries before `head` are gone.
  private var latest: [String: Int] = [:]
  private(set) var byteCount = 0
  private(set) var droppedCount = 0
  /// Bytes waiting above which droppable messages are left out.
  let dropThreshold: Int

  init(dropThreshold: Int) { self.dropThreshold = dropThreshold }

  var isEmpty: Bool { head == entries.count }

  mutating func push(_ frame: [UInt8], _ delivery: Delivery) {
    switch delivery {
    case .droppable where byteCount > dropThreshold:
      droppedCount += 1
    case .latest(let key):
      if let index = latest[key] {
        byteCount += frame.count - entries[index].frame.count
        entries[index].frame = frame
      } else {
        latest[key] = entries.count
        append(Entry(frame: frame, key: key))
      }
    case .barrier(let key):
      latest[key] = nil
      append(Entry(frame: frame, key: nil))
    case .reliable, .droppable:
      append(Entry(frame: frame, key: nil))
    }
  }

  /// The next bytes to write: one frame, or several small ones together.
  mutating func take(upTo byteLimit: Int) -> [UInt8]? {
    guard var bytes = takeFirst() else { return nil }
    while head < entries.count, bytes.count + entries[head].frame.count <= byteLimit, let more = takeFirst() {
      bytes.append(contentsOf: more)
    }
    byteCount -= bytes.count
    return bytes
  }

  mutating func removeAll() {
    entries.removeAll()
    latest.removeAll()
    head = 0
    byteCount = 0
  }

  private mutating func append(_ entry: Entry) {
    byteCount += entry.frame.count
    entries.append(entry)
  }

  private mutating func takeFirst() -> [UInt8]? {
    guard head < entries.count else { return nil }
    let entry = entries[head]
    entries[head].frame = []
    // A barrier may have handed the key on to a later entry.
    if let key = entry.key, latest[key] == head { latest[key] = nil }
    head += 1
    if head == entries.count {
      entries.removeAll(keepingCapacity: entries.count < 1024)
      head = 0
    } else if head > 1024, head > entries.count / 2 {
      compact()
    }
    return entry.frame
  }

  private mutating func compact() {
    entries.removeFirst(head)
    latest = latest.mapValues { $0 - head }
    head = 0
  }
}
