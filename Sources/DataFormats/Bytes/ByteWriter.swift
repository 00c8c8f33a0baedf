#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Collects bytes in one growing buffer, without the checks that an array makes for each of them.
struct ByteWriter: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(reservingCapacity capacity: Int = 1 << 10) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  var bytes: Bytes { Bytes(start: start, count: count) }

  /// Makes room for so many bytes more.
  @inline(__always) mutating func reserve(_ more: Int) {
    if capacity &- count < more { grow(more) }
  }

  @inline(never) private mutating func grow(_ more: Int) {
    let larger = max(capacity + capacity, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: start, count: count)
    start.deallocate()
    (start, capacity) = (moved, larger)
  }

  @inline(__always) mutating func append(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    count &+= 1
  }

  /// Room must have been reserved.
  @inline(__always) mutating func appendReserved(_ byte: UInt8) {
    start[count] = byte
    count &+= 1
  }

  @inline(__always) mutating func append(_ bytes: Bytes) {
    guard let source = bytes.baseAddress else { return }
    append(source, bytes.count)
  }

  @inline(__always) mutating func append(_ source: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length)
    memcpy(start + count, source, length)
    count &+= length
  }

  /// Appends bytes and gives the union of what a table of 256 entries has for each of them.
  @inline(__always) mutating func append(_ bytes: Bytes, union table: Bytes) -> UInt8 {
    guard let source = bytes.baseAddress, let table = table.baseAddress else { return 0 }
    reserve(bytes.count)
    let target = start + count
    var union: UInt8 = 0
    var index = 0
    while index < bytes.count {
      let byte = source[index]
      target[index] = byte
      union |= table[Int(byte)]
      index &+= 1
    }
    count &+= bytes.count
    return union
  }

  mutating func append(_ text: StaticString) { append(text.utf8Start, text.utf8CodeUnitCount) }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  mutating func append(repeating byte: UInt8, count repetitions: Int) {
    guard repetitions > 0 else { return }
    reserve(repetitions)
    (start + count).update(repeating: byte, count: repetitions)
    count &+= repetitions
  }

  /// Appends text as it stands.
  @inline(__always) mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Forgets what was written.
  mutating func removeAll() { count = 0 }

  /// Forgets the last bytes.
  mutating func removeLast(_ bytes: Int) { count = max(0, count - bytes) }

  var last: UInt8? { count > 0 ? start[count - 1] : nil }
}
