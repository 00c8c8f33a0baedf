#if os(Linux)
  import Glibc

  /// Readings of a process and all its descendants from `/proc`.
  struct ProcessTree {
    /// The process at the root of the tree.
    let root: pid_t

    struct Reading {
      var cpuSeconds = 0.0
      /// Resident memory; what processes share is counted once for each.
      var residentBytes = 0
      var processes: [pid_t] = []
    }

    private static let ticksPerSecond = Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
    private static let pageBytes = max(sysconf(Int32(_SC_PAGESIZE)), 1)
    /// Beyond this many processes the reading stops: what it found is far over any limit.
    private static let mostProcesses = 20_000

    func read() -> Reading {
      var reading = Reading()
      var pending = [root]
      while let pid = pending.popLast(), reading.processes.count < Self.mostProcesses {
        guard let cpuSeconds = Self.cpuSeconds(of: pid) else { continue }
        reading.processes.append(pid)
        reading.cpuSeconds += cpuSeconds
        reading.residentBytes += Self.residentBytes(of: pid)
        pending += Self.children(of: pid)
      }
      return reading
    }

    /// Memory of the processes with shared pages counted once in all. Slower than ``read()``.
    static func proportionalBytes(of processes: [pid_t]) -> Int {
      processes.reduce(0) { $0 + (proportionalBytes(of: $1) ?? residentBytes(of: $1)) }
    }

    private static func proportionalBytes(of pid: pid_t) -> Int? {
      for line in text("/proc/\(pid)/smaps_rollup").split(separator: "\n") where line.hasPrefix("Pss:") {
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
      }
      return nil
    }

    private static func residentBytes(of pid: pid_t) -> Int {
      let fields = text("/proc/\(pid)/statm").split(separator: " ")
      return fields.count > 1 ? (Int(fields[1]) ?? 0) * pageBytes : 0
    }

    /// User and system time, with that of children already collected: over a whole tree each second counts once.
    private static func cpuSeconds(of pid: pid_t) -> Double? {
      let stat = text("/proc/\(pid)/stat")
      // The name may hold spaces and parentheses, so the fields are counted after its end.
      guard let nameEnd = stat.lastIndex(of: ")") else { return nil }
      let fields = stat[nameEnd...].split(separator: " ")
      guard fields.count > 15 else { return nil }
      return fields[12...15].reduce(0.0) { $0 + (Double($1) ?? 0) } / ticksPerSecond
    }

    private static func children(of pid: pid_t) -> [pid_t] {
      let folder = "/proc/\(pid)/task"
      guard let listing = opendir(folder) else { return [] }
      defer { closedir(listing) }
      var children: [pid_t] = []
      while let entry = readdir(listing) {
        let thread = withUnsafeBytes(of: entry.pointee.d_name) { name in
          Int(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
        }
        guard let thread else { continue }
        children += text("\(folder)/\(thread)/children").split(separator: " ").compactMap { pid_t($0) }
      }
      return children
    }

    /// The content of a small file; empty when it cannot be read.
    static func text(_ path: String) -> String {
      let file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { return "" }
      defer { close(file) }
      return withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 1) { buffer in
        var bytes: [UInt8] = []
        while case let count = Glibc.read(file, buffer.baseAddress, buffer.count), count > 0 {
          bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }
#endif
