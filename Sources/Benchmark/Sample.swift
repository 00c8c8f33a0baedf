package import JSON
package import Models

/// One prompt with its target.
package struct Sample: Sendable {
  /// The same in every run of the suite with the same options.
  package let id: String
  package let messages: [ChatMessage]
  /// The right answer, for people to read. Never sent to a model or into the sandbox.
  package let expected: JSONValue
  /// Facts to group and filter by, such as the size.
  package let metadata: JSONObject

  package init(id: String, messages: [ChatMessage], expected: JSONValue, metadata: JSONObject) {
    self.id = id
    self.messages = messages
    self.expected = expected
    self.metadata = metadata
  }

  /// The prompt as one text: a lone user message as it is, otherwise each message under its role.
  package var promptText: String {
    if messages.count == 1, let message = messages.first { return message.content }
    return messages.map { "[\($0.role.rawValue)]\n\($0.content)" }.joined(separator: "\n\n")
  }
}
