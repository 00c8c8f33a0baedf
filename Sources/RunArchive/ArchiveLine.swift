package import Contract
import JSON

/// One line of an archive: an object with one member, whose name says what it holds.
package enum ArchiveLine: Sendable {
  case archive(ArchiveHeader)
  /// The run, and the metadata key by which its results are grouped.
  case run(RunSummary, dimension: String?)
  case sample(SampleRecord)
  /// The run is whole: so many samples came before.
  case end(runId: String, samples: Int)
}

/// What an archive begins with.
package struct ArchiveHeader: Codable, Sendable, Equatable {
  package static let format = "llmbench-runs"
  package static let version = 1

  var format = Self.format
  var version = Self.version
  var programVersion = ProgramVersion.current
  var exportedAt = Timestamp.now()
}

extension ArchiveLine {
  private struct End: Codable {
    var runId: String
    var samples: Int
  }

  /// The line as JSON text with its line feed.
  ///
  /// - Throws: `EncodingError` for what is no JSON, which nothing stored is.
  func bytes() throws -> [UInt8] {
    let encoder = JSONValueEncoder()
    let (name, value) =
      switch self {
      case .archive(let header): ("archive", try encoder.encode(header))
      case .run(let run, let dimension): ("run", Self.adding(dimension, to: try encoder.encode(run)))
      case .sample(let sample): ("sample", try encoder.encode(sample))
      case .end(let runId, let samples): ("end", try encoder.encode(End(runId: runId, samples: samples)))
      }
    return JSONWriter.data([name: value]) + [UInt8(ascii: "\n")]
  }

  private static func adding(_ dimension: String?, to run: JSONValue) -> JSONValue {
    var object = run.objectValue ?? [:]
    object["dimension"] = dimension.map(JSONValue.string) ?? .null
    return .object(object)
  }

  /// Reads a line; nil for an object of another program.
  ///
  /// - Throws: what is wrong with it.
  init?(_ value: JSONValue) throws {
    guard case .object(let object) = value, object.count == 1, let (name, body) = object.first.map({ ($0.key, $0.value) })
    else { return nil }
    let decoder = JSONValueDecoder()
    switch name {
    case "archive": self = .archive(try decoder.decode(ArchiveHeader.self, from: body))
    case "run": self = .run(try Self.run(body), dimension: body["dimension"]?.stringValue)
    case "sample": self = .sample(try decoder.decode(SampleRecord.self, from: try Self.filled(body, Self.emptySample)))
    case "end":
      let end = try decoder.decode(End.self, from: body)
      self = .end(runId: end.runId, samples: end.samples)
    default: return nil
    }
  }

  /// Of its models only the names are taken: their figures are made from the samples again.
  private static func run(_ body: JSONValue) throws -> RunSummary {
    let names = (body["models"]?.arrayValue ?? []).compactMap { $0["model"]?.stringValue }
    guard case .object(var object) = try filled(body, emptyRun) else { throw ArchiveFault("\"run\" is no object") }
    object["models"] = []
    var run = try JSONValueDecoder().decode(RunSummary.self, from: .object(object))
    run.models = names.map(ModelSummary.init(model:))
    return run
  }

  /// With the members that an older program did not write yet.
  private static func filled(_ body: JSONValue, _ defaults: JSONObject) throws -> JSONValue {
    guard case .object(let members) = body else { throw ArchiveFault("it holds no object") }
    var object = defaults
    for (key, value) in members { object[key] = value }
    return .object(object)
  }

  /// The members that came after the first version, or that have an obvious value.
  private static let emptySample: JSONObject = [
    "sequence": 0, "tokensEstimated": false, "cached": false, "attempts": 0, "scoringRevision": 1,
    "earlierScores": [], "metrics": [:], "parts": [], "metadata": [:],
  ]
  private static let emptyRun: JSONObject = [
    "prices": [], "spent": nil, "scorings": [], "message": nil, "finishedAt": nil,
  ]
}

/// What is wrong with a document.
struct ArchiveFault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
