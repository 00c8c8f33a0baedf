import Contract
import JSON
import Prices

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The prices of this service: those that come with the program, under those of the file that `LLMBENCH_PRICES` names.
struct PriceSource: Sendable {
  private let path: String?

  init(environment: [String: String]) {
    path = environment["LLMBENCH_PRICES"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Reads the file anew, so that a server that runs for weeks takes a change.
  ///
  /// - Throws: ``ServiceError`` of kind `fileNotFound`, `fileUnreadable` or `invalidData`.
  func book() throws(ServiceError) -> PriceBook {
    guard let path else { return .builtIn }
    return .builtIn.overridden(by: try PriceFile.prices(read(path), name: path))
  }

  /// A price list is small: what is larger than this is something else.
  private static let largestBytes = 16 << 20

  private func read(_ path: String) throws(ServiceError) -> String {
    guard let file = fopen(path, "re") else { throw unreadable(path, errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= Self.largestBytes {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer.prefix(count)
    }
    if ferror(file) != 0 { throw unreadable(path, errno) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func unreadable(_ path: String, _ code: Int32) -> ServiceError {
    ServiceError(
      code == ENOENT || code == ENOTDIR ? .fileNotFound : .fileUnreadable,
      "The prices '\(path)', which LLMBENCH_PRICES names, cannot be read: \(String(cString: strerror(code))).",
      details: ["path": .string(path)])
  }
}
