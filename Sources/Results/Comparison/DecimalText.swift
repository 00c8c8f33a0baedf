#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers in sentences.
enum DecimalText {
  /// With a fixed count of decimals, rounded as C's `printf` does; `–` for what is no number.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return "–" }
    return withVaList([Int32(decimals), value]) { list in
      var buffer = [CChar](repeating: 0, count: 340 + decimals)
      let count = vsnprintf(&buffer, buffer.count, "%.*f", list)
      return String(decoding: buffer.prefix(max(0, Int(count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
