package import JSON

package enum Initialized: Notification, OpenParams {
  package static let name = "initialized"
  package static let summary = "Says that the client has read the answer to `initialize`."
  package static let direction = NotificationDirection.clientToServer
  package typealias Params = Empty
}

package enum Exit: Notification {
  package static let name = "exit"
  package static let summary = "Ends the connection; on standard streams the process, with 0 after `shutdown`, else 1."
  package static let direction = NotificationDirection.clientToServer
  package typealias Params = Empty
}

package enum CancelRequest: Notification {
  package static let name = "$/cancelRequest"
  package static let summary = "Ends a request, which is answered all the same: with error -32800."
  package static let details = "An id that is unknown, or was answered already, is passed over."
  package static let direction = NotificationDirection.clientToServer

  package struct Params: Sendable, Equatable, Described {
    package var id: JSONValue

    package init(id: JSONValue) { self.id = id }

    package static let notes = Notes(
      "Which request to end.",
      ["id": Note("The request's id, of the same JSON type: `1` is not `\"1\"`.", .token)])
  }
}

package enum SetTrace: Notification {
  package static let name = "$/setTrace"
  package static let summary = "Chooses how much of its doings the server tells through `$/logTrace`."
  package static let details = "Any other value is passed over."
  package static let direction = NotificationDirection.clientToServer

  package struct Params: Sendable, Equatable, Described {
    package var value: String

    package init(value: String) { self.value = value }

    package static let notes = Notes(
      "How much to tell.",
      ["value": Note("`off` at first, unless `initialize` said otherwise.", .oneOf(["off", "messages", "verbose"]))])
  }
}
