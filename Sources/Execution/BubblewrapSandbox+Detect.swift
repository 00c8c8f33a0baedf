#if canImport(Glibc)
  import Glibc
#endif

extension BubblewrapSandbox {
  /// Finds bubblewrap in the PATH variable of `environment` and tries out what it can do here.
  ///
  /// - Parameter usesUserNamespaces: false goes about it as on a machine that denies them to all but root.
  /// - Throws: ``ExecutionError`` with `sandboxUnavailable`, whose message says what to install or to allow.
  package static func detect(
    environment: [String: String], usesUserNamespaces: Bool = true
  ) async throws(ExecutionError) -> BubblewrapSandbox {
    #if os(Linux)
      let search = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
      guard let executable = HostFile.find("bwrap", inPath: search).first else {
        throw ExecutionError(
          .sandboxUnavailable,
          "bubblewrap is not installed, and generated code is never run without a sandbox: "
            + "install bubblewrap (apt-get install bubblewrap)")
      }
      return try await RunThread.run { () -> Result<BubblewrapSandbox, ExecutionError> in
        do throws(ExecutionError) { return .success(try probe(executable, usesUserNamespaces)) } catch {
          return .failure(error)
        }
      }
    #else
      throw ExecutionError(
        .sandboxUnavailable, "generated code is run on Linux only, where bubblewrap can isolate it")
    #endif
  }

  #if os(Linux)
    private static func probe(
      _ executable: String, _ usesUserNamespaces: Bool
    ) throws(ExecutionError) -> BubblewrapSandbox {
      let version = try version(of: executable)
      // --size and --perms came with 0.6.0, --disable-userns with 0.8.0.
      guard version.number >= (0, 6) else {
        throw ExecutionError(
          .sandboxUnavailable, "bubblewrap \(version.text) at \(executable) is too old: install 0.6.0 or later")
      }
      let withNamespaces: [Identity] = [geteuid() == 0 ? .droppedUser(unprivilegedUser) : .ownUser]
      let identities = (usesUserNamespaces ? withNamespaces : []) + (geteuid() == 0 ? [.changedInside] : [])
      var reasons: [String] = []
      for identity in identities {
        let sandbox = BubblewrapSandbox(
          executable: executable, version: version.text, identity: identity,
          forbidsUserNamespaces: version.number >= (0, 8))
        guard let reason = try sandbox.whyItFails() else { return sandbox }
        reasons.append(reason)
      }
      throw ExecutionError(
        .sandboxUnavailable,
        "bubblewrap cannot isolate here (\(reasons.joined(separator: "; "))): allow user namespaces, on Debian with "
          + "'sysctl kernel.unprivileged_userns_clone=1', on Ubuntu with "
          + "'sysctl kernel.apparmor_restrict_unprivileged_userns=0', in a container by its security options")
    }

    /// Runs a shell in the sandbox; nil when it ran as it should.
    private func whyItFails() throws(ExecutionError) -> String? {
      let program = SandboxedProgram(arguments: ["/bin/sh", "-c", "echo $$; exit 7"])
      let outcome: ProgramRun.Outcome
      do throws(ExecutionError) {
        outcome = try ProgramRun.perform(
          try launchPlan(for: program), standardInput: [], limits: program.limits, group: nil,
          cancellation: try CancellationSignal())
      } catch {
        return error.message
      }
      if outcome.reportedExitCode == 7 { return nil }
      let words = String(decoding: outcome.standardError.prefix(300), as: UTF8.self).split(separator: "\n").first
      return words.map(String.init) ?? "exit code \(outcome.ending?.exitCode ?? -1)"
    }

    private static func version(
      of executable: String
    ) throws(ExecutionError) -> (text: String, number: (Int, Int)) {
      let output = try HostCommand.run(executable, ["--version"], environment: [:])
      let text = output.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
      let parts = text.split(separator: ".").map { Int($0) ?? 0 }
      return (text, (parts.first ?? 0, parts.dropFirst().first ?? 0))
    }
  #endif
}
