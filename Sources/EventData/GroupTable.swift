import Avro

/// Counts and sums by key: a hash table with open addressing over raw keys, so that a row costs no allocation.
///
/// Keys of up to 15 bytes lie in the slot itself; longer ones in an arena.
///
/// Unchecked: the table cannot be copied and is the only owner of its slots, so they move with it.
struct GroupTable: ~Copyable, @unchecked Sendable {
  struct Slot {
    /// First eight bytes of a short key, the integer of a number key, the hash of a long one.
    var low: UInt64
    /// Further bytes of a short key and, in the top byte, its length; see the constants below.
    var high: UInt64
    var count: Int
    /// An integer sum's low word, or a floating sum.
    var sumLow: UInt64
    /// An integer sum's high word, or what rounding took from the floating sum.
    var sumHigh: UInt64
  }

  static let emptyMark: UInt64 = 0xEE << 56
  static let numberMark: UInt64 = 0x10 << 56
  static let longMark: UInt64 = 0xFF << 56
  private static let markMask: UInt64 = 0xFF << 56

  private(set) var slots: UnsafeMutablePointer<Slot>
  private(set) var mask: Int
  private(set) var used = 0
  private var arena: [UInt8] = []

  /// Drawn once a process, so that nobody can prepare keys that collide.
  private static let seeds = (UInt64.random(in: 0 ... .max) | 1, UInt64.random(in: 0 ... .max))
  let seed: UInt64
  private let otherSeed: UInt64

  init() {
    (seed, otherSeed) = Self.seeds
    mask = 255
    slots = Self.allocate(256)
  }

  deinit { slots.deallocate() }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot(low: 0, high: emptyMark, count: 0, sumLow: 0, sumHigh: 0), count: count)
    return slots
  }

  /// Multiplies the words by secret numbers and folds the product.
  @inline(__always)
  static func hash(_ low: UInt64, _ high: UInt64, _ seed: UInt64) -> Int {
    let product = (low ^ seed).multipliedFullWidth(by: (high &+ seed) | 1)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  /// The slot of a short or number key; nil where the table lacks it.
  @inline(__always)
  func find(_ low: UInt64, _ high: UInt64) -> UnsafeMutablePointer<Slot>? {
    var index = Self.hash(low, high, seed) & mask
    while true {
      let slot = slots + index
      if slot.pointee.low == low, slot.pointee.high == high { return slot }
      if slot.pointee.high == Self.emptyMark { return nil }
      index = (index + 1) & mask
    }
  }

  /// Takes up a short or number key that the table lacks.
  mutating func insert(_ low: UInt64, _ high: UInt64) -> UnsafeMutablePointer<Slot> {
    if (used + 1) * 2 > mask { grow() }
    var index = Self.hash(low, high, seed) & mask
    while slots[index].high != Self.emptyMark { index = (index + 1) & mask }
    slots[index].low = low
    slots[index].high = high
    used += 1
    return slots + index
  }

  private mutating func grow() {
    let old = slots
    let oldCount = mask + 1
    mask = oldCount * 2 - 1
    slots = Self.allocate(mask + 1)
    for slot in UnsafeBufferPointer(start: old, count: oldCount) where slot.high != Self.emptyMark {
      // A long key is placed by its hash alone: its place in the arena is no part of it.
      var index = Self.home(slot, seed) & mask
      while slots[index].high != Self.emptyMark { index = (index + 1) & mask }
      slots[index] = slot
    }
    old.deallocate()
  }

  private static func home(_ slot: Slot, _ seed: UInt64) -> Int {
    hash(slot.low, slot.high & markMask == longMark ? longMark : slot.high, seed)
  }

  /// Keys of more bytes lie in the arena.
  static let shortLimit = 15

  /// The two words of a key of up to 15 bytes.
  static func words(_ key: UnsafeRawBufferPointer) -> (low: UInt64, high: UInt64) {
    var low: UInt64 = 0
    var high = UInt64(key.count) << 56
    for (index, byte) in key.enumerated() {
      if index < 8 { low |= UInt64(byte) << UInt64(8 * index) } else { high |= UInt64(byte) << UInt64(8 * (index - 8)) }
    }
    return (low, high)
  }

  // MARK: Long keys

  /// The slot of a key of 16 or more bytes, and whether it is new.
  mutating func findOrInsertLong(_ key: UnsafeRawBufferPointer) -> (slot: UnsafeMutablePointer<Slot>, isNew: Bool) {
    let low = hash(of: key)
    var index = Self.hash(low, Self.longMark, seed) & mask
    while slots[index].high != Self.emptyMark {
      if slots[index].low == low, isLongKey(slots[index], key) { return (slots + index, false) }
      index = (index + 1) & mask
    }
    if (used + 1) * 2 > mask {
      grow()
      index = Self.hash(low, Self.longMark, seed) & mask
      while slots[index].high != Self.emptyMark { index = (index + 1) & mask }
    }
    let place = arena.count
    withUnsafeBytes(of: UInt64(key.count).littleEndian) { arena.append(contentsOf: $0) }
    arena.append(contentsOf: key)
    slots[index].low = low
    slots[index].high = Self.longMark | UInt64(place)
    used += 1
    return (slots + index, true)
  }

  private func hash(of key: UnsafeRawBufferPointer) -> UInt64 {
    var state = otherSeed ^ UInt64(key.count)
    var position = 0
    while position < key.count {
      var word: UInt64 = 0
      if position + 8 <= key.count {
        word = key.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      } else {
        for byte in key[position...] { word = word << 8 | UInt64(byte) }
      }
      state = UInt64(bitPattern: Int64(Self.hash(state ^ word, state, seed)))
      position += 8
    }
    return state
  }

  private func isLongKey(_ slot: Slot, _ key: UnsafeRawBufferPointer) -> Bool {
    guard slot.high & Self.markMask == Self.longMark else { return false }
    return withBytes(of: slot) { $0.elementsEqual(key) }
  }

  // MARK: Reading

  /// The bytes of a string or bytes key.
  func withBytes<Result>(of slot: Slot, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if slot.high & Self.markMask == Self.longMark {
      return arena.withUnsafeBytes { raw in
        let place = Int(slot.high & ~Self.markMask)
        let count = Int(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
        return body(UnsafeRawBufferPointer(rebasing: raw[(place + 8)..<(place + 8 + count)]))
      }
    }
    return withUnsafeBytes(of: (slot.low.littleEndian, slot.high.littleEndian)) { raw in
      body(UnsafeRawBufferPointer(rebasing: raw[..<Int(slot.high >> 56)]))
    }
  }

  borrowing func forEachSlot(_ body: (Slot) -> Void) {
    for slot in UnsafeBufferPointer(start: slots, count: mask + 1) where slot.high != Self.emptyMark { body(slot) }
  }

  /// Adds another table's counts and sums.
  mutating func merge(_ other: borrowing GroupTable, isFloating: Bool) {
    for index in 0...other.mask where other.slots[index].high != Self.emptyMark {
      let slot = other.slots[index]
      let target: UnsafeMutablePointer<Slot>
      if slot.high & Self.markMask == Self.longMark {
        let key = other.withBytes(of: slot) { Array($0) }
        target = key.withUnsafeBytes { findOrInsertLong($0).slot }
      } else {
        target = find(slot.low, slot.high) ?? insert(slot.low, slot.high)
      }
      target.pointee.add(slot, isFloating: isFloating)
    }
  }
}

extension GroupTable.Slot {
  /// Adds one value exactly: the sum has 128 bits.
  @inline(__always)
  mutating func add(integer value: Int64) {
    let (low, carry) = sumLow.addingReportingOverflow(UInt64(bitPattern: value))
    sumLow = low
    sumHigh = sumHigh &+ UInt64(bitPattern: value >> 63) &+ (carry ? 1 : 0)
  }

  /// Adds one value and keeps what rounding takes (Knuth's two-sum), so that the order of rows, which depends on
  /// the number of cores, does not show in the mean.
  mutating func add(floating value: Double) {
    let sum = Double(bitPattern: sumLow)
    let total = sum + value
    sumLow = total.bitPattern
    guard total.isFinite else {
      sumHigh = 0
      return
    }
    let share = total - sum
    let lost = (sum - (total - share)) + (value - share)
    sumHigh = (Double(bitPattern: sumHigh) + lost).bitPattern
  }

  fileprivate mutating func add(_ other: GroupTable.Slot, isFloating: Bool) {
    count += other.count
    if isFloating {
      add(floating: Double(bitPattern: other.sumLow))
      let total = Double(bitPattern: sumLow)
      if total.isFinite { sumHigh = (Double(bitPattern: sumHigh) + Double(bitPattern: other.sumHigh)).bitPattern }
    } else {
      let (low, carry) = sumLow.addingReportingOverflow(other.sumLow)
      sumLow = low
      sumHigh = sumHigh &+ other.sumHigh &+ (carry ? 1 : 0)
    }
  }

  /// The mean of the values added.
  func mean(isFloating: Bool) -> Double {
    if isFloating {
      return (Double(bitPattern: sumLow) + Double(bitPattern: sumHigh)) / Double(count)
    }
    let sum = Int128(truncatingIfNeeded: Int64(bitPattern: sumHigh)) << 64 | Int128(sumLow)
    return Double(sum) / Double(count)
  }
}
