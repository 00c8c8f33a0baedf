#if os(Linux)
  import Glibc
  import Synchronization

  /// A control group of one run: the kernel's own limit on the memory of all its processes together.
  final class MemoryGroup: Sendable {
    private let path: String
    private let version: MemoryGroups.Version

    fileprivate init(path: String, version: MemoryGroups.Version) {
      self.path = path
      self.version = version
    }

    deinit { remove() }

    /// The file through which a process enters; nil when it cannot be opened any more.
    func openEntrance() -> Descriptor? {
      let file = open("\(path)/cgroup.procs", O_WRONLY | O_CLOEXEC)
      return file >= 0 ? Descriptor(file) : nil
    }

    /// How often the kernel has killed a process here because of the limit.
    var killCount: Int {
      let text = ProcessTree.text("\(path)/\(version == .one ? "memory.oom_control" : "memory.events")")
      for line in text.split(separator: "\n") where line.hasPrefix("oom_kill ") {
        return Int(line.dropFirst("oom_kill ".count)) ?? 0
      }
      return 0
    }

    /// The most memory in use at one time, where the kernel says.
    var peakBytes: Int? {
      let text = ProcessTree.text("\(path)/\(version == .one ? "memory.max_usage_in_bytes" : "memory.peak")")
      return text.split(separator: "\n").first.flatMap { Int($0) }
    }

    /// Removes the group, for which every process must have left it. The kernel may need a moment for the last one.
    private func remove() {
      for attempt in 0..<200 {
        if rmdir(path) == 0 || errno != EBUSY { return }
        for line in ProcessTree.text("\(path)/cgroup.procs").split(separator: "\n") {
          if let pid = pid_t(line), pid > 1 { kill(pid, SIGKILL) }
        }
        usleep(attempt < 20 ? 1_000 : 10_000)
      }
    }
  }

  /// Where groups for runs can be made.
  final class MemoryGroups: Sendable {
    enum Version: Sendable { case one, two }

    private let parent: String
    private let version: Version
    /// Of the whole process, for the groups of all executors lie side by side.
    private static let counter = Atomic<Int>(0)
    private static let prefix = "llmbench-"

    private init(parent: String, version: Version) {
      self.parent = parent
      self.version = version
      removeLeftovers()
    }

    /// Finds a place where this process may make groups with a memory limit and move children into them; nil
    /// without the rights for it, which is usual for an ordinary user.
    static func detect() -> MemoryGroups? {
      for (parent, version) in candidates() {
        let groups = MemoryGroups(parent: parent, version: version)
        if groups.acceptsProcesses() {
          return groups
        }
      }
      return nil
    }

    /// A group with the limit; nil when the kernel refuses.
    func make(limitBytes: Int) -> MemoryGroup? {
      let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
      let path = "\(parent)/\(Self.prefix)\(getpid())-\(number)"
      guard mkdir(path, 0o755) == 0 else { return nil }
      let group = MemoryGroup(path: path, version: version)
      switch version {
      case .one:
        guard Self.write("\(limitBytes)", to: "\(path)/memory.limit_in_bytes") else { return nil }
        // Absent where swap is not accounted for.
        _ = Self.write("\(limitBytes)", to: "\(path)/memory.memsw.limit_in_bytes")
      case .two:
        guard Self.write("\(limitBytes)", to: "\(path)/memory.max") else { return nil }
        _ = Self.write("0", to: "\(path)/memory.swap.max")
        _ = Self.write("1", to: "\(path)/memory.oom.group")
      }
      return group
    }

    /// Whether a child can really be moved: rights on the common ancestor are needed too, and only a trial tells.
    private func acceptsProcesses() -> Bool {
      guard let group = make(limitBytes: 64 << 20), let entrance = group.openEntrance() else { return false }
      let plan = LaunchPlan(executable: "/bin/true", arguments: ["true"])
      return (try? SpawnedProcess.runToEnd(plan, groups: [entrance.number])) == 0
    }

    private static func candidates() -> [(String, Version)] {
      let memberships = ProcessTree.text("/proc/self/cgroup").split(separator: "\n").map {
        $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      }
      var candidates: [(String, Version)] = []
      for mount in ProcessTree.text("/proc/self/mounts").split(separator: "\n") {
        let fields = mount.split(separator: " ").map(String.init)
        guard fields.count > 3 else { continue }
        let root = fields[1]
        if fields[2] == "cgroup", fields[3].split(separator: ",").contains("memory") {
          let own = memberships.first { $0.count == 3 && $0[1].split(separator: ",").contains("memory") }?[2] ?? "/"
          candidates.append((versionOneParent(root: root, own: own), .one))
        } else if fields[2] == "cgroup2" {
          let own = memberships.first { $0.count == 3 && $0[1].isEmpty }?[2] ?? "/"
          let above = own.split(separator: "/").dropLast().joined(separator: "/")
          candidates += [("\(root)\(own)", .two), ("\(root)/\(above)", .two)]
        }
      }
      return candidates
    }

    /// The top of the hierarchy, unless this process lives under a limit: then its own group, so as not to leave it.
    private static func versionOneParent(root: String, own: String) -> String {
      let limit = ProcessTree.text("\(root)\(own)/memory.limit_in_bytes").split(separator: "\n").first
      guard let limit, let bytes = UInt64(limit), bytes < 1 << 60 else { return root }
      return "\(root)\(own)"
    }

    /// Removes groups of processes that have ended without doing so themselves.
    private func removeLeftovers() {
      guard let listing = opendir(parent) else { return }
      defer { closedir(listing) }
      while let entry = readdir(listing) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { name in
          String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard name.hasPrefix(Self.prefix) else { continue }
        let owner = name.dropFirst(Self.prefix.count).split(separator: "-").first.flatMap { pid_t($0) }
        if let owner, kill(owner, 0) != 0, errno == ESRCH { rmdir("\(parent)/\(name)") }
      }
    }

    private static func write(_ text: String, to path: String) -> Bool {
      let file = open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { return false }
      defer { close(file) }
      return text.utf8.withContiguousStorageIfAvailable { Glibc.write(file, $0.baseAddress, $0.count) == $0.count }
        ?? false
    }
  }
#endif
