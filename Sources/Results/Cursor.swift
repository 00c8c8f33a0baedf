import Contract

/// Where the next page begins, as an opaque string: the kind of list and the last row's key, in hexadecimal.
struct PageCursor {
  enum Kind: String {
    case runs = "r"
    case samples = "s"
    case flips = "f"
  }

  static func encode(_ kind: Kind, _ key: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let hex = key.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return kind.rawValue + String(decoding: hex, as: UTF8.self)
  }

  /// - Throws: `invalidParams` for a string that ``encode(_:_:)`` did not make for this kind of list.
  static func decode(_ kind: Kind, _ cursor: String) throws(ServiceError) -> String {
    guard cursor.hasPrefix(kind.rawValue), let key = key(Array(cursor.utf8.dropFirst())) else { throw invalid(cursor) }
    return key
  }

  static func invalid(_ cursor: String) -> ServiceError {
    .invalidParameter(
      "/cursor", "\"\(cursor.prefix(80))\" is no nextCursor of this list: leave cursor out to start at its top.")
  }

  private static func key(_ hex: [UInt8]) -> String? {
    guard hex.count.isMultiple(of: 2) else { return nil }
    func value(_ digit: UInt8) -> UInt8? {
      switch digit {
      case 48...57: digit - 48
      case 97...102: digit - 87
      default: nil
      }
    }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: hex.count, by: 2) {
      guard let high = value(hex[index]), let low = value(hex[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

/// - Throws: `invalidParams` for a page size outside 1…1000.
func pageLimit(_ limit: Int?, default defaultLimit: Int) throws(ServiceError) -> Int {
  let limit = limit ?? defaultLimit
  guard (1...1000).contains(limit) else {
    throw .invalidParameter("/limit", "limit is \(limit): give a number from 1 to 1000.")
  }
  return limit
}
