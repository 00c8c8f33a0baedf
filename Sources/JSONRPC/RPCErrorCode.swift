/// The `code` of a JSON-RPC error. Open, because a peer may send any number.
///
/// JSON-RPC reserves -32768…-32000 and the language-server base protocol -32899…-32800; codes of an application
/// lie outside both.
package struct RPCErrorCode: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) { self.rawValue = rawValue }
}

extension RPCErrorCode {
  /// The bytes are not JSON.
  package static let parseError = RPCErrorCode(rawValue: -32700)
  /// JSON, but not a JSON-RPC request, or one that is out of place.
  package static let invalidRequest = RPCErrorCode(rawValue: -32600)
  package static let methodNotFound = RPCErrorCode(rawValue: -32601)
  package static let invalidParams = RPCErrorCode(rawValue: -32602)
  /// A defect of the answering side.
  package static let internalError = RPCErrorCode(rawValue: -32603)
  /// A request came before `initialize`.
  package static let serverNotInitialized = RPCErrorCode(rawValue: -32002)
  /// The sender of the request cancelled it.
  package static let requestCancelled = RPCErrorCode(rawValue: -32800)
  /// The result went stale while it was computed.
  package static let contentModified = RPCErrorCode(rawValue: -32801)
  /// The server gave the request up, for methods documented so.
  package static let serverCancelled = RPCErrorCode(rawValue: -32802)
  /// A valid request whose operation failed.
  package static let requestFailed = RPCErrorCode(rawValue: -32803)
  /// Too many requests of this connection are unanswered. Data: `retryAfterMilliseconds`, `running`, `limit`.
  package static let serverBusy = RPCErrorCode(rawValue: 1001)
  /// The token of `initialize` is missing or wrong.
  package static let unauthorized = RPCErrorCode(rawValue: 1002)
  /// The result is larger than the connection may send. Data: `bytes`, `limitBytes`.
  package static let responseTooLarge = RPCErrorCode(rawValue: 1003)
}
