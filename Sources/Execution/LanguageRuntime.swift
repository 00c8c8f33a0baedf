/// An interpreter of this machine.
package struct LanguageRuntime: Sendable, Equatable {
  package enum Name: String, Sendable, CaseIterable { case bun, deno, node, python }

  package var name: Name
  /// As the interpreter tells it: "20.20.2".
  package var version: String
  /// The interpreter itself, never a script that looks for it.
  package var executable: String
  /// What of this machine it needs beside `/usr`.
  package var paths: [String]

  package init(name: Name, version: String, executable: String, paths: [String]) {
    self.name = name
    self.version = version
    self.executable = executable
    self.paths = paths
  }

  /// What it runs; TypeScript on an older Node after the types were taken out.
  package var languages: [ProgramLanguage] { name == .python ? [.python] : [.typescript, .javascript] }

  /// Name and version in one: "node 20.20.2".
  package var description: String { "\(name.rawValue) \(version)" }

  private var versionNumber: (Int, Int) {
    let parts = version.split(separator: ".").map { Int($0) ?? 0 }
    return (parts.first ?? 0, parts.dropFirst().first ?? 0)
  }

  /// Whether TypeScript can be handed to it as it is.
  var takesTypeScript: Bool { name == .bun || name == .deno || (name == .node && versionNumber >= (22, 6)) }

  /// The command that runs a file in the sandbox.
  func command(for file: String, arguments: [String], limits: ExecutionLimits) -> [String] {
    let heap = "--max-old-space-size=\(limits.memoryBytes >> 20)"
    return switch name {
    case .bun: [executable, "run", "--no-install", file] + arguments
    case .deno: [executable, "run"] + Self.denoFlags + ["--v8-flags=\(heap)", file] + arguments
    case .node: [executable, heap] + nodeFlags(for: file) + [file] + arguments
    case .python: [executable, "-I", "-B", file] + arguments
    }
  }

  private func nodeFlags(for file: String) -> [String] {
    guard file.hasSuffix("ts"), versionNumber < (23, 6) else { return [] }
    return ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"]
  }

  /// No permission but for the sandbox's own folders, no question to anybody, nothing from a network or a registry.
  private static let denoFlags = [
    "--quiet", "--no-prompt", "--no-remote", "--no-npm", "--no-check", "--no-lock", "--no-config",
    "--allow-read=/program,/input,\(BubblewrapSandbox.scratchFolder)",
    "--allow-write=\(BubblewrapSandbox.scratchFolder)",
  ]

  /// What the runtime itself wants to find in the environment.
  var environment: [(name: String, value: String)] {
    switch name {
    case .bun: [("DO_NOT_TRACK", "1"), ("BUN_RUNTIME_TRANSPILER_CACHE_PATH", "0")]
    case .deno:
      [("DENO_DIR", "\(BubblewrapSandbox.scratchFolder)/.deno"), ("DENO_NO_UPDATE_CHECK", "1"), ("NO_COLOR", "1")]
    case .node, .python: []
    }
  }
}
