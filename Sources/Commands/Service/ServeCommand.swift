package import ArgumentParser
import Client
import Contract
import Dashboard
import JSON
import JSONRPC

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

package struct ServeCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer JSON-RPC 2.0 on standard streams, a TCP port or a Unix socket, and HTTP for the dashboard.",
    discussion: """
      Without an option it serves standard input and output, as editors start it. Messages are framed as in the \
      Language Server Protocol; a client that begins with '{' or '[' is answered a line at a time. A TCP address that \
      other machines can reach demands a token of at least 16 characters: LLMBENCH_TOKEN or --token-file. SIGTERM and \
      Ctrl-C stop the server cleanly. The log goes to standard error, a line an event: TIME LEVEL COMPONENT MESSAGE \
      KEY=VALUE … Prompts, answers and keys are never in it.

      EXAMPLES
        llmbench serve
        llmbench serve --tcp 127.0.0.1:7077
        llmbench serve --tcp 127.0.0.1:0 --json --port-file port.txt
        llmbench serve --socket $XDG_RUNTIME_DIR/llmbench.sock
        llmbench serve --log-level debug --trace session.jsonl
        llmbench serve --replay session.jsonl
        LLMBENCH_TOKEN=$(openssl rand -hex 32) llmbench serve --tcp 0.0.0.0:7077
        llmbench serve --http 127.0.0.1:8080                  # the dashboard alone
        llmbench serve --http 127.0.0.1:8080 --tcp 127.0.0.1:7077
      """)

  @Flag(help: "Serve standard input and output (the default).")
  package var stdio = false

  @Option(help: ArgumentHelp("Listen on a TCP address; port 0 lets the system choose.", valueName: "host:port"))
  package var tcp: String?

  @Option(help: ArgumentHelp("Listen on a Unix socket.", valueName: "path"), completion: .file())
  package var socket: String?

  @Option(
    help: ArgumentHelp(
      "Serve on the Unix socket that an editor listens on.", discussion: "If there is none, listen on it.",
      valueName: "name"))
  package var pipe: String?

  @Option(
    help: ArgumentHelp(
      "Serve the dashboard and its HTTP API, beside what else is asked for or alone.",
      discussion: """
        Anyone who reaches the address may read. LLMBENCH_ADMIN_KEY is the key that adding results and cancelling runs need.
        """, valueName: "host:port"))
  package var http: String?

  @Option(help: ArgumentHelp("Write the port to a file once the server listens.", valueName: "path"))
  package var portFile: String?

  @Option(help: ArgumentHelp("The same with the dashboard's port.", valueName: "path"))
  package var httpPortFile: String?

  @Option(
    name: .customLong("clientProcessId"),
    help: ArgumentHelp("End when this process is gone, as editors ask.", valueName: "n"))
  package var clientProcessId: Int?

  @Option(
    help: ArgumentHelp(
      "How much to log: error, warning, info or debug.",
      discussion: "Default: info for a listener, warning on standard streams, error with --quiet.",
      valueName: "level"))
  package var logLevel: LogLevel?

  @Option(
    help: ArgumentHelp(
      "Write every message to a file, a JSON object a line.",
      discussion: "It holds prompts and answers, but no token, and is made for its owner alone.", valueName: "path"),
    completion: .file())
  package var trace: String?

  @Option(
    help: ArgumentHelp(
      "Serve a session that --trace wrote once more, and print what the server says.",
      discussion: "Of a file with several connections the first.", valueName: "path"), completion: .file())
  package var replay: String?

  @OptionGroup(title: "Limits") package var limits: ServeLimits
  @OptionGroup(title: "Dashboard") package var dashboard: DashboardOptions

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if [stdio, tcp != nil, socket != nil, pipe != nil, replay != nil].count(where: { $0 }) > 1 {
      throw ValidationError("Give one of --stdio, --tcp, --socket, --pipe and --replay.")
    }
    if common.connect != nil { throw ValidationError("--connect is for clients; 'serve' is the server.") }
    if httpPortFile != nil, http == nil { throw ValidationError("--http-port-file goes with --http.") }
    if http != nil, replay != nil { throw ValidationError("--http does not go with --replay.") }
    if let http { _ = try dashboard.configuration(http, [:]) }
    if portFile != nil, tcp == nil { throw ValidationError("--port-file goes with --tcp.") }
    if let clientProcessId, clientProcessId < 1 { throw ValidationError("--clientProcessId is a process id.") }
    if tcp != nil { _ = try listenAddress() }
  }

  /// On standard streams only what is wrong: there are peers that read standard error as if it were the wire, as
  /// Emacs does by default.
  private var defaultLogLevel: LogLevel {
    if common.quiet { return .error }
    return isListener ? .info : .warning
  }

  private var isListener: Bool { tcp != nil || socket != nil || pipe != nil || http != nil && !stdio }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let level = logLevel ?? defaultLogLevel
    let log = ServiceLog(context.console.errorOutput, level: level)
    let redaction = TokenRedaction(token: try context.token())
    // Read first: the new trace may go to the same file.
    let session = try replay.map { path throws in try SessionTrace(path: path) }
    let trace = try self.trace.map { path throws in try TraceFile(path, redaction: redaction, log: log) }
    let diagnostics = ServiceDiagnostics(log: log, trace: trace)
    defer { diagnostics.close() }
    log.log(.info, "server", "Starting", [("version", ProgramVersion.current), ("pid", "\(getpid())")])
    if let session {
      return try await ReplayService(context, session, limits: limits, diagnostics: diagnostics).run()
    }
    let handle = try context.factory.make(context.settings)
    handle.onProblem { [log] in log.log(.error, "engine", $0) }
    let web = try await startDashboard(handle, context, log)
    let result: Result<ExitStatus, any Error>
    do {
      result = .success(try await serve(handle, web?.task, context, diagnostics))
    } catch {
      result = .failure(error)
    }
    web?.task.cancel()
    _ = await web?.task.result
    await web?.client.close()
    await handle.shutdown()
    log.log(.info, "server", "Stopped")
    return try result.get()
  }

  private func serve(
    _ handle: ServiceHandle, _ web: Task<Void, any Error>?, _ context: CommandContext, _ diagnostics: ServiceDiagnostics
  ) async throws -> ExitStatus {
    if let address = try listenAddress() {
      let service = SocketService(
        context, address, limits: limits, diagnostics: diagnostics, portFile: portFile, parent: clientProcessId)
      return try await service.run(handle)
    }
    if let web, !stdio, pipe == nil {
      try await withTaskCancellationHandler {
        try await web.value
      } onCancel: {
        web.cancel()
      }
      return .success
    }
    let service = StreamService(
      context, pipe: pipe, limits: limits, diagnostics: diagnostics, parent: clientProcessId)
    return try await service.run(handle)
  }

  private func startDashboard(
    _ handle: ServiceHandle, _ context: CommandContext, _ log: ServiceLog
  ) async throws -> (client: ServiceClient, task: Task<Void, any Error>)? {
    guard let http else { return nil }
    let configuration = try dashboard.configuration(http, context.environment)
    let client = ServiceClient.inProcess(handle.handler)
    do {
      let (address, task) = try await DashboardService(configuration, portFile: httpPortFile).start(client)
      if tcp == nil, socket == nil, pipe == nil, !stdio, context.options.json {
        context.console.printJSON(["listening": .string(address)])
      }
      log.log(.info, "dashboard", "Listening on \(address)")
      if !configuration.isLoopback { log.log(.warning, "dashboard", "Other machines can read every result") }
      return (client, task)
    } catch {
      await client.close()
      await handle.shutdown()
      throw error
    }
  }

  /// Nil for standard input and output, and for the socket of an editor.
  private func listenAddress() throws -> ServerAddress? {
    if let tcp {
      let address: ServerAddress
      do { address = try ServerAddress(tcp) } catch { throw ValidationError("--tcp: \(error)") }
      guard case .tcp = address else { throw ValidationError("--tcp takes HOST:PORT, such as 127.0.0.1:7077.") }
      return address
    }
    if let pipe, !LocalFile.exists(pipe) { return .unix(path: pipe) }
    return socket.map { .unix(path: $0.hasPrefix("unix://") ? String($0.dropFirst(7)) : $0) }
  }
}
