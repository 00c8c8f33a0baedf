#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Names one process beyond the reuse of its number, so that a run whose process is gone can be told from one that is
/// under way.
package struct ProcessIdentity: Sendable, Equatable {
  package var pid: Int32
  /// Clock ticks from boot to the start of the process; nil where the system does not tell.
  package var start: String?
  /// Differs after every boot.
  package var boot: String?
  /// The container's namespace of process numbers.
  package var namespace: String?

  package init(pid: Int32, start: String?, boot: String?, namespace: String?) {
    self.pid = pid
    self.start = start
    self.boot = boot
    self.namespace = namespace
  }

  /// This process.
  package static let current = ProcessIdentity(
    pid: getpid(), start: procStat(getpid())?.start, boot: currentBoot, namespace: currentNamespace)

  package enum Liveness: Sendable {
    case alive, dead
    /// It belongs to another container, whose processes cannot be seen from here.
    case unknown
  }

  package var liveness: Liveness {
    if let boot, let current = Self.currentBoot, boot != current { return .dead }
    if let namespace, let current = Self.currentNamespace, namespace != current { return .unknown }
    if kill(pid, 0) != 0, errno == ESRCH { return .dead }
    guard let found = Self.procStat(pid) else { return .alive }
    // A zombie has ended; only its parent has not looked yet.
    if found.state == "Z" || found.state == "X" { return .dead }
    return start == nil || start == found.start ? .alive : .dead
  }

  #if os(Linux)
    private static let currentBoot = text("/proc/sys/kernel/random/boot_id")
    private static let currentNamespace: String? = {
      var target = [CChar](repeating: 0, count: 128)
      let count = readlink("/proc/self/ns/pid", &target, target.count - 1)
      return count > 0 ? String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }()

    /// State and start of a process: fields 3 and 22 of proc_pid_stat(5). The name before them may hold anything, so
    /// they are counted from its closing parenthesis.
    private static func procStat(_ pid: Int32) -> (state: String, start: String)? {
      guard let line = text("/proc/\(pid)/stat"), let end = line.lastIndex(of: ")") else { return nil }
      let fields = line[line.index(after: end)...].split(separator: " ")
      return fields.count > 19 ? (String(fields[0]), String(fields[19])) : nil
    }

    private static func text(_ path: String) -> String? {
      guard let bytes = readFile(path, limit: 4096), !bytes.isEmpty else { return nil }
      return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
  #else
    private static let currentBoot: String? = nil
    private static let currentNamespace: String? = nil
    private static func procStat(_ pid: Int32) -> (state: String, start: String)? { nil }
  #endif
}
