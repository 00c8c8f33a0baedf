import Foundation
import JSON
import TestSupport
import Testing

/// A session as it is written down in Protocol/examples (README.md there has the format).
struct Transcript: Sendable, CustomTestStringConvertible {
  enum Line: Sendable {
    case send(JSONValue)
    /// As it is, without framing.
    case sendText(String)
    case endInput
    case receive(Expected)
    case exit(code: Int32)
  }

  /// A message of the server.
  struct Expected: Sendable {
    var message: JSONValue
    /// Whether it may come any number of times from here on, or never.
    var anyTimes: Bool
    /// Whether it and its neighbours marked so may come in any order.
    var anyOrder: Bool
  }

  let name: String
  let framings: [RawPeer.Framing]
  let arguments: [String]
  /// Source in Protocol/examples by its name in the server's folder.
  let files: [String: String]
  /// Variables of the server, with placeholders in their values.
  let environment: [String: String]
  let lines: [Line]

  var testDescription: String { name }

  static let folder = "\(packageFolder)/Protocol/examples"

  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }.sorted()
  }

  init(named name: String) throws {
    try self.init(named: name, text: String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8))
  }

  init(named name: String, text: String) throws {
    self.name = name
    var lines = try text.split(separator: "\n").map { try JSONParser().parse(String($0)) }
    guard lines.first?["transcript"] == 1 else { throw Unexpected("\(name) does not begin with {\"transcript\":1,…}") }
    let header = lines.removeFirst()
    framings = try (header["framings"]?.arrayValue ?? []).map { framing in
      switch framing {
      case "lines": .lines
      case "headers": .headers
      default: throw Unexpected("\(name): the framing \(framing) is unknown")
      }
    }
    arguments = (header["arguments"]?.arrayValue ?? []).compactMap(\.stringValue)
    files = (header["files"]?.objectValue ?? [:]).reduce(into: [:]) { $0[$1.key] = $1.value.stringValue }
    environment = (header["environment"]?.objectValue ?? [:]).reduce(into: [:]) { $0[$1.key] = $1.value.stringValue }
    self.lines = try lines.map { line in
      guard let made = Line(line) else { throw Unexpected("\(name): a line that is not understood: \(line)") }
      return made
    }
  }
}

extension Transcript.Line {
  init?(_ json: JSONValue) {
    switch (json["from"], json["message"]) {
    case ("client", let message?): self = .send(message)
    case ("client", nil):
      if let text = json["text"]?.stringValue {
        self = .sendText(text)
      } else {
        guard json["end"] == true else { return nil }
        self = .endInput
      }
    case ("server", let message?):
      self = .receive(
        Transcript.Expected(
          message: message, anyTimes: json["times"] == "any", anyOrder: json["anyOrder"] == true))
    case ("server", nil):
      guard let code = json["exitCode"]?.intValue else { return nil }
      self = .exit(code: Int32(code))
    default: return nil
    }
  }
}
