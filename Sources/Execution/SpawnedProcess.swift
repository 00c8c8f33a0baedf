#if os(Linux)
  import CSpawn
  import Glibc

  /// A child process from its start until it is collected. Owned by the thread that started it, whose end kills it.
  struct SpawnedProcess {
    let pid: pid_t

    struct Ending {
      var exitCode: Int?
      var signal: Int?
      var cpuSeconds: Double
    }

    /// - Parameters:
    ///   - descriptors: become descriptors 0, 1, 2… of the child.
    ///   - groups: open `cgroup.procs` files to enter.
    /// - Throws: ``ExecutionError`` with `spawnFailed`.
    init(_ plan: LaunchPlan, descriptors: [Int32], groups: [Int32]) throws(ExecutionError) {
      var pid: pid_t = -1
      var step = ""
      let code = withCStrings(plan.arguments) { arguments in
        withCStrings(plan.environment) { environment in
          withCStrings(plan.stagedSources) { sources in
            plan.executable.withCString { executable in
              (plan.staging ?? "/").withCString { staging in
                descriptors.withUnsafeBufferPointer { descriptors in
                  groups.withUnsafeBufferPointer { groups -> Int32 in
                    guard let firstDescriptor = descriptors.baseAddress else { return EINVAL }
                    var request = llmbench_spawn_request(
                      executable: executable, arguments: arguments, environment: environment,
                      descriptors: firstDescriptor, descriptor_count: descriptors.count,
                      groups: groups.baseAddress, group_count: groups.count,
                      staged_sources: UnsafeRawPointer(sources).assumingMemoryBound(to: UnsafePointer<CChar>?.self),
                      staged_count: plan.stagedSources.count, staging: staging,
                      user: plan.user.map(Int64.init) ?? -1,
                      cpu_seconds: plan.cpuSeconds.map { UInt64($0.rounded(.up)) } ?? 0,
                      file_bytes: UInt64(plan.fileBytes ?? 0), open_files: UInt64(plan.openFiles ?? 0),
                      address_space_bytes: UInt64(plan.addressSpaceBytes ?? 0),
                      victim_score: plan.isSupervisor ? 900 : 1000)
                    var failedStep: UnsafePointer<CChar>?
                    let code = llmbench_spawn(&request, &pid, &failedStep)
                    step = failedStep.map { String(cString: $0) } ?? ""
                    return code
                  }
                }
              }
            }
          }
        }
      }
      guard code == 0 else {
        throw ExecutionError(.spawnFailed, "cannot start \(plan.executable): \(step): \(systemError(code))")
      }
      self.pid = pid
    }

    /// Collects the process if it has ended, or waits for it. nil while it runs, or when something else in this
    /// program has collected it.
    func collect(waiting: Bool) -> Ending? {
      var exitCode: Int32 = -1
      var signal: Int32 = 0
      var cpuSeconds = 0.0
      guard llmbench_collect(pid, waiting ? 1 : 0, &exitCode, &signal, &cpuSeconds) > 0 else { return nil }
      return Ending(
        exitCode: exitCode >= 0 ? Int(exitCode) : nil, signal: signal > 0 ? Int(signal) : nil,
        cpuSeconds: cpuSeconds)
    }

    /// Starts a short command with no input and no output and waits for it. Returns its exit code.
    static func runToEnd(_ plan: LaunchPlan, groups: [Int32]) throws(ExecutionError) -> Int? {
      let null = Descriptor(open("/dev/null", O_RDWR | O_CLOEXEC))
      let process = try SpawnedProcess(
        plan, descriptors: [null.number, null.number, null.number], groups: groups)
      return process.collect(waiting: true)?.exitCode
    }
  }

  /// Calls the body with a NULL-terminated array of C strings that lives as long as the call.
  private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
      // The array is never empty, so there is always an address.
      withUnsafePointer(to: nil as UnsafeMutablePointer<CChar>?) { empty in body(buffer.baseAddress ?? empty) }
    }
  }
#endif
