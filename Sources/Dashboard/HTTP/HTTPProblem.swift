import Contract
import JSON

/// Why a request is refused, in a sentence that says what to do.
struct HTTPProblem: Error, Sendable, Equatable {
  var status: Int
  /// As in the errors of the JSON-RPC service where it is one of them, otherwise a word of HTTP's.
  var kind: String
  var message: String
  /// The parameter at fault.
  var parameter: String?
  var headers: [String: String] = [:]

  init(_ status: Int, _ kind: String, _ message: String, parameter: String? = nil, headers: [String: String] = [:]) {
    self.status = status
    self.kind = kind
    self.message = message
    self.parameter = parameter
    self.headers = headers
  }

  static func notFound(_ what: String = "There is nothing under this address.") -> HTTPProblem {
    HTTPProblem(404, "notFound", what)
  }

  static func parameter(_ name: String, _ problem: String) -> HTTPProblem {
    HTTPProblem(400, "invalidParams", "The parameter \"\(name)\" \(problem).", parameter: name)
  }

  /// A failure of the service.
  init(_ error: any Error) {
    if let problem = error as? HTTPProblem {
      self = problem
      return
    }
    guard let error = error as? ServiceError else {
      self.init(500, "internalError", "The request could not be answered.")
      return
    }
    let status =
      switch error.kind {
      case .invalidParams, .invalidOption, .invalidData: 400
      case .runNotFound, .unknownSuite, .unknownModel: 404
      case .runNotActive: 409
      case .serverBusy, .storeUnavailable, .storeTooNew, .diskFull: 503
      default: 500
      }
    self.init(status, error.kind.rawValue, error.message)
    // `/days` in the service is `days` here.
    parameter = error.details["pointer"]?.stringValue.flatMap { $0.hasPrefix("/") ? String($0.dropFirst()) : nil }
  }

  var json: Reply {
    var error: JSONObject = ["kind": .string(kind), "message": .string(message)]
    if let parameter { error["parameter"] = .string(parameter) }
    var reply = Reply.json(["error": .object(error)], status: status)
    reply.headers = headers
    return reply
  }
}
