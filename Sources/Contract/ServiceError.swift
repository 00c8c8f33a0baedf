package import JSON

/// A failure that a client can act on. It crosses the wire as a JSON-RPC error whose `data` is
/// `{"kind": …}` and the details.
package struct ServiceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure, each with its JSON-RPC error code. Codes 1000…1999 are the product's own: JSON-RPC and
  /// the language-server protocol reserve the negative ranges.
  package enum Kind: String, Sendable, CaseIterable {
    case invalidParams, requestFailed, cancelled
    case serverBusy
    case unknownSuite, unknownModel, invalidOption, runNotFound, missingAPIKey
    case modelUnavailable, runNotActive, priceUnknown
    case fileNotFound, fileUnreadable, fileUnwritable, diskFull, invalidData
    case storeUnavailable, storeTooNew
    case sandboxUnavailable, runtimeMissing, graderUnsound
    case unsupported

    package var code: Int {
      switch self {
      case .invalidParams: -32602
      case .requestFailed: -32803
      case .cancelled: -32800
      case .serverBusy: 1001
      case .unknownSuite: 1101
      case .unknownModel: 1102
      case .invalidOption: 1103
      case .runNotFound: 1104
      case .missingAPIKey: 1105
      case .modelUnavailable: 1106
      case .runNotActive: 1107
      case .priceUnknown: 1108
      case .fileNotFound: 1201
      case .fileUnreadable: 1202
      case .fileUnwritable: 1203
      case .diskFull: 1204
      case .invalidData: 1205
      case .storeUnavailable: 1301
      case .storeTooNew: 1302
      case .sandboxUnavailable: 1401
      case .runtimeMissing: 1402
      case .graderUnsound: 1403
      case .unsupported: 1501
      }
    }
  }

  package let kind: Kind
  /// One sentence or two: what is wrong, and what to do about it.
  package let message: String
  /// Machine-readable details beside `kind`.
  package let details: JSONObject

  package init(_ kind: Kind, _ message: String, details: JSONObject = [:]) {
    self.kind = kind
    self.message = message
    self.details = details
  }

  /// - Parameter pointer: JSON pointer (RFC 6901) of the parameter at fault, as in `/sample/count`.
  package static func invalidParameter(_ pointer: String, _ message: String) -> ServiceError {
    ServiceError(.invalidParams, message, details: ["pointer": .string(pointer)])
  }

  /// The error's `data` on the wire.
  package var data: JSONValue {
    .object(JSONObject(distinct: [(key: "kind", value: .string(kind.rawValue))] + Array(details)))
  }

  /// Reads an error off the wire; nil when its `data` names no kind that is known here.
  package init?(message: String, data: JSONValue?) {
    guard let name = data?["kind"]?.stringValue, let kind = Kind(rawValue: name) else { return nil }
    var details = data?.objectValue ?? [:]
    details["kind"] = nil
    self.init(kind, message, details: details)
  }

  package var description: String { message }
}
