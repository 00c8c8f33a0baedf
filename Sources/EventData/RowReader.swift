import Avro

/// Reads the rows of one block by a ``RowProgram`` and adds them to a table.
///
/// Every read checks the end of the block first; rows of the commonest shape go through
/// `readPlainRows`, which checks once a row.
struct RowReader {
  let program: RowProgram
  let filter: RowFilter
  let maximumGroups: Int
  let bytes: UnsafeRawBufferPointer
  /// Where the block's data start in the file.
  let origin: Int
  let isDecompressed: Bool
  var position = 0

  private var key: Key = .none
  private var value: Value = .none

  private enum Key {
    case none
    case number(Int64)
    case text(Range<Int>)
  }
  private enum Value {
    case none
    case integer(Int64)
    case floating(Double)
  }

  /// Deeper nesting than this is refused, as in ``AvroLimits``.
  private static let maximumDepth = 512

  init(
    program: RowProgram, filter: RowFilter, maximumGroups: Int, bytes: UnsafeRawBufferPointer, origin: Int,
    isDecompressed: Bool
  ) {
    self.program = program
    self.filter = filter
    self.maximumGroups = maximumGroups
    self.bytes = bytes
    self.origin = origin
    self.isDecompressed = isDecompressed
  }

  /// - Throws: ``AvroError`` for a corrupt block, ``EventDataError`` for too many groups.
  mutating func read(_ count: Int, into table: inout GroupTable) throws {
    var left = count
    let isPlain = program.isPlain && filter.isExact
    while left > 0 {
      if isPlain {
        left -= readPlainRows(left, into: &table)
        if left == 0 { break }
      }
      try readRow(into: &table)
      left -= 1
    }
    guard position == bytes.count else {
      throw failure(.corrupt, "\(bytes.count - position) bytes follow the last value of a block")
    }
  }

  private mutating func readRow(into table: inout GroupTable) throws {
    key = .none
    value = .none
    try run(program.start, depth: 0)
    let slot: UnsafeMutablePointer<GroupTable.Slot>
    switch value {
    case .none: return
    case .integer(let value):
      guard filter.passes(value), let found = try self.slot(in: &table) else { return }
      slot = found
      slot.pointee.add(integer: value)
    case .floating(let value):
      guard filter.passes(value), let found = try self.slot(in: &table) else { return }
      slot = found
      slot.pointee.add(floating: value)
    }
    slot.pointee.count += 1
  }

  /// The slot of the current key; nil for a row without one.
  private func slot(in table: inout GroupTable) throws -> UnsafeMutablePointer<GroupTable.Slot>? {
    switch key {
    case .none: return nil
    case .number(let number):
      let low = UInt64(bitPattern: number)
      if let slot = table.find(low, GroupTable.numberMark) { return slot }
      try checkRoom(table)
      return table.insert(low, GroupTable.numberMark)
    case .text(let range):
      let raw = UnsafeRawBufferPointer(rebasing: bytes[range])
      if raw.count > GroupTable.shortLimit {
        let (slot, isNew) = table.findOrInsertLong(raw)
        if isNew { try check(range, table) }
        return slot
      }
      let (low, high) = GroupTable.words(raw)
      if let slot = table.find(low, high) { return slot }
      try check(range, table)
      return table.insert(low, high)
    }
  }

  private func check(_ range: Range<Int>, _ table: borrowing GroupTable) throws {
    try checkRoom(table)
    guard isValid(range) else {
      throw failure(.corrupt, "a key is not UTF-8", at: range.lowerBound)
    }
  }

  private func isValid(_ range: Range<Int>) -> Bool {
    program.key != .text || String(validating: bytes[range], as: UTF8.self) != nil
  }

  private func checkRoom(_ table: borrowing GroupTable) throws {
    guard table.used < maximumGroups else {
      throw EventDataError(.tooManyGroups, "there are more than \(maximumGroups) different keys")
    }
  }

  // MARK: The common case

  /// Reads rows that are a key of up to 15 bytes and a whole number, as long as 32 bytes of the block are left: more
  /// than such a row takes. Stops before a row of any other kind.
  ///
  /// - Returns: how many rows were read.
  private mutating func readPlainRows(_ limit: Int, into table: inout GroupTable) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    let end = bytes.count - 32
    let minimum = filter.minimum
    var place = position
    var done = 0
    while done < limit, place <= end {
      let row = base + place
      let first = row.load(as: UInt8.self)
      // A length of 0…15 is an even byte up to 30.
      guard first & 1 == 0, first <= 30 else { break }
      let length = Int(first >> 1)
      let head = UInt64(littleEndian: row.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
      var low = head
      var high = UInt64(length) << 56
      let pair: UInt64
      if length <= 6 {
        // Key and number lie in one word: where the next row starts is known without another load.
        low &= (1 &<< UInt64(8 * length)) &- 1
        pair = head &>> UInt64(8 * length)
      } else {
        if length <= 8 {
          low &= (1 << UInt64(8 * length)) &- 1
        } else {
          let more = UInt64(littleEndian: row.loadUnaligned(fromByteOffset: 9, as: UInt64.self))
          high |= more & ((1 &<< UInt64(8 * (length - 8))) &- 1)
        }
        pair = UInt64(UInt16(littleEndian: row.loadUnaligned(fromByteOffset: 1 + length, as: UInt16.self)))
      }
      // Two bytes suffice unless both say that more follow.
      guard pair & 0x8080 != 0x8080 else { break }
      let continues = (pair >> 7) & 1
      let word = (pair & 0x7F) | ((pair >> 1) & 0x3F80 & (0 &- continues))
      let value = Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1)

      let slot: UnsafeMutablePointer<GroupTable.Slot>
      if let found = table.find(low, high) {
        slot = found
      } else {
        let range = (place + 1)..<(place + 1 + length)
        guard table.used < maximumGroups, isValid(range) else { break }
        slot = table.insert(low, high)
      }
      // Without a branch: whether a row passes is anyone's guess.
      let passes = value >= minimum
      slot.pointee.add(integer: passes ? value : 0)
      slot.pointee.count &+= passes ? 1 : 0
      place += 2 + length + Int(continues)
      done += 1
    }
    position = place
    return done
  }

  // MARK: The general case

  private mutating func run(_ start: Int, depth: Int) throws(AvroError) {
    guard depth <= Self.maximumDepth else {
      throw failure(.limitExceeded, "a value is nested deeper than \(Self.maximumDepth) levels")
    }
    var next = start
    while true {
      switch program.steps[next] {
      case .end: return
      case .fixed(let count): try advance(count)
      case .varint: _ = try varint()
      case .sized: _ = try sized()
      case .key: try readKey()
      case .value: try readValue()
      case .call(let place): try run(place, depth: depth + 1)
      case .union(let first, let count):
        let index = try varint()
        guard index >= 0, index < count else {
          throw failure(.corrupt, "a union has the index \(index) where there are \(count)")
        }
        try run(program.branches[first + Int(index)], depth: depth + 1)
      case .array(let place, let isEmpty): try skipItems(place, hasKeys: false, isEmpty: isEmpty, depth: depth + 1)
      case .map(let place): try skipItems(place, hasKeys: true, isEmpty: false, depth: depth + 1)
      }
      next += 1
    }
  }

  private mutating func skipItems(_ place: Int, hasKeys: Bool, isEmpty: Bool, depth: Int) throws(AvroError) {
    while true {
      let count = try varint()
      if count == 0 { return }
      if count < 0 {
        let size = try varint()
        guard size >= 0, size <= bytes.count - position else {
          throw failure(.truncated, "a block of items claims \(size) bytes where \(bytes.count - position) are left")
        }
        position += Int(size)
      } else if !isEmpty {
        guard count <= bytes.count - position else {
          throw failure(.truncated, "\(count) items are claimed where \(bytes.count - position) bytes are left")
        }
        for _ in 0..<count {
          if hasKeys { _ = try sized() }
          try run(place, depth: depth)
        }
      }
    }
  }

  private mutating func readKey() throws(AvroError) {
    switch program.key {
    case .text, .bytes: key = .text(try sized())
    case .number: key = .number(try varint())
    case .symbol:
      let index = try varint()
      guard index >= 0, index < program.symbols.count else {
        throw failure(.corrupt, "an enum has the index \(index) where there are \(program.symbols.count)")
      }
      key = .number(index)
    }
  }

  private mutating func readValue() throws(AvroError) {
    switch program.value {
    case .int:
      let number = try varint()
      guard Int32(exactly: number) != nil else { throw failure(.corrupt, "an int has more than 32 bits") }
      value = .integer(number)
    case .long: value = .integer(try varint())
    case .float:
      let start = position
      try advance(4)
      let word = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
      value = .floating(Double(Float(bitPattern: UInt32(littleEndian: word))))
    case .double:
      let start = position
      try advance(8)
      let word = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      value = .floating(Double(bitPattern: UInt64(littleEndian: word)))
    }
  }

  // MARK: Primitives

  private func failure(_ code: AvroError.Code, _ message: String, at place: Int? = nil) -> AvroError {
    let place = place ?? position
    if isDecompressed {
      return AvroError(code, "\(message), \(place) bytes into the decompressed block", offset: origin)
    }
    return AvroError(code, message, offset: origin + place)
  }

  private mutating func advance(_ count: Int) throws(AvroError) {
    guard count <= bytes.count - position else { throw failure(.truncated, "the data end within a value") }
    position += count
  }

  private mutating func varint() throws(AvroError) -> Int64 {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if shift == 63, byte > 1 { throw failure(.corrupt, "a number has more than 64 bits") }
      word |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1) }
      shift += 7
    }
    throw failure(.truncated, "the data end within a number")
  }

  private mutating func sized() throws(AvroError) -> Range<Int> {
    let length = try varint()
    guard length >= 0 else { throw failure(.corrupt, "a length is \(length)") }
    guard length <= bytes.count - position else {
      throw failure(.truncated, "\(length) bytes are claimed where \(bytes.count - position) are left")
    }
    let start = position
    position += Int(length)
    return start..<position
  }
}
