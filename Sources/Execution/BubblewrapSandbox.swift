/// Isolation by bubblewrap: namespaces of its own for files, processes, network, users and the rest; no capability;
/// of the machine's files only `/usr`, the runtime and the inputs, all read-only; one scratch folder in memory.
package struct BubblewrapSandbox: Sandbox {
  /// How the program loses the identity of the user who started this process.
  enum Identity: Sendable {
    /// Started by an ordinary user: the namespaces do it.
    case ownUser
    /// Started by root: the sandbox itself is started as another user, to whom the kernel's limits apply.
    case droppedUser(UInt32)
    /// Started by root on a machine where that other user may not make namespaces: root makes them, and the
    /// program changes to a user inside that no other run has, so that the limit on processes counts its own.
    case changedInside
  }

  /// The user that root becomes: `nobody` on every Linux.
  static let unprivilegedUser: UInt32 = 65534
  /// The only folder that a program can write to, its HOME and its working directory.
  static let scratchFolder = "/tmp"

  let executable: String
  let version: String
  let identity: Identity
  /// Whether this bubblewrap can forbid user namespaces inside.
  let forbidsUserNamespaces: Bool

  package var description: String {
    switch identity {
    case .ownUser: "bubblewrap \(version), user namespaces"
    case .droppedUser(let user): "bubblewrap \(version) as user \(user), user namespaces"
    case .changedInside:
      "bubblewrap \(version) as root without user namespaces, which this machine denies to other users"
    }
  }

  package func launchPlan(for program: SandboxedProgram) throws(ExecutionError) -> LaunchPlan {
    var command = BubblewrapCommand(sandbox: self, limits: program.limits)
    command.addSystem(isSupervised: program.isSupervisor)
    for path in program.runtimePaths { try command.addRuntime(path) }
    for file in program.files { try command.add(file) }
    for (name, value) in Self.environment + program.environment { try command.setVariable(name, to: value) }
    var plan = LaunchPlan(executable: executable, arguments: try command.finish(program))
    plan.passedFiles = command.passedFiles
    plan.stagedSources = command.stagedSources
    plan.staging = command.staging
    plan.streamOwner = command.insideUser
    if case .droppedUser(let user) = identity { plan.user = user }
    // The reading of the whole tree's time is exact; the kernel's limit a process only backs it up.
    plan.cpuSeconds = program.isSupervisor ? nil : program.limits.cpuSeconds + 1
    plan.isSupervisor = program.isSupervisor
    plan.fileBytes = program.limits.scratchBytes
    plan.openFiles = 1024
    plan.addressSpaceBytes = program.addressSpaceBytes
    return plan
  }

  /// All of the environment that a program sees, but for what its runtime needs.
  private static let environment: [(name: String, value: String)] = [
    ("PATH", "/usr/bin:/bin"), ("HOME", scratchFolder), ("TMPDIR", scratchFolder), ("LANG", "C.UTF-8"),
  ]
}
