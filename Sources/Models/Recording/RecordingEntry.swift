package import JSON

/// One line of a recording: a request's hash, whose call it was, and what came of it.
///
/// `Fixtures/recordings/README.md` describes the format.
package struct RecordingEntry: Sendable {
  package let requestHash: String
  /// nil in recordings made by hand.
  package let call: CallIdentity?
  package let outcome: Result<ModelResponse, ModelError>

  package init(requestHash: String, call: CallIdentity?, outcome: Result<ModelResponse, ModelError>) {
    self.requestHash = requestHash
    self.call = call
    self.outcome = outcome
  }

  /// - Throws: `RecordingFormatError` that names the member at fault.
  package init(_ line: JSONValue) throws(RecordingFormatError) {
    (requestHash, call) = try Self.key(line)
    if let response = line["response"] {
      outcome = .success(try ModelResponse(recorded: response))
    } else if let error = line["error"] {
      outcome = .failure(try ModelError(recorded: error))
    } else {
      throw RecordingFormatError("neither “response” nor “error”")
    }
  }

  /// The hash, or that of the request written out.
  static func key(_ line: JSONValue) throws(RecordingFormatError) -> (String, CallIdentity?) {
    let call = line["sampleId"]?.stringValue.map { CallIdentity(sampleID: $0, epoch: line["epoch"]?.intValue ?? 1) }
    if let hash = line["requestHash"]?.stringValue { return (hash, call) }
    guard let request = line["request"].flatMap(ModelRequest.init(canonical:)) else {
      throw RecordingFormatError("neither “requestHash” nor a “request” with messages")
    }
    return (request.requestHash, call)
  }

  package var json: JSONValue {
    var line: JSONObject = ["requestHash": .string(requestHash)]
    if let call {
      line["sampleId"] = .string(call.sampleID)
      line["epoch"] = .integer(Int64(call.epoch))
    }
    switch outcome {
    case .success(let response): line["response"] = response.recorded
    case .failure(let error): line["error"] = error.recorded
    }
    return .object(line)
  }
}

/// What is wrong with a line of a recording.
package struct RecordingFormatError: Error, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}

/// The first line of a recording.
struct RecordingHeader {
  static let formatName = "llmbench-recording"
  static let currentVersion = 1

  var version: Int
  var model: String
  /// RFC 3339, UTC.
  var createdAt: String
  var program: String

  var json: JSONValue {
    [
      "format": .string(Self.formatName), "version": .integer(Int64(version)), "model": .string(model),
      "createdAt": .string(createdAt), "program": .string(program),
    ]
  }

  init(version: Int = currentVersion, model: String, createdAt: String, program: String) {
    self.version = version
    self.model = model
    self.createdAt = createdAt
    self.program = program
  }

  init(_ line: JSONValue) throws(RecordingFormatError) {
    guard line["format"]?.stringValue == Self.formatName, let version = line["version"]?.intValue else {
      throw RecordingFormatError("the first line is not that of a recording")
    }
    guard version <= Self.currentVersion else {
      throw RecordingFormatError(
        "it is of version \(version), made by a newer program; this one reads up to \(Self.currentVersion)")
    }
    self.init(
      version: version, model: line["model"]?.stringValue ?? "", createdAt: line["createdAt"]?.stringValue ?? "",
      program: line["program"]?.stringValue ?? "")
  }
}
