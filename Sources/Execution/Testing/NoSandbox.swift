#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// No isolation at all: a program that is tested can read and change whatever the user who runs it can. Only for
/// people who ask for it by name, on a machine that may be lost; limits on time, output and processes hold as far as a
/// program does not work against them.
///
/// Tests of Python programs alone are run this way.
package struct NoSandbox: Sandbox {
  package init() {}

  /// What becomes of root where the interpreter lies in reach of others.
  private static let unprivilegedUser: UInt32 = 65534

  package var description: String {
    "NO SANDBOX: programs run with \(geteuid() == 0 ? "root's" : "your own") rights, files and network"
  }

  package func launchPlan(for program: SandboxedProgram) throws(ExecutionError) -> LaunchPlan {
    let files = program.files
    guard program.isSupervisor, files.count == 1, let driver = files.first, case .bytes(let bytes) = driver.source,
      let executable = program.arguments.first
    else {
      throw ExecutionError(
        .sandboxUnavailable,
        "only tests of Python programs are run without a sandbox: install bubblewrap (apt-get install bubblewrap)")
    }
    let path = "/proc/self/fd/\(LaunchPlan.firstPassedDescriptor)"
    var plan = LaunchPlan(
      executable: executable, arguments: program.arguments.map { $0 == driver.path ? path : $0 })
    plan.passedFiles = [.bytes(bytes)]
    plan.environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "LANG=C.UTF-8"]
    plan.fileBytes = program.limits.scratchBytes
    plan.openFiles = 1024
    plan.isSupervisor = true
    if geteuid() == 0, program.runtimePaths.allSatisfy({ HostFile.isReachable($0, by: Self.unprivilegedUser) }) {
      plan.user = Self.unprivilegedUser
    }
    return plan
  }
}

extension CodeExecutor {
  /// An executor that isolates nothing: see ``NoSandbox``. The caller says so loudly, and stores it with the results.
  package static func withoutSandbox(environment: [String: String]) async -> CodeExecutor {
    CodeExecutor(catalog: await RuntimeCatalog.detect(environment: environment), sandbox: NoSandbox())
  }
}
