package import ArgumentParser
import Client
import Contract
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

package struct DashboardCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Show stored and running benchmarks in the browser.",
    discussion: """
      Serves the pages on this machine until Ctrl-C, and opens them. Runs of other processes with the same results database \
      appear as they go on. With LLMBENCH_ADMIN_KEY set, results can be added and runs cancelled with that key.

      EXAMPLES
        llmbench dashboard
        llmbench dashboard --port 9000 --no-open
        llmbench dashboard --connect tcp://127.0.0.1:7077
        llmbench report --site public/                       # the same pages as files
      """)

  @Option(help: ArgumentHelp("Port on this machine; 0 lets the system choose.", valueName: "n"))
  package var port: UInt16 = 8080

  @Flag(help: "Only print the address.")
  package var noOpen = false

  @OptionGroup(title: "Dashboard") package var dashboard: DashboardOptions
  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let configuration = try dashboard.configuration("127.0.0.1:\(port)", context.environment)
    return try await context.withClient { client in
      let (address, task) = try await DashboardService(configuration).start(client)
      if common.json {
        context.console.printJSON(["listening": .string(address)])
      } else {
        context.console.print(["The dashboard is at \(address) until Ctrl-C."])
      }
      if !noOpen { Self.open(address, context) }
      await withTaskCancellationHandler {
        _ = await task.result
      } onCancel: {
        task.cancel()
      }
      try Task.checkCancellation()
      _ = try await task.value
      return .success
    }
  }

  /// Hands the address to the desktop, where there is one.
  private static func open(_ address: String, _ context: CommandContext) {
    #if os(Linux)
      guard context.environment["DISPLAY"] != nil || context.environment["WAYLAND_DISPLAY"] != nil else { return }
      let opener = "xdg-open"
    #else
      let opener = "open"
    #endif
    var process = pid_t()
    let words: [UnsafeMutablePointer<CChar>?] = [strdup(opener), strdup(address)]
    defer { words.forEach { free($0) } }
    guard posix_spawnp(&process, opener, nil, nil, words + [nil], environ) == 0 else {
      context.hint("No program here opens addresses: open \(address) yourself.")
      return
    }
    // Waited for, so that it does not stay behind as a zombie; it may live as long as the browser.
    let child = process
    Task.detached {
      var status: Int32 = 0
      while waitpid(child, &status, WNOHANG) == 0, (try? await Task.sleep(for: .seconds(1))) != nil {}
    }
  }
}
