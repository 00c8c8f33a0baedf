import JSON

/// How the worker is started on this machine: a JavaScript runtime with a compiler.
struct WorkerCommand: Sendable, Equatable {
  enum Runtime: String, Sendable { case node, deno }

  let runtime: Runtime
  let executable: String
  let typescript: TypeScriptSource

  static let remedy = "apt-get install nodejs, or pip install deno"

  /// The runtimes of this machine, the preferred one first.
  static func runtimes(_ environment: [String: String]) -> [(Runtime, String)] {
    [Runtime.node, .deno].flatMap { runtime -> [(Runtime, String)] in
      if let chosen = environment["LLMBENCH_\(runtime.rawValue.uppercased())"], !chosen.isEmpty {
        return FileSystem.isExecutable(chosen) ? [(runtime, chosen)] : []
      }
      return FileSystem.programs(runtime.rawValue, environment: environment).prefix(1).map { (runtime, $0) }
    }
  }

  /// The descriptor of the file with ``payload``.
  static let payloadDescriptor = 3

  private static let start =
    "const s=JSON.parse(require('fs').readFileSync('/proc/self/fd/3','utf8'));"
    + "new Function('require',s.program+'\\nreturn runWorker')(require)(s);"

  func arguments(_ limits: WorkerLimits) -> [String] {
    let heap = "--max-old-space-size=\(limits.heapBytes >> 20)"
    switch runtime {
    case .node: return [executable, heap, "--stack-size=3900", "-e", Self.start]
    case .deno:
      let require = "import{createRequire}from'node:module';const require=createRequire('file:///');"
      return [
        executable, "eval", "--quiet", "--v8-flags=\(heap)",
        require + "import process from'node:process';globalThis.process??=process;" + Self.start,
      ]
    }
  }

  /// The program with what it needs to know.
  func payload() -> [UInt8] {
    JSONWriter.data([
      "program": .string(EmbeddedFile.worker),
      "typescript": [
        "kind": .string(typescript.form.rawValue), "file": .string(typescript.file),
        "libraries": .string(typescript.libraries),
      ],
      "types": ["vue": .string(EmbeddedFile.vueTypes), "helpers": .string(EmbeddedFile.helperTypes)],
    ])
  }
}
