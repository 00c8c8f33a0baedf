import Avro
import SeededRandom

/// Encodes random events straight into a block's bytes. What can be encoded once is: the users' ids and the
/// durations stand ready in tables, and a row is two copies.
struct EventBlockEncoder: Sendable {
  private let options: EventGenerator.Options
  private var random: SeededGenerator
  private let blockSize: Int
  /// Sixteen bytes a user: length, id, and in the last byte how many of them count.
  private let users: [SIMD2<UInt64>]
  /// Eight bytes a duration: the number, and in the last byte how many of them count.
  private let durations: [UInt64]
  /// Draws made ahead: the user and the steps above the shortest duration.
  private var draws = [SIMD2<UInt32>](repeating: SIMD2(), count: 512)
  private var drawn = 512

  /// Tables larger than this would cost more than they save.
  private static let tableLimit = 1 << 14
  /// No row is longer: 1 + "user" + 10 digits, and 5 bytes of duration.
  private static let rowLimit = 20
  /// Copies write whole table entries and so up to this much past a row's end.
  private static let slack = 16

  init(_ generator: EventGenerator, blockSize: Int) {
    options = generator.options
    random = generator.random
    self.blockSize = blockSize
    users = options.users <= Self.tableLimit ? (1...options.users).map(Self.encodedUser) : []
    let span = options.maximumDuration - options.minimumDuration
    durations =
      span < Self.tableLimit
      ? (options.minimumDuration...options.maximumDuration).map(Self.encodedDuration) : []
  }

  /// Bytes that the buffer for a block must have.
  var blockCapacity: Int { blockSize + Self.rowLimit + Self.slack }

  /// Encodes up to `limit` events, no more than fit a block, at the start of a buffer of at least `blockCapacity`.
  mutating func nextBlock(limit: Int, into buffer: UnsafeMutableRawBufferPointer) -> (rows: Int, size: Int) {
    var rows = 0
    var position = 0
    while rows < limit, position < blockSize {
      if drawn == draws.count { drawAhead() }
      let taken = draws.withUnsafeBufferPointer { draws in
        encode(draws[drawn..<min(draws.count, drawn + limit - rows)], at: &position, in: buffer)
      }
      rows += taken
      drawn += taken
    }
    return (rows, position)
  }

  private mutating func drawAhead() {
    let span = UInt64(options.maximumDuration - options.minimumDuration) + 1
    draws.withUnsafeMutableBufferPointer { random.fill($0, below: UInt64(options.users), span) }
    drawn = 0
  }

  /// Encodes rows until they or the block end.
  ///
  /// - Returns: how many were encoded.
  private func encode(
    _ draws: Slice<UnsafeBufferPointer<SIMD2<UInt32>>>, at position: inout Int,
    in buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    let draws = UnsafeBufferPointer(rebasing: draws)
    let minimum = options.minimumDuration
    let limit = blockSize
    var place = position
    var done = 0
    users.withUnsafeBufferPointer { users in
      durations.withUnsafeBufferPointer { durations in
        while done < draws.count, place < limit {
          let user = Int(draws[done].x)
          let id = user < users.count ? users[user] : Self.encodedUser(user + 1)
          (base + place).storeBytes(of: id.x, as: UInt64.self)
          (base + place + 8).storeBytes(of: id.y, as: UInt64.self)
          place &+= Int(id.y >> 56)
          let step = Int(draws[done].y)
          let word = step < durations.count ? durations[step] : Self.encodedDuration(minimum + step)
          (base + place).storeBytes(of: word, as: UInt64.self)
          place &+= Int(word >> 56)
          done &+= 1
        }
      }
    }
    position = place
    return done
  }

  private static func encodedUser(_ number: Int) -> SIMD2<UInt64> {
    var encoder = AvroEncoder()
    encoder.write(sized: "user\(number)".utf8)
    let bytes = encoder.bytes
    let length = UInt64(min(bytes.count, 15))
    return SIMD2(word(bytes.prefix(8)), word(bytes.prefix(15).dropFirst(8)) | length << 56)
  }

  private static func encodedDuration(_ value: Int) -> UInt64 {
    var encoder = AvroEncoder()
    encoder.write(Int64(value))
    return word(encoder.bytes.prefix(7)) | UInt64(min(encoder.bytes.count, 7)) << 56
  }

  /// Up to eight bytes as they lie in memory.
  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { word, byte in word << 8 | UInt64(byte) }.littleEndian
  }
}
