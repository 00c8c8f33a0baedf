/// Which of the two dialects of JSON-RPC a peer speaks. A value that the connection consults, not a fork of it.
package struct Profile: Sendable, Equatable {
  package var name: String
  /// Whether requests before `initialize` are refused and notifications before it dropped.
  package var requiresInitialize: Bool
  /// Whether an array of messages is answered with an array.
  package var allowsBatch: Bool
  /// Whether `null` and numbers with a fraction may be ids.
  package var allowsUnusualIDs: Bool

  /// JSON-RPC 2.0 as its specification has it: for scripts.
  package static let plain = Profile(
    name: "plain", requiresInitialize: false, allowsBatch: true, allowsUnusualIDs: true)

  /// The language-server base protocol: for editors.
  package static let languageServer = Profile(
    name: "languageServer", requiresInitialize: true, allowsBatch: false, allowsUnusualIDs: false)

  /// What a peer speaks that opens with this framing, until it says otherwise with `initialize`.
  package static func initial(for framing: Framing) -> Profile {
    framing == .contentLength ? .languageServer : .plain
  }
}
