/// Where Python's packages lie.
enum PythonPackages {
  /// Those of the active virtual environment, of `.venv` in the working folder and above this program, and the system's.
  static func folders(_ environment: [String: String]) -> [String] {
    let local = FileSystem.realPath(".").map { ["\($0)/.venv"] } ?? []
    let program =
      FileSystem.realPath("/proc/self/exe").map { FileSystem.ancestors(of: $0).dropFirst().map { "\($0)/.venv" } } ?? []
    let environments = (environment["VIRTUAL_ENV"].map { [$0] } ?? []) + local + program + ["/usr/local", "/usr"]
    return environments.flatMap { folder in
      FileSystem.names(in: "\(folder)/lib").filter { $0.hasPrefix("python3") }.flatMap { python in
        ["site-packages", "dist-packages"].map { "\(folder)/lib/\(python)/\($0)" }.filter(FileSystem.isFolder)
      }
    }
  }
}
