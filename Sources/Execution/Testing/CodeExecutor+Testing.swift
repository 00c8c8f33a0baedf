extension CodeExecutor: TestExecutor {
  package func openSession(
    testing program: TestProgram, limits: ExecutionLimits
  ) async throws(ExecutionError) -> any TestSession {
    #if os(Linux)
      let runtime = try requireRuntime(for: program.language)
      let plan = try sessionPlan(for: program, limits, runtime)
      guard await gate.enter() else { throw Self.cancelled }
      do throws(ExecutionError) {
        let worker = try SessionWorker(plan)
        let result: Result<Void, ExecutionError> = await withTaskCancellationHandler {
          do throws(ExecutionError) { return .success(try await worker.open()) } catch { return .failure(error) }
        } onCancel: {
          worker.cancel()
        }
        if case .failure(let error) = result {
          await worker.close()
          throw error
        }
        return SandboxedSession(worker, runtime: runtime.description, gate: gate)
      } catch {
        gate.leave()
        throw error
      }
    #else
      throw ExecutionError(.sandboxUnavailable, "generated code is run on Linux only")
    #endif
  }

  #if os(Linux)
    private func sessionPlan(
      for program: TestProgram, _ limits: ExecutionLimits, _ runtime: LanguageRuntime
    ) throws(ExecutionError) -> SessionPlan {
      if case .function(let name) = program.entry { try check(name) }
      let python = try requireDriver(for: program.language)
      let driver = "/program/driver.py"
      var sandboxed = SandboxedProgram(
        arguments: [python.executable, "-I", "-S", "-B", driver], environment: runtime.environment,
        runtimePaths: python.paths, files: [InputFile(.bytes(PackageResources.driver_py), at: driver)],
        limits: limits, isSupervisor: true)
      guard program.language != .python else {
        return SessionPlan(
          program: program, limits: limits, sandboxed: sandboxed, sandbox: sandbox, groups: memoryGroups)
      }
      let (code, fileExtension) = try source(program.language, program.source, runtime)
      let main = "/program/main.\(fileExtension)"
      let harness = "/program/harness.mjs"
      sandboxed.runtimePaths += runtime.paths
      sandboxed.files.append(InputFile(.bytes(Array((code + program.footer(fileExtension)).utf8)), at: main))
      sandboxed.files.append(InputFile(.bytes(PackageResources.harness_mjs), at: harness))
      let file = program.entry == .standardInput ? main : harness
      return SessionPlan(
        program: program, limits: limits, sandboxed: sandboxed, sandbox: sandbox, groups: memoryGroups,
        command: runtime.command(for: file, arguments: [], limits: limits), mainPath: main)
    }

    /// The driver is written in Python, whatever it starts.
    private func requireDriver(for language: ProgramLanguage) throws(ExecutionError) -> LanguageRuntime {
      if let python = catalog.runtime(for: .python) { return python }
      throw ExecutionError(
        .runtimeMissing, "tests in \(language.rawValue) need Python beside it: install Python (apt-get install python3)"
      )
    }

    private func check(_ name: String) throws(ExecutionError) {
      let isName = name.unicodeScalars.allSatisfy { $0 == "_" || $0 == "$" || $0.properties.isXIDContinue }
      guard isName, !name.isEmpty, name.utf8.count <= 200 else {
        throw ExecutionError(.invalidRequest, "\"\(name.prefix(50))\" cannot be the name of a function")
      }
    }
  #endif
}

extension TestProgram {
  /// What is put after the source text so that the harness reaches what the program has named.
  fileprivate func footer(_ fileExtension: String) -> String {
    let program: String
    switch entry {
    case .standardInput: return ""
    case .function(let name):
      program = """
        { name: "\(name)", entry: typeof \(name) === "undefined" ? undefined : \(name), \
        solution: typeof Solution === "undefined" ? undefined : Solution }
        """
    case .script: program = "{ evaluate: (code) => eval(code) }"
    }
    let isCommonJS = fileExtension.hasPrefix("c")
    return "\n;" + (isCommonJS ? "module.exports.llmbench_program =" : "export const llmbench_program =")
      + " \(program);\n"
  }
}
