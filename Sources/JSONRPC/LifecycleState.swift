/// Where a connection stands between `initialize` and `exit`, and what that allows. Pure.
package struct LifecycleState: Sendable, Equatable {
  package enum Phase: Sendable, Equatable {
    case uninitialized
    /// `initialize` is being answered; what follows it waits for the outcome.
    case initializing
    case ready
    case shutDown
    case exited
  }

  /// What happens to a request.
  package enum RequestAdmission: Sendable, Equatable {
    case accept
    /// Wait until `initialize` is answered, then ask again.
    case hold
    case reject(RPCError)
  }

  /// What happens to a notification.
  package enum NotificationAdmission: Sendable, Equatable {
    case deliver
    case hold
    case drop
    case exit
  }

  package private(set) var phase = Phase.uninitialized
  /// Whether the peer may do nothing before `initialize`, whatever its profile: it has to show a token first.
  package let requiresAuthorization: Bool
  private var wasInitialized = false
  private var wasShutDown = false

  package init(requiresAuthorization: Bool = false) { self.requiresAuthorization = requiresAuthorization }

  /// Whether `shutdown` has come.
  package var shutdownReceived: Bool { wasShutDown }

  /// Whether `initialize` has been answered with a result.
  package var isInitialized: Bool { wasInitialized }

  /// The exit code that `exit` asks for: 0 after `shutdown`, else 1.
  package var exitCode: Int32 { wasShutDown ? 0 : 1 }

  package mutating func admit(request method: String, _ profile: Profile) -> RequestAdmission {
    switch phase {
    case .shutDown, .exited: return .reject(.invalidRequest("the server has been shut down"))
    case .initializing:
      if method == "initialize" { return .reject(Self.secondInitialize) }
      return .hold
    case .uninitialized, .ready:
      return admitOpen(method, profile)
    }
  }

  private mutating func admitOpen(_ method: String, _ profile: Profile) -> RequestAdmission {
    if method == "initialize" {
      if wasInitialized { return .reject(Self.secondInitialize) }
      phase = .initializing
      return .accept
    }
    if !wasInitialized, profile.requiresInitialize || requiresAuthorization {
      return .reject(RPCError(.serverNotInitialized, "The server is not initialized: send \"initialize\" first."))
    }
    if method == "shutdown" {
      phase = .shutDown
      wasShutDown = true
    }
    return .accept
  }

  package mutating func admit(notification method: String, _ profile: Profile) -> NotificationAdmission {
    if method == "exit" {
      phase = .exited
      return .exit
    }
    switch phase {
    case .exited: return .drop
    case .initializing: return .hold
    case .uninitialized, .ready, .shutDown:
      let mustWait = !wasInitialized && (profile.requiresInitialize || requiresAuthorization)
      return mustWait ? .drop : .deliver
    }
  }

  /// Call when `initialize` has been answered. After a failure the peer may try again.
  package mutating func initializeFinished(succeeded: Bool) {
    guard phase == .initializing else { return }
    phase = succeeded ? .ready : .uninitialized
    wasInitialized = succeeded
  }

  /// Whether this side may send a message of its own: before `initialize` is answered a server of the
  /// language-server profile sends only what shows or logs text, and progress.
  package func allowsSending(_ method: String, _ profile: Profile) -> Bool {
    if wasInitialized || !(profile.requiresInitialize || requiresAuthorization) { return true }
    let early = [
      "window/showMessage", "window/logMessage", "window/showMessageRequest", "telemetry/event", "$/progress",
    ]
    return !requiresAuthorization && early.contains(method) || phase == .initializing && method == "$/progress"
  }

  private static let secondInitialize = RPCError.invalidRequest("\"initialize\" may be sent only once")
}
