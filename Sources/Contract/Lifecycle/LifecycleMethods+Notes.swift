import JSON

extension Initialize.Params: Described {
  package static let notes = Notes(
    "Who the client is. Members that are not known here are passed over.",
    [
      "processId": "The client's process on this machine; the server ends when it is gone. null to not watch.",
      "clientInfo": "Name and version of the client; null for none.",
      "capabilities": Note(
        "What the client can do; of this server none has an effect yet.",
        .schema(["type": ["object", "null"]])),
      "token": "The token that a listener may demand; `initializationOptions.token` goes as well. null for none.",
      "trace": Note(
        "How much `$/logTrace` tells at first.", .oneOf(["off", "messages", "verbose"]), .defaultValue("off")),
    ])
}

extension Initialize.ClientInfo: Described {
  package static let notes = Notes(
    "A program.", ["name": "Its name.", "version": "Its version; null when unknown."])
}

extension Initialize.Result: Described {
  package static let notes = Notes(
    "Who the server is.", ["serverInfo": "Name and version of the server.", "capabilities": "What it can do."])
}

extension Initialize.Capabilities: Described {
  package static let notes = Notes(
    "What the server can do.",
    [
      "methods": "Every method it answers.",
      "workDoneProgress": "Those that report progress for a `workDoneToken`.",
      "partialResults": "Those that stream their result for a `partialResultToken`.",
      "suites": "The suites it has.",
    ])
}
