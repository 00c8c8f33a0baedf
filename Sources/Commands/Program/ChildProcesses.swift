#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The processes that this one started.
enum ChildProcesses {
  /// Kills all descendants that the system names; where it names none, nothing happens.
  static func killAll() {
    #if os(Linux)
      for child in children(of: getpid(), depth: 8) { kill(child, SIGKILL) }
    #endif
  }

  #if os(Linux)
    /// Descendants, parents before children, from `/proc/PID/task/TID/children`.
    private static func children(of process: Int32, depth: Int) -> [Int32] {
      guard depth > 0, let folder = opendir("/proc/\(process)/task") else { return [] }
      defer { closedir(folder) }
      var found: [Int32] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard Int32(name) != nil, let text = try? LocalFile.read("/proc/\(process)/task/\(name)/children") else {
          continue
        }
        for child in text.split(separator: " ").compactMap({ Int32($0) }) where child != process {
          found += [child] + children(of: child, depth: depth - 1)
        }
      }
      return found
    }
  #endif
}
