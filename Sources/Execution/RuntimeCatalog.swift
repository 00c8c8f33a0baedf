/// The interpreters of this machine.
package struct RuntimeCatalog: Sendable {
  /// In order of preference.
  package let runtimes: [LanguageRuntime]

  package init(runtimes: [LanguageRuntime]) { self.runtimes = runtimes }

  /// The preferred runtime for a language: for TypeScript and JavaScript Bun, then Deno, then Node.
  package func runtime(for language: ProgramLanguage) -> LanguageRuntime? {
    runtimes.first { $0.languages.contains(language) }
  }

  /// The runtime with that name.
  package func runtime(named name: LanguageRuntime.Name) -> LanguageRuntime? {
    runtimes.first { $0.name == name }
  }

  /// The catalog with one runtime only, to choose it over a preferred one.
  package func only(_ name: LanguageRuntime.Name) -> RuntimeCatalog {
    RuntimeCatalog(runtimes: runtimes.filter { $0.name == name })
  }

  /// Looks for interpreters: first where `LLMBENCH_BUN`, `LLMBENCH_DENO`, `LLMBENCH_NODE` and `LLMBENCH_PYTHON` say,
  /// then in PATH, the active virtual environment, `.venv/bin` of the working directory, and `/usr/bin`. Runs each
  /// one found to ask for its version, outside the sandbox.
  package static func detect(environment: [String: String]) async -> RuntimeCatalog {
    #if os(Linux)
      let found = await withTaskGroup(of: LanguageRuntime?.self) { group -> [LanguageRuntime] in
        for name in LanguageRuntime.Name.allCases {
          group.addTask {
            try? await RunThread.run { () -> Result<LanguageRuntime?, ExecutionError> in
              .success(RuntimeSearch(name: name, environment: environment).firstThatWorks())
            }
          }
        }
        var found: [LanguageRuntime] = []
        for await runtime in group { if let runtime { found.append(runtime) } }
        return found
      }
      let order = LanguageRuntime.Name.allCases
      return RuntimeCatalog(runtimes: order.compactMap { name in found.first { $0.name == name } })
    #else
      return RuntimeCatalog(runtimes: [])
    #endif
  }
}
