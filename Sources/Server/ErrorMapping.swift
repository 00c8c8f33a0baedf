import Avro
import CodeGrading
import CodeProblems
import Contract
import DataFormats
import EventData
import Execution
import JSON
import JSONRPC

/// The one place where errors become what a peer is told, by type and code and never by text.
enum ErrorMapping {
  /// nil for an error that is a defect here: the peer learns no details of those.
  static func rpcError(for error: any Error) -> RPCError? {
    if let error = error as? RPCError { return error }
    guard let error = serviceError(for: error) else { return nil }
    return RPCError(RPCErrorCode(rawValue: Int64(error.kind.code)), error.message, data: error.data)
  }

  static func serviceError(for error: any Error) -> ServiceError? {
    switch error {
    case let error as ServiceError: error
    case let error as AvroError: ServiceError(error)
    case let error as EventDataError: ServiceError(error)
    case let error as DataFormatError: ServiceError(error)
    case let error as ExecutionError: ServiceError(error)
    case let error as DatasetError: ServiceError(error)
    default: nil
    }
  }
}

extension ServiceError {
  fileprivate init(_ error: EventDataError) {
    self.init(.invalidParams, error.message, details: ["reason": .string(error.code.rawValue)])
  }

  fileprivate init(_ error: DataFormatError) {
    let kind: Kind =
      switch error.code {
      case .missingFile: .fileNotFound
      case .file: .fileUnreadable
      case .unwritableFile: .fileUnwritable
      case .diskFull: .diskFull
      case .option: .invalidParams
      default: .invalidData
      }
    var details: JSONObject = ["reason": .string(error.code.rawValue)]
    if let line = error.line { details["line"] = .integer(Int64(line)) }
    if let column = error.column { details["column"] = .integer(Int64(column)) }
    if let pointer = error.pointer { details["pointer"] = .string(pointer) }
    if let path = error.path { details["path"] = .string(path) }
    self.init(kind, error.description, details: details)
  }

  fileprivate init(_ error: ExecutionError) {
    let kind: Kind =
      switch error.code {
      case .runtimeMissing: .runtimeMissing
      case .sandboxUnavailable, .spawnFailed: .sandboxUnavailable
      case .unsupportedLanguage: .unsupported
      case .invalidRequest: .invalidParams
      case .cancelled: .cancelled
      }
    self.init(kind, error.message)
  }
}

extension ServiceError {
  /// - Parameters:
  ///   - path: the file, where the message does not name it.
  ///   - isWriting: whether the file was to be written.
  init(_ error: AvroError, path: String? = nil, isWriting: Bool = false) {
    let kind: Kind =
      switch error.code {
      case .fileNotFound: isWriting ? .fileUnwritable : .fileNotFound
      case .diskFull: .diskFull
      case .system: isWriting ? .fileUnwritable : .fileUnreadable
      default: .invalidData
      }
    var details: JSONObject = ["reason": .string(error.code.rawValue)]
    if let offset = error.offset { details["offset"] = .integer(Int64(offset)) }
    if let path { details["path"] = .string(path) }
    let names = path.map { error.description.contains($0) } ?? true
    self.init(kind, names ? error.description : "\(path ?? ""): \(error.description)", details: details)
  }
}
