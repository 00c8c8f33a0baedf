/// A message that is never answered.
package protocol Notification: Sendable {
  associatedtype Params: Codable & Sendable
  static var name: String { get }
  /// One sentence.
  static var summary: String { get }
  static var details: String { get }
  static var direction: NotificationDirection { get }
}

extension Notification {
  package static var details: String { "" }
}

package enum NotificationDirection: String, Sendable {
  case clientToServer = "client-to-server"
  case serverToClient = "server-to-client"
}

/// Every notification of the protocol, in the order of its document.
package enum NotificationTable {
  package static let all: [any Notification.Type] = [
    Initialized.self, Exit.self, CancelRequest.self, SetTrace.self, Progress.self, LogTrace.self, LogMessage.self,
  ]
}
