import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct LifecycleTests {
  private let initialize =
    #"{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"processId":null,"capabilities":{"a":1}}}"#

  private func call(_ id: Int, _ method: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"}"#
  }

  @Test func `an editor has to initialize first, once, and gets nothing after shutdown`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler, framing: .contentLength)
    #expect(await peer.ask(frame: call(1, "echo"))?.errorCode == -32002)
    #expect(await peer.ask(frame: call(2, "shutdown"))?.errorCode == -32002)
    peer.send(frame: #"{"jsonrpc":"2.0","method":"early"}"#)
    #expect(!peer.connection.notify("server/early"))
    #expect(await peer.ask(frame: initialize)?["result"] == ["capabilities": [:]])
    #expect(peer.connection.clientCapabilities == ["a": 1])
    peer.send(frame: #"{"jsonrpc":"2.0","method":"initialized","params":{}}"#)
    #expect(await peer.ask(frame: initialize)?.errorCode == -32600)
    #expect(await peer.ask(frame: call(3, "echo"))?["id"] == 3)
    #expect(peer.connection.notify("server/now"))
    #expect(await peer.next()?["method"] == "server/now")
    #expect(await peer.ask(frame: call(4, "shutdown")) == ["jsonrpc": "2.0", "id": 4, "result": nil])
    #expect(await peer.ask(frame: call(5, "echo"))?.errorCode == -32600)
    #expect(await peer.ask(frame: call(6, "shutdown"))?.errorCode == -32600)
    peer.send(frame: #"{"jsonrpc":"2.0","method":"exit"}"#)
    peer.send(frame: call(7, "echo"))
    #expect(await peer.rest().isEmpty)
    let end = await peer.connection.waitUntilClosed()
    #expect(end.reason == .exit)
    #expect(end.exitCode == 0)
    #expect(handler.notifications == ["initialized"])
  }

  @Test(arguments: [Framing.newline, .contentLength]) func `exit without shutdown is code 1, even before initialize`(
    framing: Framing
  ) async {
    let peer = RawPeer(framing: framing)
    let exit = #"{"jsonrpc":"2.0","method":"exit"}"#
    if framing == .newline { peer.send(line: exit) } else { peer.send(frame: exit) }
    #expect(await peer.connection.waitUntilClosed().exitCode == 1)
  }

  @Test func `what follows initialize at once waits for it`() async {
    for _ in 0..<50 {
      let handler = Gated()
      let peer = RawPeer(handler: handler, framing: .contentLength)
      peer.send(frame: initialize)
      peer.send(frame: #"{"jsonrpc":"2.0","method":"initialized"}"#)
      peer.send(frame: call(1, "echo"))
      peer.send(frame: #"{"jsonrpc":"2.0","method":"second"}"#)
      peer.send(frame: call(2, "shutdown"))
      peer.send(frame: call(3, "echo"))
      #expect(await peer.next()?["id"] == "i")
      var answers: [Int: Int?] = [:]
      for _ in 1...3 {
        guard let answer = await peer.next(), let id = answer["id"]?.intValue else { break }
        answers[id] = answer.errorCode
      }
      #expect(answers == [1: nil, 2: nil, 3: -32600])
      peer.connection.close()
      await peer.connection.waitUntilClosed()
      #expect(handler.notifications == ["initialized", "second"])
    }
  }

  @Test func `exit does not overtake a shutdown that came before it`() async {
    for _ in 0..<50 {
      let peer = RawPeer(framing: .contentLength)
      peer.send(frame: initialize)
      peer.send(frame: call(1, "shutdown"))
      peer.send(frame: #"{"jsonrpc":"2.0","method":"exit"}"#)
      #expect(await peer.rest().map { $0["id"] } == ["i", 1])
      #expect(await peer.connection.waitUntilClosed().exitCode == 0)
    }
  }

  @Test func `what waits for initialize has a limit`() async {
    var options = ConnectionOptions.patientServer
    options.limits.maximumInFlight = 5
    let handler = Gated()
    let peer = RawPeer(handler: HeldInitialize(gate: handler), options: options, framing: .contentLength)
    peer.send(frame: initialize)
    await handler.started(1)
    for _ in 0..<1000 { peer.send(frame: #"{"jsonrpc":"2.0","method":"n"}"#) }
    #expect(await peer.ask(frame: call(1, "echo"))?.errorCode == 1001)
    handler.open()
    #expect(await peer.next()?["id"] == "i")
    peer.finish()
    #expect(await peer.rest().isEmpty)
    #expect(handler.notifications.count == 20)
  }

  private struct HeldInitialize: MessageHandler {
    let gate: Gated

    func handle(_ request: RequestContext) async throws -> JSONValue {
      if request.method == "initialize" { try await gate.wait() }
      return try await gate.handle(request)
    }

    func handle(_ notification: NotificationContext) { gate.handle(notification) }
  }

  @Test func `a script needs no handshake and may have one`() async {
    let peer = RawPeer()
    #expect(await peer.ask(call(1, "echo"))?["id"] == 1)
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":2,"method":"initialize"}"#)?["id"] == 2)
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":3,"method":"initialize"}"#)?.errorCode == -32600)
    #expect(peer.connection.profile == .plain)
    peer.connection.close()
  }

  @Test func `an editor is one in lines too`() async {
    let peer = RawPeer()
    #expect(await peer.ask(initialize)?["id"] == "i")
    #expect(peer.connection.profile == .languageServer)
    #expect(await peer.ask("[\(call(1, "echo"))]")?.errorCode == -32600)
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":null,"method":"echo"}"#)?.errorCode == -32600)
    peer.connection.close()
  }

  @Test func `batches are refused to an editor`() async {
    let peer = RawPeer(framing: .contentLength)
    _ = await peer.ask(frame: initialize)
    let answer = await peer.ask(frame: "[\(call(1, "echo"))]")
    #expect(answer?.errorCode == -32600)
    #expect(answer?["id"] == .null)
    peer.connection.close()
  }

  // MARK: Tokens

  @Test(arguments: [Framing.newline, .contentLength]) func `without the token nothing is served, in either profile`(
    framing: Framing
  ) async throws {
    let authorization = try #require(TokenAuthorization(token: "0123456789abcdef"))
    var options = ConnectionOptions.socketServer
    options.authorize = { authorization.accepts($0) }
    options.authorizationDeadline = .seconds(60)
    let handler = Gated()
    let peer = RawPeer(handler: handler, options: options, framing: framing)
    func ask(_ text: String) async -> JSONValue? {
      framing == .newline ? await peer.ask(text) : await peer.ask(frame: text)
    }
    func initialize(_ id: Int, _ params: String) -> String {
      #"{"jsonrpc":"2.0","id":\#(id),"method":"initialize","params":\#(params)}"#
    }
    #expect(await ask(call(1, "echo"))?.errorCode == -32002)
    #expect(await ask(initialize(2, #"{"initializationOptions":{"token":"0123456789abcdeX"}}"#))?.errorCode == 1002)
    #expect(await ask(call(3, "echo"))?.errorCode == -32002)
    #expect(await ask(initialize(4, #"{"token":7}"#))?.errorCode == 1002)
    #expect(await ask(initialize(5, #"{"initializationOptions":{"token":"0123456789abcdef"}}"#))?["result"] != nil)
    #expect(await ask(call(6, "echo"))?["id"] == 6)
    peer.connection.close()
  }

  @Test func `three wrong tokens end the connection, and so does silence`() async throws {
    let authorization = try #require(TokenAuthorization(token: "0123456789abcdef"))
    var options = ConnectionOptions.socketServer
    options.authorize = { authorization.accepts($0) }
    options.authorizationDeadline = .seconds(60)
    let guesser = RawPeer(options: options)
    for id in 1...3 {
      let guess = #"{"jsonrpc":"2.0","id":\#(id),"method":"initialize","params":{"token":"guess"}}"#
      #expect(await guesser.ask(guess)?.errorCode == 1002)
    }
    #expect(await guesser.connection.waitUntilClosed().reason == .unauthorized)
    options.authorizationDeadline = .milliseconds(20)
    let silent = RawPeer(options: options)
    #expect(await silent.connection.waitUntilClosed().reason == .timedOut)
  }

  @Test func `tokens are compared whole`() {
    #expect(TokenAuthorization.isEqual([1, 2, 3], [1, 2, 3]))
    #expect(!TokenAuthorization.isEqual([1, 2], [1, 2, 3]))
    #expect(!TokenAuthorization.isEqual([1, 2, 3, 4], [1, 2, 3]))
    #expect(!TokenAuthorization.isEqual([1, 2, 3], []))
    #expect(TokenAuthorization(token: "short") == nil)
    let token = TokenAuthorization.randomToken()
    #expect(token.count == 64)
    #expect(token != TokenAuthorization.randomToken())
    #expect(TokenAuthorization(token: token)?.accepts(["token": .string(token)]) == true)
    #expect(TokenAuthorization(token: token)?.accepts(nil) == false)
  }

  // MARK: The state alone

  @Test func `a failed initialize may be tried again`() {
    var state = LifecycleState()
    #expect(state.admit(request: "initialize", .languageServer) == .accept)
    #expect(state.admit(request: "x", .languageServer) == .hold)
    #expect(state.admit(notification: "x", .languageServer) == .hold)
    #expect(state.admit(notification: "exit", .languageServer) == .exit)
    state = LifecycleState()
    _ = state.admit(request: "initialize", .languageServer)
    state.initializeFinished(succeeded: false)
    #expect(state.phase == .uninitialized)
    #expect(state.admit(request: "initialize", .languageServer) == .accept)
    state.initializeFinished(succeeded: true)
    #expect(state.isInitialized)
    #expect(state.exitCode == 1)
    #expect(state.admit(request: "shutdown", .languageServer) == .accept)
    #expect(state.exitCode == 0)
  }

  @Test func `before initialize a server only shows and logs`() {
    let state = LifecycleState()
    #expect(state.allowsSending("window/logMessage", .languageServer))
    #expect(state.allowsSending("window/showMessage", .languageServer))
    #expect(!state.allowsSending("benchmark/event", .languageServer))
    #expect(state.allowsSending("benchmark/event", .plain))
    #expect(!LifecycleState(requiresAuthorization: true).allowsSending("window/logMessage", .plain))
  }
}
