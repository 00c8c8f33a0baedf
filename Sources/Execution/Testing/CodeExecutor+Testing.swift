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
      let python = try requireRuntime(for: .python)
      let driver = "/program/driver.py"
      let sandboxed = SandboxedProgram(
        arguments: [python.executable, "-I", "-S", "-B", driver], environment: python.environment,
        runtimePaths: python.paths, files: [InputFile(.bytes(PackageResources.driver_py), at: driver)],
        limits: limits, isSupervisor: true)
      return SessionPlan(
        program: program, limits: limits, sandboxed: sandboxed, sandbox: sandbox, groups: memoryGroups)
    }

    private func check(_ name: String) throws(ExecutionError) {
      let isName = name.unicodeScalars.allSatisfy { $0 == "_" || $0 == "$" || $0.properties.isXIDContinue }
      guard isName, !name.isEmpty, name.utf8.count <= 200 else {
        throw ExecutionError(.invalidRequest, "\"\(name.prefix(50))\" cannot be the name of a function")
      }
    }
  #endif
}
