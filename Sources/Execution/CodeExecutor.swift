import TypeStripper

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs generated programs in a sandbox, each in a fresh one.
///
/// A program gets no network, none of this machine's files but what its interpreter needs, no environment to speak
/// of, and one scratch folder that vanishes with it. When a run returns, no process of it is left.
package final class CodeExecutor: Sendable {
  package let catalog: RuntimeCatalog
  package let sandbox: any Sandbox
  let gate: RunGate
  #if os(Linux)
    let memoryGroups: MemoryGroups?
  #endif

  /// - Parameter maximumConcurrentRuns: further runs wait; the time they wait counts against no limit. By default
  ///   one for each processor, so that runs do not take each other's time.
  package init(catalog: RuntimeCatalog, sandbox: any Sandbox, maximumConcurrentRuns: Int? = nil) {
    self.catalog = catalog
    self.sandbox = sandbox
    gate = RunGate(places: maximumConcurrentRuns ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    #if os(Linux)
      memoryGroups = MemoryGroups.detect()
    #endif
  }

  /// Finds interpreters and the sandbox of this machine.
  ///
  /// - Throws: ``ExecutionError`` with `sandboxUnavailable`.
  package static func detect(environment: [String: String]) async throws(ExecutionError) -> CodeExecutor {
    let sandbox = try await BubblewrapSandbox.detect(environment: environment)
    return CodeExecutor(catalog: await RuntimeCatalog.detect(environment: environment), sandbox: sandbox)
  }

  /// Whether the kernel itself holds all processes of a run to the memory limit. Otherwise their memory is read every
  /// few milliseconds, and a run may go over the limit for so long.
  package var enforcesMemoryInKernel: Bool {
    #if os(Linux)
      memoryGroups != nil
    #else
      false
    #endif
  }

  /// Runs a program to its end or to a limit.
  ///
  /// - Throws: ``ExecutionError`` when the program was not run, or not to the end because the task was cancelled. A
  ///   program that fails is a result.
  package func run(_ request: ExecutionRequest) async throws(ExecutionError) -> ExecutionResult {
    let runtime = try requireRuntime(for: request.language)
    let program = try sandboxedProgram(request, runtime)
    guard await gate.enter() else { throw Self.cancelled }
    defer { gate.leave() }
    #if os(Linux)
      return ExecutionResult(
        try await perform(program, standardInput: request.standardInput), runtime: runtime)
    #else
      throw ExecutionError(.sandboxUnavailable, "generated code is run on Linux only")
    #endif
  }

  /// The runtime that a language's programs get.
  ///
  /// - Throws: ``ExecutionError`` with `runtimeMissing` that says what to install.
  @discardableResult
  package func requireRuntime(for language: ProgramLanguage) throws(ExecutionError) -> LanguageRuntime {
    guard let runtime = catalog.runtime(for: language) else { throw missingRuntime(language) }
    return runtime
  }

  static let cancelled = ExecutionError(.cancelled, "the run was cancelled")

  private func missingRuntime(_ language: ProgramLanguage) -> ExecutionError {
    let remedy =
      switch language {
      case .typescript, .javascript: "install Node (apt-get install nodejs), Deno (pip install deno) or Bun"
      case .python: "install Python (apt-get install python3)"
      }
    return ExecutionError(.runtimeMissing, "nothing here runs \(language.rawValue): \(remedy)")
  }
}

// MARK: - The program

extension CodeExecutor {
  private func sandboxedProgram(
    _ request: ExecutionRequest, _ runtime: LanguageRuntime
  ) throws(ExecutionError) -> SandboxedProgram {
    let (code, fileExtension) = try source(request.language, request.code, runtime)
    let file = "/program/main.\(fileExtension)"
    let usesAddressSpaceLimit = runtime.name == .python && !enforcesMemoryInKernel
    return SandboxedProgram(
      arguments: runtime.command(for: file, arguments: request.arguments, limits: request.limits),
      environment: runtime.environment, runtimePaths: runtime.paths,
      files: [InputFile(.bytes(Array(code.utf8)), at: file)] + request.inputs, limits: request.limits,
      // Room for libraries that are mapped and not used. JavaScript runtimes reserve far more than they use.
      addressSpaceBytes: usesAddressSpaceLimit ? request.limits.memoryBytes + (1 << 30) : nil)
  }

  /// The text that the runtime takes, and the extension by which it knows what that is.
  func source(
    _ language: ProgramLanguage, _ text: String, _ runtime: LanguageRuntime
  ) throws(ExecutionError) -> (code: String, fileExtension: String) {
    switch language {
    case .python: return (text, "py")
    case .javascript: return (text, Self.isCommonJS(text) ? "cjs" : "mjs")
    case .typescript where runtime.takesTypeScript:
      return (text, Self.isCommonJS(text) ? "cts" : "ts")
    case .typescript:
      do throws(TypeStripperError) {
        let code = try TypeStripper.strip(text)
        return (code, Self.isCommonJS(code) ? "cjs" : "mjs")
      } catch {
        // What is no valid text at all is the program's fault: the runtime says so.
        guard error.isUnsupported else { return (text, "mjs") }
        throw ExecutionError(
          .unsupportedLanguage,
          "\(runtime.description) runs no TypeScript, and the types cannot be taken out: \(error.description); "
            + "or install Deno (pip install deno)")
      }
    }
  }

  /// Whether the code loads modules the old way only. Anything else is taken for a module, which may await anywhere.
  private static func isCommonJS(_ code: String) -> Bool {
    guard code.contains("require(") || code.contains("module.exports") else { return false }
    return !code.split(whereSeparator: \.isNewline).contains { line in
      line.hasPrefix("import ") || line.hasPrefix("import{") || line.hasPrefix("export ") || line.hasPrefix("await ")
    }
  }
}

// MARK: - The run

#if os(Linux)
  extension CodeExecutor {
    private func perform(
      _ program: SandboxedProgram, standardInput: [UInt8]
    ) async throws(ExecutionError) -> ProgramRun.Outcome {
      let plan = try sandbox.launchPlan(for: program)
      let signal = try CancellationSignal()
      let groups = memoryGroups
      let run = { @Sendable () -> Result<ProgramRun.Outcome, ExecutionError> in
        do throws(ExecutionError) {
          let group = groups?.make(limitBytes: program.limits.memoryBytes)
          return .success(
            try ProgramRun.perform(
              plan, standardInput: standardInput, limits: program.limits, group: group, cancellation: signal))
        } catch {
          return .failure(error)
        }
      }
      let result: Result<ProgramRun.Outcome, ExecutionError> = await withTaskCancellationHandler {
        do throws(ExecutionError) { return .success(try await RunThread.run(run)) } catch { return .failure(error) }
      } onCancel: {
        signal.cancel()
      }
      let outcome = try result.get()
      if outcome.stopReason == .cancelled { throw Self.cancelled }
      return outcome
    }
  }
#endif
