import JSON

/// Values that wait to become part of a list or object. They are moved in and out, without counting references.
struct ValueStack: ~Copyable {
  private var start: UnsafeMutablePointer<JSONValue>
  private var capacity = 64
  private(set) var count = 0

  init() { start = .allocate(capacity: capacity) }

  deinit {
    start.deinitialize(count: count)
    start.deallocate()
  }

  var first: JSONValue? { count > 0 ? start[0] : nil }

  @inline(__always) mutating func append(_ value: consuming JSONValue) {
    if count == capacity { grow() }
    (start + count).initialize(to: value)
    count &+= 1
  }

  @inline(never) private mutating func grow() {
    let moved = UnsafeMutablePointer<JSONValue>.allocate(capacity: capacity * 2)
    moved.moveInitialize(from: start, count: count)
    start.deallocate()
    start = moved
    capacity *= 2
  }

  /// Takes the values from `first` on.
  mutating func takeArray(from first: Int) -> [JSONValue] {
    let taken = max(0, count - first)
    defer { count -= taken }
    return [JSONValue](unsafeUninitializedCapacity: taken) { buffer, filled in
      buffer.baseAddress?.moveInitialize(from: start + (count - taken), count: taken)
      filled = taken
    }
  }

  /// Takes as many of the last values as there are keys, with their keys.
  mutating func takeMembers(_ count: Int, key: (Int) -> String) -> [JSONObject.Member] {
    let taken = min(count, self.count)
    let source = start + (self.count - taken)
    self.count -= taken
    return [JSONObject.Member](unsafeUninitializedCapacity: taken) { buffer, filled in
      while filled < taken, let target = buffer.baseAddress {
        (target + filled).initialize(to: JSONObject.Member(key(filled), (source + filled).move()))
        filled &+= 1
      }
    }
  }

  subscript(index: Int) -> JSONValue { start[index] }

  mutating func removeAll(from first: Int) {
    guard first < count else { return }
    (start + first).deinitialize(count: count - first)
    count = first
  }
}
