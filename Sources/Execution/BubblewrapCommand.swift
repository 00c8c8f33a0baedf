import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The arguments of one bubblewrap command with the files it is to be handed.
struct BubblewrapCommand {
  private(set) var passedFiles: [LaunchPlan.PassedFile] = []
  private(set) var stagedSources: [String] = []
  private(set) var staging: String?
  private let sandbox: BubblewrapSandbox
  private let limits: ExecutionLimits
  private var arguments = ["bwrap"]
  private var boundFolders: [String] = []
  private var madeFolders: Set<String> = []
  private var setting: [String] = []

  init(sandbox: BubblewrapSandbox, limits: ExecutionLimits) {
    self.sandbox = sandbox
    self.limits = limits
    insideUser =
      switch sandbox.identity {
      case .ownUser: nil
      case .droppedUser(let user): user
      case .changedInside: Self.freshUser()
      }
  }

  private static let usersMade = Atomic<UInt32>(0)

  /// A user that nobody has, from a range far above those that are given to people and containers.
  private static func freshUser() -> UInt32 {
    let number = usersMade.wrappingAdd(1, ordering: .relaxed).newValue
    return 1_900_000_000 + (UInt32(truncatingIfNeeded: getpid()) &* 1021 &+ number) % 50_000_000
  }

  /// The user that the program runs as, when that is not the user of this process.
  let insideUser: UInt32?

  private var usesUserNamespace: Bool {
    if case .changedInside = sandbox.identity { return false }
    return true
  }

  /// Namespaces, capabilities, the machine's read-only folders and the scratch folder.
  mutating func addSystem(isSupervised: Bool) {
    // Without --cap-drop a program started by root could mount the machine's files writable; without
    // --die-with-parent it would outlive a killed bubblewrap.
    arguments += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    arguments += ["--die-with-parent", "--new-session", "--hostname", "sandbox", "--cap-drop", "ALL"]
    // The kernel sends the signal of --die-with-parent in the name of the parent, which has no right to it once the
    // program has become another user. bubblewrap's own first process stays the same user, and with it go all. A
    // supervisor instead is the first process, and notices by its input that nobody is there any more.
    if usesUserNamespace || isSupervised { arguments += ["--as-pid-1"] }
    if usesUserNamespace {
      arguments += ["--unshare-user"]
      if sandbox.forbidsUserNamespaces { arguments += ["--disable-userns"] }
    } else {
      // For setpriv, which gives them all up before the program starts.
      for capability in ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"] { arguments += ["--cap-add", capability] }
    }
    arguments += ["--json-status-fd", "\(LaunchPlan.statusDescriptor)"]
    if let filter = SeccompFilter.standard { arguments += ["--seccomp", "\(pass(.bytes(filter)))"] }
    arguments += ["--ro-bind", "/usr", "/usr"]
    for name in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] {
      if let target = HostFile.symbolicLinkTarget("/\(name)") {
        arguments += ["--symlink", target, "/\(name)"]
      } else if HostFile.exists("/\(name)") {
        arguments += ["--ro-bind", "/\(name)", "/\(name)"]
      }
    }
    // Where a distribution's alternatives and the linker's cache live; neither holds a secret.
    for path in ["/etc/alternatives", "/etc/ld.so.cache"] { arguments += ["--ro-bind-try", path, path] }
    arguments += ["--proc", "/proc"]
    addDevices()
    arguments += ["--perms", "1777", "--size", "\(limits.scratchBytes)", "--tmpfs", BubblewrapSandbox.scratchFolder]
    for folder in ["/program", "/input"] { arguments += ["--perms", "0755", "--dir", folder] }
  }

  /// bubblewrap's own `--dev` would leave a `/dev/shm` of half the machine's memory.
  private mutating func addDevices() {
    arguments += ["--perms", "0755", "--size", "65536", "--tmpfs", "/dev"]
    for device in ["null", "zero", "full", "random", "urandom"] {
      arguments += ["--dev-bind", "/dev/\(device)", "/dev/\(device)"]
    }
    for (index, name) in ["stdin", "stdout", "stderr"].enumerated() {
      arguments += ["--symlink", "/proc/self/fd/\(index)", "/dev/\(name)"]
    }
    arguments += ["--symlink", "/proc/self/fd", "/dev/fd", "--symlink", BubblewrapSandbox.scratchFolder, "/dev/shm"]
    arguments += ["--remount-ro", "/dev"]
  }

  /// Binds a file or folder of the runtime at its own path.
  mutating func addRuntime(_ path: String) throws(ExecutionError) {
    guard let real = HostFile.realPath(path) else {
      throw ExecutionError(.runtimeMissing, "\(path) has disappeared: install the runtime again")
    }
    for target in Set([path, real]) where !isBelowSystem(target) && !boundFolders.contains(target) {
      boundFolders.append(target)
      addFolders(above: target)
      arguments += ["--ro-bind", try reachable(real), target]
    }
  }

  /// Makes the folders on the way to a path, which bubblewrap would keep to their owner.
  private mutating func addFolders(above path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      let isBound = boundFolders.contains { folder == $0 || folder.hasPrefix("\($0)/") }
      if !isBound, folder != BubblewrapSandbox.scratchFolder, !madeFolders.contains(folder) {
        madeFolders.insert(folder)
        arguments += ["--perms", "0755", "--dir", folder]
      }
    }
  }

  mutating func add(_ file: InputFile) throws(ExecutionError) {
    guard file.hasAcceptablePath else {
      throw ExecutionError(
        .invalidRequest, "an input file must lie below /input or /program in the sandbox, not at \(file.path)")
    }
    switch file.source {
    case .bytes(let bytes): copy(.bytes(bytes), to: file.path)
    case .hostFile(let path):
      guard let real = HostFile.realPath(path), HostFile.isRegularFile(real), HostFile.isReadable(real) else {
        throw ExecutionError(.invalidRequest, "cannot read \(path): it must be a file that you may read")
      }
      if let user = insideUser, !HostFile.isReachable(real, by: user) {
        copy(.hostFile(real), to: file.path)
      } else {
        arguments += ["--ro-bind", real, file.path]
      }
    }
  }

  mutating func setVariable(_ name: String, to value: String) throws(ExecutionError) {
    try check(name)
    try check(value)
    setting += ["--setenv", name, value]
  }

  /// The whole command, in which a shell sets the limit on processes, starts the program, and hides its own words
  /// about the program's end. The limit is set inside because the kernel then counts the sandbox's processes alone.
  func finish(_ program: SandboxedProgram) throws(ExecutionError) -> [String] {
    let command = program.arguments
    for argument in command { try check(argument) }
    let script = """
      exec 3>&2 2>/dev/null; ulimit -u \(limits.processes + 1) || ulimit -p \(limits.processes + 1) || exit 125; \
      (exec "$@" 2>&3 3>&-); exit $?
      """
    var change: [String] = []
    if case .changedInside = sandbox.identity, let user = insideUser {
      change = [
        "/usr/bin/setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "--inh-caps=-all",
        "--bounding-set=-all", "--no-new-privs", "--",
      ]
    }
    let ending = ["--remount-ro", "/", "--chdir", BubblewrapSandbox.scratchFolder, "--"]
    if program.isSupervisor { return arguments + setting + ending + change + command }
    return arguments + setting + ending + change + ["/bin/sh", "-c", script, "sh"] + command
  }

  // MARK: - Parts

  private func check(_ text: String) throws(ExecutionError) {
    guard !text.utf8.contains(0) else {
      throw ExecutionError(.invalidRequest, "an argument or path holds a NUL character: remove it")
    }
  }

  private func isBelowSystem(_ path: String) -> Bool { path == "/usr" || path.hasPrefix("/usr/") }

  /// Copies the content into the sandbox, whose root is made read-only at the end. A bound copy would do too, but
  /// its file has no name any more and Bun looks for that.
  private mutating func copy(_ file: LaunchPlan.PassedFile, to path: String) {
    arguments += ["--perms", "0444", "--file", "\(pass(file))", path]
  }

  private mutating func pass(_ file: LaunchPlan.PassedFile) -> Int {
    passedFiles.append(file)
    return LaunchPlan.firstPassedDescriptor + passedFiles.count - 1
  }

  /// A path at which the sandbox's user finds the runtime, which may lie in root's home.
  private mutating func reachable(_ path: String) throws(ExecutionError) -> String {
    guard case .droppedUser(let user) = sandbox.identity, !HostFile.isReachable(path, by: user) else { return path }
    let staging =
      staging ?? ["/mnt", "/media", "/srv", "/opt"].first { HostFile.exists($0) && !path.hasPrefix("\($0)/") }
    guard let staging else {
      throw ExecutionError(
        .sandboxUnavailable, "user \(user) may not read \(path): install the runtime in /usr/local")
    }
    self.staging = staging
    stagedSources.append(path)
    return "\(staging)/\(stagedSources.count - 1)"
  }
}
