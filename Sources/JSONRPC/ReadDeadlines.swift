/// How long the reading thread may wait for the next bytes.
struct ReadDeadlines {
  private let options: ConnectionOptions
  private let started: Duration
  private var lastReceived: Duration
  /// When the part of a message that is there began to come.
  private var frameBegan: Duration?

  init(options: ConnectionOptions) {
    self.options = options
    started = options.timeSource.now()
    lastReceived = started
  }

  mutating func received() { lastReceived = options.timeSource.now() }

  /// Nil to wait for ever.
  mutating func timeout(isWithinFrame: Bool, _ connection: Connection) -> Duration? {
    earliest(isWithinFrame, connection).map { max(.milliseconds(1), $0 - options.timeSource.now()) }
  }

  mutating func hasPassed(isWithinFrame: Bool, _ connection: Connection) -> Bool {
    earliest(isWithinFrame, connection).map { $0 <= options.timeSource.now() } ?? false
  }

  private mutating func earliest(_ isWithinFrame: Bool, _ connection: Connection) -> Duration? {
    frameBegan = isWithinFrame ? frameBegan ?? lastReceived : nil
    var deadlines: [Duration] = []
    if let frameBegan, let limit = options.frameDeadline { deadlines.append(frameBegan + limit) }
    if options.authorize != nil, !connection.lifecycle.isInitialized {
      deadlines.append(started + options.authorizationDeadline)
    }
    if let limit = options.idleDeadline {
      // While something is in flight the peer is rightly silent: look again later.
      let since = connection.inFlightCount > 0 ? options.timeSource.now() : lastReceived
      deadlines.append(since + limit)
    }
    return deadlines.min()
  }
}
