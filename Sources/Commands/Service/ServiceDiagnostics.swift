import Contract
import JSONRPC

/// What a server tells of itself: the log, and the trace when one is wanted.
///
/// The log names methods, ids, sizes and times. What peers say to each other, which may hold prompts, answers and keys,
/// goes to the trace alone.
struct ServiceDiagnostics: Sendable {
  let log: ServiceLog
  private let trace: TraceFile?

  init(log: ServiceLog, trace: TraceFile?) {
    self.log = log
    self.trace = trace
  }

  /// Writes what is left, within bounded time.
  func close() {
    trace?.close()
    log.flush()
  }

  func record(_ connection: Int, _ event: ConnectionEvent) {
    trace?.record(connection, event)
    var number: (key: String, value: String) { ("connection", "\(connection)") }
    switch event {
    case .frameReceived, .frameSent: break
    case .opened(let peer): log.log(.info, "rpc", "Connection opened", [number, ("peer", peer)])
    case .turnedAway(let peer, let reason):
      log.log(.warning, "rpc", "Connection turned away", [("peer", peer), ("reason", reason)])
    case .requestFinished(let record): log.log(.debug, "rpc", "Request", [number] + record.fields)
    case .malformed(let code):
      log.log(.debug, "rpc", "Message refused", [number, ("outcome", "\(code.rawValue)")])
    case .internalError(let method, let id, let type, _):
      log.log(.error, "rpc", "Internal error", [number, ("id", id), ("method", method), ("type", type)])
    case .ignored(let reason): log.log(.debug, "rpc", "Ignored", [number, ("reason", reason)])
    case .closed(let end):
      let fields = [number, ("reason", end.reason.text), ("dropped", "\(end.droppedMessageCount)")]
      log.log(end.reason.isFault ? .warning : .info, "rpc", "Connection closed", fields)
    }
  }
}

extension RequestRecord {
  fileprivate var fields: [(key: String, value: String)] {
    [
      ("id", id.description), ("method", method), ("queuedMs", "\(queued.milliseconds)"),
      ("runMs", "\(run.milliseconds)"), ("bytesIn", "\(requestByteCount)"), ("bytesOut", "\(responseByteCount)"),
      ("outcome", error.map { "\($0.rawValue)" } ?? "ok"),
    ]
  }
}

extension ConnectionEnd.Reason {
  /// As it stands in the log and the trace.
  var text: String {
    switch self {
    case .exit: "exit"
    case .endOfStream: "endOfStream"
    case .closedHere: "closedHere"
    case .parentGone: "parentGone"
    case .streamFailed(let detail): "streamFailed: \(detail)"
    case .framingLost: "framingLost"
    case .outputOverflow: "outputOverflow"
    case .timedOut: "timedOut"
    case .unauthorized: "unauthorized"
    }
  }

  fileprivate var isFault: Bool {
    switch self {
    case .exit, .endOfStream, .closedHere, .parentGone: false
    case .streamFailed, .framingLost, .outputOverflow, .timedOut, .unauthorized: true
    }
  }
}
