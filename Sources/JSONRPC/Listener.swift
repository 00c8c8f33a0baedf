import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Accepts connections on a TCP port or a Unix socket and serves each with a handler.
///
/// An address that other machines can reach is refused unless the options have an
/// ``ConnectionOptions/authorize`` closure.
package final class Listener: Sendable {
  /// A listener that can not be opened, with what to do about it.
  package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String
  }

  private struct State: Sendable {
    var connections: [ObjectIdentifier: Connection] = [:]
    var isClosed = false
    var refusedCount = 0
  }

  /// Where it listens, with the port that the system chose.
  package let address: ServerAddress
  package let maximumConnections: Int
  private let options: ConnectionOptions
  private let socket: Descriptor
  private let stop: WakeSignal
  private let unixSocket: UnixSocketFile?
  private let state = Monitor(State())

  /// Opens the address; ``start(handler:)`` serves it.
  ///
  /// - Throws: ``Failure``.
  package init(
    _ address: ServerAddress, options: ConnectionOptions = .socketServer, maximumConnections: Int = 32
  ) throws(Failure) {
    self.options = options
    self.maximumConnections = maximumConnections
    do {
      stop = try WakeSignal()
      switch address {
      case .tcp(let host, let port):
        socket = try Self.openTCP(host, port, allowsRemote: options.authorize != nil)
        self.address = try Self.boundAddress(socket, host)
        unixSocket = nil
      case .unix(let path):
        (socket, unixSocket) = try UnixSocketFile.open(path)
        self.address = address
      }
    } catch {
      throw Failure(description: "cannot listen on \(address): \(error)")
    }
  }

  deinit { close() }

  /// Begins to accept. To be called once.
  ///
  /// - Parameter handler: makes what serves one connection.
  /// - Throws: ``Failure`` when the system has no thread left.
  package func start(handler: @escaping @Sendable (_ peer: String) -> any MessageHandler) throws(Failure) {
    let (socket, stop) = (socket, stop)
    let isStarted = BackgroundThread.start { [weak self] in
      while Self.waitForConnection(socket, stop) {
        guard let listener = self else { return }
        listener.acceptOne(handler)
      }
    }
    if !isStarted { throw Failure(description: "cannot listen on \(address): the system has no thread left") }
  }

  /// Connections that are open.
  package var connections: [Connection] { state.withLock { Array($0.connections.values) } }

  /// Connections turned away because there were too many, or because another user asked.
  package var refusedCount: Int { state.withLock { $0.refusedCount } }

  /// Stops accepting and removes the socket's file. Connections go on; see ``closeConnections()``.
  package func close() {
    let isFirst = state.update { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    guard isFirst else { return }
    // From here on nobody can connect, though the thread may take a moment to wake.
    _ = shutdown(socket.number, Int32(SHUT_RDWR))
    stop.wake()
    unixSocket?.remove()
  }

  /// Ends all connections and waits for them. After ``close()`` no new one can come in between.
  package func closeConnections() async {
    let open = connections
    for connection in open { connection.close() }
    for connection in open { await connection.waitUntilClosed() }
  }
}

// MARK: - Accepting

extension Listener {
  private static func waitForConnection(_ socket: Descriptor, _ stop: WakeSignal) -> Bool {
    var entries = [socket, stop.readEnd].map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
    _ = Descriptors.poll(&entries, timeout: nil)
    return entries[1].revents == 0
  }

  private func acceptOne(_ makeHandler: @Sendable (String) -> any MessageHandler) {
    var number: Int32 = -1
    let peerAddress = Sockets.Address { pointer, length in
      number = accept(socket.number, pointer, length)
      return number < 0 ? -1 : 0
    }
    guard number >= 0 else {
      // Out of descriptors: what waits stays in the queue, and the loop must not spin on it.
      if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) { usleep(50_000) }
      return
    }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    let client = Descriptor(number)
    do throws(ByteStreamError) {
      if let reason = reasonToRefuse(client) { throw ByteStreamError(reason) }
      let stream = try stream(client, peerAddress)
      serve(stream, makeHandler(stream.peer))
    } catch {
      state.withLock { $0.refusedCount += 1 }
      _ = shutdown(number, Int32(SHUT_RDWR))
      options.onEvent?(0, .turnedAway(peer: peerName(peerAddress), reason: error.message))
    }
  }

  private func reasonToRefuse(_ client: Descriptor) -> String? {
    let (isClosed, count) = state.withLock { ($0.isClosed, $0.connections.count) }
    if isClosed { return "the server ends" }
    if count >= maximumConnections { return "\(count) connections are open, which is the limit" }
    if case .tcp = address { return nil }
    // The folder keeps others out already; this holds where its permissions do not.
    let user = Sockets.peerUser(client)
    return user == geteuid() || user == 0 ? nil : "it belongs to another user"
  }

  private func stream(_ client: Descriptor, _ peer: Sockets.Address) throws(ByteStreamError) -> FileDescriptorStream {
    if case .tcp = address { Sockets.disableDelay(client) }
    return try FileDescriptorStream(input: client, output: client, peer: peerName(peer))
  }

  private func peerName(_ peer: Sockets.Address) -> String {
    guard case .tcp = address else { return "\(address)" }
    return Sockets.describe(peer).map { "\(ServerAddress.tcp(host: $0.host, port: $0.port))" } ?? "tcp"
  }

  private func serve(_ stream: FileDescriptorStream, _ handler: any MessageHandler) {
    let connection = Connection(stream: stream, options: options)
    let key = ObjectIdentifier(connection)
    let isOpen = state.withLock { state in
      if !state.isClosed { state.connections[key] = connection }
      return !state.isClosed
    }
    guard isOpen else { return stream.close() }
    connection.start(
      handler: Closing(handler: handler) { [weak self] in
        _ = self?.state.withLock { $0.connections.removeValue(forKey: key) }
      })
  }

  /// A handler that also tells the listener of the end.
  private struct Closing: MessageHandler {
    let handler: any MessageHandler
    let onClose: @Sendable () -> Void

    func handle(_ request: RequestContext) async throws -> JSONValue { try await handler.handle(request) }
    func quickAnswer(to method: String) -> QuickAnswer? { handler.quickAnswer(to: method) }
    func handle(_ notification: NotificationContext) { handler.handle(notification) }
    func error(for error: any Error, in request: RequestContext) -> RPCError? { handler.error(for: error, in: request) }

    func connectionClosed(_ connection: Connection, _ end: ConnectionEnd) {
      onClose()
      handler.connectionClosed(connection, end)
    }
  }
}

// MARK: - TCP

extension Listener {
  private static func openTCP(
    _ host: String, _ port: UInt16, allowsRemote: Bool
  ) throws(ByteStreamError) -> Descriptor {
    guard let place = try Sockets.resolve(host, port, forListening: true).first else {
      throw ByteStreamError("the host \"\(host)\" has no address")
    }
    guard allowsRemote || Sockets.isLoopback(place) else {
      throw ByteStreamError("other machines could reach it, so a token is needed; or use 127.0.0.1")
    }
    let socket = try Sockets.open(place.family)
    Sockets.setOption(socket, SOL_SOCKET, SO_REUSEADDR)
    guard place.with({ bind(socket.number, $0, $1) }) == 0 else { throw .last("cannot bind") }
    try listen(socket)
    return socket
  }

  static func listen(_ socket: Descriptor) throws(ByteStreamError) {
    guard systemListen(socket.number) == 0 else { throw .last("cannot listen") }
    // A client that gives up between poll and accept must not block the thread.
    _ = fcntl(socket.number, F_SETFL, fcntl(socket.number, F_GETFL) | O_NONBLOCK)
  }

  private static func boundAddress(_ socket: Descriptor, _ host: String) throws(ByteStreamError) -> ServerAddress {
    let bound = Sockets.Address { getsockname(socket.number, $0, $1) }
    guard let place = Sockets.describe(bound) else { throw .last("cannot tell the port") }
    return .tcp(host: place.host, port: place.port)
  }
}

// `listen` is also a name of ours.
private func systemListen(_ number: Int32) -> Int32 { listen(number, 64) }
