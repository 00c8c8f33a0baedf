import Avro
import SeededRandom

/// Encodes random events straight into a block's bytes. What can be encoded once is: the users' ids and the
/// durations stand ready in tables, and a row is two copies.
struct EventBlockEncoder {
  private let options: EventGenerator.Options
  private var random: SeededGenerator
  private let buffer: AvroBuffer
  private let blockSize: Int
  /// Sixteen bytes a user: length, id, and in the last byte how many of them count.
  private let users: [SIMD16<UInt8>]
  /// Eight bytes a duration: the number, and in the last byte how many of them count.
  private let durations: [UInt64]

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
    buffer = AvroBuffer(capacity: blockSize + Self.rowLimit + Self.slack)
    users = options.users <= Self.tableLimit ? (1...options.users).map(Self.encodedUser) : []
    let span = options.maximumDuration - options.minimumDuration
    durations =
      span < Self.tableLimit
      ? (options.minimumDuration...options.maximumDuration).map(Self.encodedDuration) : []
  }

  /// Encodes up to `limit` events, no more than fit a block.
  ///
  /// - Returns: the rows and their bytes, valid until the next call.
  mutating func nextBlock(limit: Int) -> (rows: Int, data: UnsafeRawBufferPointer) {
    guard let base = buffer.bytes.baseAddress else { return (0, UnsafeRawBufferPointer(buffer.bytes)) }
    let userCount = UInt64(options.users)
    let minimum = options.minimumDuration
    let span = UInt64(options.maximumDuration - minimum) + 1
    var local = random
    var rows = 0
    var position = 0
    users.withUnsafeBufferPointer { users in
      durations.withUnsafeBufferPointer { durations in
        while rows < limit, position < blockSize {
          let user = Int(local.next(below: userCount))
          let id = user < users.count ? users[user] : Self.encodedUser(user + 1)
          (base + position).storeBytes(of: id, as: SIMD16<UInt8>.self)
          position += Int(id[15])
          let step = Int(local.next(below: span))
          let word = step < durations.count ? durations[step] : Self.encodedDuration(minimum + step)
          (base + position).storeBytes(of: word, as: UInt64.self)
          position += Int(word >> 56)
          rows += 1
        }
      }
    }
    random = local
    return (rows, buffer.prefix(position))
  }

  private static func encodedUser(_ number: Int) -> SIMD16<UInt8> {
    var encoder = AvroEncoder()
    encoder.write(sized: "user\(number)".utf8)
    var entry = SIMD16<UInt8>()
    for (index, byte) in encoder.bytes.prefix(15).enumerated() { entry[index] = byte }
    entry[15] = UInt8(min(encoder.bytes.count, 15))
    return entry
  }

  private static func encodedDuration(_ value: Int) -> UInt64 {
    var encoder = AvroEncoder()
    encoder.write(Int64(value))
    var entry: UInt64 = 0
    for byte in encoder.bytes.prefix(7).reversed() { entry = entry << 8 | UInt64(byte) }
    return entry | UInt64(min(encoder.bytes.count, 7)) << 56
  }
}
