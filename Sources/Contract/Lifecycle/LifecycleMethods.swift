package import JSON

package enum Initialize: Method, OpenParams {
  package static let name = "initialize"
  package static let summary = "Opens the conversation; needed once by editors, optional for scripts."
  package static let details = """
    In the header framing everything else is refused with -32002 before it. What is sent right behind it waits for \
    its answer. Members of the parameters that are not known are passed over.
    """
  package static let isCancellable = false

  package struct Params: Codable, Sendable, Equatable {
    /// The client's process; the server ends when it is gone. nil to not watch.
    package var processId: Int?
    package var clientInfo: ClientInfo?
    package var capabilities: JSONValue?
    /// Demanded by a listener that is not loopback.
    package var token: String?
    /// `off`, `messages` or `verbose`.
    package var trace: String?

    package init() {}
  }

  package struct ClientInfo: Codable, Sendable, Equatable {
    package var name: String
    package var version: String?

    package init(name: String, version: String? = nil) {
      self.name = name
      self.version = version
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var serverInfo: ClientInfo
    package var capabilities: Capabilities

    package init(serverInfo: ClientInfo, capabilities: Capabilities) {
      self.serverInfo = serverInfo
      self.capabilities = capabilities
    }
  }

  package struct Capabilities: Codable, Sendable, Equatable {
    /// Every method the server answers.
    package var methods: [String]
    /// Those that report progress for a `workDoneToken`.
    package var workDoneProgress: [String]
    /// Those that stream results for a `partialResultToken`.
    package var partialResults: [String]
    package var suites: [String]

    package init(methods: [String], workDoneProgress: [String], partialResults: [String], suites: [String]) {
      self.methods = methods
      self.workDoneProgress = workDoneProgress
      self.partialResults = partialResults
      self.suites = suites
    }
  }
}

package enum Shutdown: Method, OpenParams {
  package static let name = "shutdown"
  package static let summary = "Asks the server to finish; `exit` then ends it."
  package static let details = "After it every request is refused with -32600."
  package static let resultNote: Note = "Always null."
  package static let isCancellable = false
  package typealias Params = Empty
  package typealias Result = Empty?
}

package enum Discover: Method {
  package static let name = "rpc.discover"
  package static let summary = "Gives this document: every method, with its parameters, result, errors and an example."
  package static let details = "The same as `Protocol/openrpc.json` and the output of `llmbench protocol`."
  package static let resultNote = Note("An OpenRPC 1.4 document.", .schema(["type": "object"]))
  package typealias Params = Empty
  package typealias Result = JSONValue
}
