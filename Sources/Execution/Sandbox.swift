/// Something that turns a program into a process that can do no harm.
package protocol Sandbox: Sendable {
  /// One line for people: which program, which version, how isolated.
  var description: String { get }

  /// Describes the process that runs the program in isolation. Starts nothing.
  ///
  /// - Throws: ``ExecutionError`` with `invalidRequest` when a file cannot be read or a path cannot be used.
  func launchPlan(for program: SandboxedProgram) throws(ExecutionError) -> LaunchPlan
}

/// A program as a sandbox sees it.
package struct SandboxedProgram: Sendable {
  /// The command inside, the full path of its executable first.
  package var arguments: [String]
  package var environment: [(name: String, value: String)]
  /// Files and folders of this machine that the runtime needs, at the same path inside. What lies below `/usr` is
  /// there anyway.
  package var runtimePaths: [String]
  package var files: [InputFile]
  package var limits: ExecutionLimits
  /// A limit on each process's address space in bytes, for runtimes that bear one.
  package var addressSpaceBytes: Int?
  /// Whether it is trusted to start the programs that are not, each under limits that it sets: it is the sandbox's
  /// first process then, which those cannot kill, and no limit on time or processes is set for it.
  package var isSupervisor: Bool

  package init(
    arguments: [String], environment: [(name: String, value: String)] = [], runtimePaths: [String] = [],
    files: [InputFile] = [], limits: ExecutionLimits = ExecutionLimits(), addressSpaceBytes: Int? = nil,
    isSupervisor: Bool = false
  ) {
    self.arguments = arguments
    self.environment = environment
    self.runtimePaths = runtimePaths
    self.files = files
    self.limits = limits
    self.addressSpaceBytes = addressSpaceBytes
    self.isSupervisor = isSupervisor
  }
}
