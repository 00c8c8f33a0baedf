import Contract
import JSON
import JSONRPC

extension ServiceError {
  /// What went wrong with a request, in the contract's terms.
  init(_ error: any Error, peer: String) {
    switch error {
    case let error as ServiceError: self = error
    case let error as RPCError: self = ServiceError(error)
    case let error as ConnectionClosedError: self = ServiceError(error, peer: peer)
    case is CancellationError: self = ServiceError(.cancelled, "The request was cancelled.")
    default: self = ServiceError(.requestFailed, "\(error)")
    }
  }

  private init(_ error: RPCError) {
    if let known = ServiceError(message: error.message, data: error.data) {
      self = known
      return
    }
    var details: JSONObject = ["code": .integer(error.code.rawValue)]
    if let data = error.data { details["data"] = data }
    let message = error.message.isEmpty ? "The server answered with the error \(error.code.rawValue)." : error.message
    self.init(Self.kind(of: error.code), Self.advice(error.code) ?? message, details: details)
  }

  private static func kind(of code: RPCErrorCode) -> Kind {
    switch code {
    case .invalidParams: .invalidParams
    case .requestCancelled, .serverCancelled: .cancelled
    case .serverBusy: .serverBusy
    case .methodNotFound: .unsupported
    default: .requestFailed
    }
  }

  private static func advice(_ code: RPCErrorCode) -> String? {
    guard code == .unauthorized || code == .serverNotInitialized else { return nil }
    return "The server demands its token: put it into LLMBENCH_TOKEN, or name its file with --token-file."
  }

  private init(_ error: ConnectionClosedError, peer: String) {
    let cause =
      switch error.reason {
      case .endOfStream, .exit: "the server closed it"
      case .closedHere, .parentGone: "it was closed on this side"
      case .streamFailed(let reason): reason
      case .framingLost: "what the server sends is not JSON-RPC"
      case .outputOverflow: "the server does not read"
      case .timedOut: "the server fell silent"
      case .unauthorized: "the server refused the token"
      }
    self.init(
      .requestFailed, "The connection to \(peer) was lost before the answer came: \(cause).",
      details: ["reason": "connectionLost", "peer": .string(peer)])
  }

  /// Whether a request failed because the connection ended.
  package var isConnectionLoss: Bool { details["reason"] == "connectionLost" }
}
