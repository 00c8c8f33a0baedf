import Contract
import Execution
import GPUMetrics
import HTTP
import Results
import VueValidation

/// Looks at what the benchmarks need on this machine.
struct Doctor: Sendable {
  let databasePath: String
  /// The engine's own store: a second one would be in its way.
  let openStore: @Sendable () throws(ServiceError) -> ResultStore
  let executors: SharedExecutor
  let models: ModelDirectory
  let vue: VueValidator
  let behaviours: BehaviourRunner
  let gpu: GPUMonitor

  func checks() async -> [SystemDoctor.Check] {
    async let components = vue.checks(mounting: behaviours)
    return await executionChecks() + components + [databaseCheck(), await localModelCheck(), await gpuCheck()]
      + keyChecks()
  }

  private func executionChecks() async -> [SystemDoctor.Check] {
    do throws(ExecutionError) {
      let executor = try await executors.executor()
      let sandbox = SystemDoctor.Check(name: "sandbox", status: .ok, detail: executor.sandbox.description)
      return [sandbox, memoryLimitCheck(executor), await testCheck(executor)]
        + ProgramLanguage.allCases.map { language in
          if let runtime = executor.catalog.runtime(for: language) {
            return SystemDoctor.Check(name: language.rawValue, status: .ok, detail: runtime.description)
          }
          return SystemDoctor.Check(
            name: language.rawValue, status: .missing, detail: "No runtime was found.",
            remedy: language == .python ? "apt-get install python3" : "pip install deno, or apt-get install nodejs")
        }
    } catch {
      return [
        SystemDoctor.Check(
          name: "sandbox", status: .missing, detail: error.message, remedy: "apt-get install bubblewrap")
      ]
    }
  }

  private func memoryLimitCheck(_ executor: CodeExecutor) -> SystemDoctor.Check {
    let name = "sandbox memory limit"
    if executor.enforcesMemoryInKernel {
      return SystemDoctor.Check(
        name: name, status: .ok, detail: "The kernel holds all processes of a program together to it (control group).")
    }
    return SystemDoctor.Check(
      name: name, status: .warning,
      detail: "Each process is held to it by itself, and what all have together is read every 20 ms: a program can go "
        + "over the limit for as long.",
      remedy: "Run llmbench where it may make control groups: as root, or by systemd-run --user --scope -p Delegate=yes"
    )
  }

  /// Tests a program, for a sandbox that can be set up may still not be able to hold a test.
  private func testCheck(_ executor: CodeExecutor) async -> SystemDoctor.Check {
    let name = "tests of programs"
    do throws(ExecutionError) {
      let calibration = try await executor.calibrate(rounds: 1)
      let factor = (calibration.factor * 100).rounded() / 100
      return SystemDoctor.Check(
        name: name, status: .ok,
        detail:
          "\(calibration.runtime), a process of its own for each test; time limits are multiplied by \(factor) now.")
    } catch {
      return SystemDoctor.Check(
        name: name, status: error.code == .runtimeMissing ? .missing : .warning, detail: error.message,
        remedy: error.code == .runtimeMissing ? "apt-get install python3" : nil)
    }
  }

  private func databaseCheck() -> SystemDoctor.Check {
    do throws(ServiceError) {
      _ = try openStore()
      return SystemDoctor.Check(name: "database", status: .ok, detail: databasePath)
    } catch {
      return SystemDoctor.Check(
        name: "database", status: .missing, detail: error.message,
        remedy: "Choose another file with --database or LLMBENCH_DATABASE.")
    }
  }

  private func localModelCheck() async -> SystemDoctor.Check {
    let name = "local model"
    let address = models.providers.first { $0.name == "local" }?.baseURL ?? ""
    do throws(HTTPError) {
      let response = try await models.get("\(models.localBaseURL.trimmingSlash)/models")
      let status: SystemDoctor.Check.Status = response.status == 200 ? .ok : .warning
      return SystemDoctor.Check(name: name, status: status, detail: "\(address) answers with HTTP \(response.status).")
    } catch {
      return SystemDoctor.Check(
        name: name, status: .warning, detail: "No server answers at \(address).",
        remedy: "Start one (scripts/local-model start), or set LLMBENCH_LOCAL_BASE_URL.")
    }
  }

  /// A machine without a GPU lacks nothing; one whose GPU cannot be read does.
  private func gpuCheck() async -> SystemDoctor.Check {
    let snapshot = await gpu.sample()
    let problem = snapshot.problem.map { "\($0)." } ?? ""
    guard !snapshot.devices.isEmpty else {
      return SystemDoctor.Check(
        name: "gpu", status: snapshot.isBroken ? .warning : .ok, detail: "none: \(problem)",
        remedy: snapshot.isBroken ? "See what nvidia-smi says; LLMBENCH_GPU=off leaves GPUs alone." : nil)
    }
    let names = snapshot.devices.map { device in
      let memory = device.memoryTotalBytes.map { ", \($0 >> 30) GiB" } ?? ""
      return "\(device.index): \(device.name ?? "unnamed")\(memory)"
    }
    let driver = snapshot.driver.map { ", driver \($0)" } ?? ""
    return SystemDoctor.Check(
      name: "gpu", status: problem.isEmpty ? .ok : .warning,
      detail: (["\(snapshot.source)\(driver)"] + names + (problem.isEmpty ? [] : [problem])).joined(separator: "; "))
  }

  /// A key that is not set is no fault: most people use one provider.
  private func keyChecks() -> [SystemDoctor.Check] {
    models.providers.compactMap { provider in
      guard let variable = provider.keyVariable, !["local", "ollama"].contains(provider.name) else { return nil }
      let isSet = provider.keyIsSet ?? false
      return SystemDoctor.Check(
        name: "key for \(provider.name)", status: isSet ? .ok : .warning,
        detail: "\(variable) is \(isSet ? "set" : "not set").", remedy: isSet ? nil : "export \(variable)=…")
    }
  }
}

extension String {
  fileprivate var trimmingSlash: Substring { hasSuffix("/") ? dropLast() : self[...] }
}
