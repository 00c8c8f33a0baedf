package import JSON

package enum Progress: Notification {
  package static let name = "$/progress"
  package static let summary = "Tells how far a request is, or a part of its result, under a token of the client's."
  package static let details = """
    Under a `workDoneToken`: one `begin`, any number of `report`s (at most ten a second), one `end` before the answer. \
    Under a `partialResultToken`: each part of the result, none left out, before the answer.
    """
  package static let direction = NotificationDirection.serverToClient

  package struct Params: Sendable, Equatable, Described {
    package var token: JSONValue
    package var value: JSONValue

    package init(token: JSONValue, value: JSONValue) {
      self.token = token
      self.value = value
    }

    package static let notes = Notes(
      "One step of a progress.",
      [
        "token": Note("The `workDoneToken` or `partialResultToken` of a request under way.", .token),
        "value": Note(
          "Under a `workDoneToken` a value with `kind`; under a `partialResultToken` a sample, as in "
            + "`results.samples`, or of `gpu.watch` a reading.",
          .anyOf([WorkDoneBegin.self, WorkDoneReport.self, WorkDoneEnd.self, SampleRecord.self, GPUReadings.self])),
      ])
  }
}

package enum LogTrace: Notification {
  package static let name = "$/logTrace"
  package static let summary = "Tells of the server's doings, to a client that asked for it with `$/setTrace`."
  package static let direction = NotificationDirection.serverToClient

  package struct Params: Sendable, Equatable, Described {
    package var message: String
    package var verbose: String?

    package init(message: String, verbose: String? = nil) {
      self.message = message
      self.verbose = verbose
    }

    package static let notes = Notes(
      "One thing done.",
      ["message": "What was done, in a line.", "verbose": "The details; only when the trace is `verbose`."])
  }
}

package enum LogMessage: Notification {
  package static let name = "window/logMessage"
  package static let summary = "A line for the client's log."
  package static let details = "This version sends none."
  package static let direction = NotificationDirection.serverToClient

  package struct Params: Sendable, Equatable, Described {
    package var type: Int
    package var message: String

    package init(type: Int, message: String) {
      self.type = type
      self.message = message
    }

    package static let notes = Notes(
      "One line.",
      [
        "type": Note("1 error, 2 warning, 3 information, 4 log, 5 debug.", .range(1, 5)),
        "message": "The line.",
      ])
  }
}
