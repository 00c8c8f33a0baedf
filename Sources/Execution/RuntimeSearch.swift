#if os(Linux)
  import Glibc

  /// Looks for one interpreter. Blocks: for threads of ``RunThread``.
  struct RuntimeSearch {
    let name: LanguageRuntime.Name
    let environment: [String: String]

    func firstThatWorks() -> LanguageRuntime? {
      for candidate in candidates() {
        let runtime = name == .python ? python(candidate) : javaScript(candidate)
        if let runtime { return runtime }
      }
      return nil
    }

    private func candidates() -> [String] {
      let command = name == .python ? "python3" : name.rawValue
      if let chosen = environment["LLMBENCH_\(name.rawValue.uppercased())"], !chosen.isEmpty { return [chosen] }
      let path = [environment["PATH"] ?? "", environment["VIRTUAL_ENV"].map { "\($0)/bin" } ?? "", localFolder]
      return HostFile.find(command, inPath: (path + ["/usr/local/bin", "/usr/bin"]).joined(separator: ":"))
    }

    private var localFolder: String { HostFile.realPath(".").map { "\($0)/.venv/bin" } ?? "" }

    /// Bun, Deno and Node are each one file.
    private func javaScript(_ candidate: String) -> LanguageRuntime? {
      guard let executable = program(behind: candidate) else { return nil }
      let words = ask(executable, ["--version"]).split(whereSeparator: \.isWhitespace)
      // Deno puts its name before the number, Node a "v".
      guard let version = words.first(where: { $0.contains(".") })?.drop(while: { $0 == "v" }), !version.isEmpty
      else { return nil }
      return LanguageRuntime(
        name: name, version: String(version), executable: executable, paths: [executable])
    }

    /// The interpreter that a script, as version managers install it, ends up starting.
    private func program(behind candidate: String) -> String? {
      guard let real = HostFile.realPath(candidate) else { return nil }
      if HostFile.isCompiledProgram(real) { return real }
      let question: [String]
      switch name {
      case .bun: question = ["-e", "console.log(process.execPath)"]
      case .deno: question = ["eval", "console.log(Deno.execPath())"]
      case .node, .python: question = ["-p", "process.execPath"]
      }
      let answer = ask(candidate, question).split(separator: "\n").first.flatMap { HostFile.realPath(String($0)) }
      return answer.flatMap { HostFile.isCompiledProgram($0) ? $0 : nil }
    }

    /// Python needs its library, which lies below its prefix, and in a virtual environment the one below that too.
    private func python(_ candidate: String) -> LanguageRuntime? {
      let question = """
        import platform, sys
        print(platform.python_version(), sys.executable, sys.prefix, sys.base_prefix, sep='\\n')
        """
      let lines = ask(candidate, ["-I", "-c", question]).split(separator: "\n").map(String.init)
      guard lines.count == 4, HostFile.isExecutable(lines[1]), lines[3] != "/" else { return nil }
      let interpreter = HostFile.realPath(lines[1]).map { [$0] } ?? []
      let paths = Set(lines[2...] + interpreter.filter { !$0.hasPrefix("\(lines[3])/") })
      return LanguageRuntime(
        name: .python, version: lines[0], executable: lines[1], paths: paths.sorted())
    }

    private func ask(_ executable: String, _ arguments: [String]) -> String {
      (try? HostCommand.run(executable, arguments, environment: environment)) ?? ""
    }
  }
#endif
