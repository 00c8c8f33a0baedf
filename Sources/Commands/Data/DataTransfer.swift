import Client
import Contract
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Brings a conversion's data to the engine and its text to where it is wanted: in messages where it is small, in files
/// beside where it is not.
struct DataTransfer {
  let context: CommandContext
  let path: String
  let output: String?

  /// More than this goes through a file.
  private static let largestMessage = 4 << 20

  func run(_ given: DataEncode.Params) async throws -> ExitStatus {
    var params = given
    var spool: TemporaryFile?
    if path == "-" {
      let bytes = try LocalFile.readBytes("-")
      if bytes.count <= Self.largestMessage, let text = String(validating: bytes, as: UTF8.self) {
        params.text = text
      } else {
        let file = try TemporaryFile(bytes)
        params.path = file.path
        spool = file
      }
    } else {
      params.path = context.enginePath(path)
    }
    var result: TemporaryFile?
    if let output {
      params.output = context.enginePath(output)
    } else if !context.options.json, isLarge(params.path) {
      let file = try TemporaryFile([])
      params.output = file.path
      result = file
    }
    do {
      return try await call(params, result)
    } catch let error as ServiceError {
      // Nobody knows the name of the file that standard input was put into.
      throw spool.map { error.renaming($0.path, "standard input") } ?? error
    }
  }

  private func call(_ params: DataEncode.Params, _ temporary: TemporaryFile?) async throws -> ExitStatus {
    let result = try await context.withClient { try await $0.call(DataEncode.self, params) }
    if let temporary {
      try temporary.forEachPiece { piece in
        context.console.printPiece(piece)
        return !context.console.outputIsClosed
      }
    } else if let text = result.text, !context.options.json {
      context.console.printDocument(text)
    } else {
      try context.render(result) { result in
        [StyledText("\(result.path ?? ""): \(NumberText.bytes(result.bytes)) of \(result.format)")]
      }
    }
    return .success
  }

  /// Whether the file may well make a text that is too long for a message. One that is not here will be found wanting.
  private func isLarge(_ path: String?) -> Bool {
    var status = stat()
    guard let path, stat(path, &status) == 0 else { return false }
    return status.st_size > Self.largestMessage
  }
}

extension ServiceError {
  fileprivate func renaming(_ path: String, _ name: String) -> ServiceError {
    var details = details
    details["path"] = nil
    let message = message.hasPrefix(path) ? name + message.dropFirst(path.count) : message
    return ServiceError(kind, message, details: details)
  }
}
