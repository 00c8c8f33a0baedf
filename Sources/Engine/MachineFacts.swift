import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a run is stored with, so that timings can be understood later. Names no user and no host.
enum MachineFacts {
  static let current: JSONObject = {
    var system = utsname()
    uname(&system)
    return [
      "system": .string(text(system.sysname)),
      "kernel": .string(text(system.release)),
      "architecture": .string(text(system.machine)),
      "cores": .integer(Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
      "memoryBytes": .integer(Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE)))),
      "processor": processor.map(JSONValue.string) ?? .null,
    ]
  }()

  private static func text<Tuple>(_ characters: Tuple) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// The model name of the first processor in Linux's `/proc/cpuinfo`; nil elsewhere.
  private static var processor: String? {
    guard let file = fopen("/proc/cpuinfo", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix("model name"), let colon = text.firstIndex(of: ":") else { continue }
      return String(text[text.index(after: colon)...].drop { $0 == " " }.prefix { $0 != "\n" })
    }
    return nil
  }
}
