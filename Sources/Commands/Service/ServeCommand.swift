package import ArgumentParser
import Contract
import JSONRPC

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

package struct ServeCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer JSON-RPC 2.0 on standard input and output, a TCP port or a Unix socket.",
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

  @Option(help: ArgumentHelp("Write the port to a file once the server listens.", valueName: "path"))
  package var portFile: String?

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

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if [stdio, tcp != nil, socket != nil, pipe != nil, replay != nil].count(where: { $0 }) > 1 {
      throw ValidationError("Give one of --stdio, --tcp, --socket, --pipe and --replay.")
    }
    if common.connect != nil { throw ValidationError("--connect is for clients; 'serve' is the server.") }
    if portFile != nil, tcp == nil { throw ValidationError("--port-file goes with --tcp.") }
    if let clientProcessId, clientProcessId < 1 { throw ValidationError("--clientProcessId is a process id.") }
    if tcp != nil { _ = try listenAddress() }
  }

  /// On standard streams only what is wrong: there are peers that read standard error as if it were the wire, as
  /// Emacs does by default.
  private var defaultLogLevel: LogLevel {
    if common.quiet { return .error }
    return tcp != nil || socket != nil || pipe != nil ? .info : .warning
  }

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
    if let address = try listenAddress() {
      let service = SocketService(
        context, address, limits: limits, diagnostics: diagnostics, portFile: portFile, parent: clientProcessId)
      return try await service.run()
    }
    let service = StreamService(
      context, pipe: pipe, limits: limits, diagnostics: diagnostics, parent: clientProcessId)
    return try await service.run()
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
