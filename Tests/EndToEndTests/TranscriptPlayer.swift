import Foundation
import JSON
import JSONSchema
import OpenRPC
import TestSupport

/// Plays the client of a transcript to the built program, and compares what the program says.
struct TranscriptPlayer {
  private let transcript: Transcript
  private let peer: RawPeer
  private let schemas: MessageSchemas
  private var pattern: MessagePattern
  /// What is to come, or may come.
  private var pending: [Transcript.Expected] = []
  /// How many of the program's messages were looked at.
  private var seen = 0
  /// The method of each request that was sent, by its id.
  private var methods: [String: String] = [:]

  init(
    _ transcript: Transcript, _ framing: RawPeer.Framing, in place: Workplace, silentURL: String,
    schemas: MessageSchemas
  ) throws {
    self.transcript = transcript
    self.schemas = schemas
    for (name, source) in transcript.files {
      let target = URL(filePath: place.path(name))
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: URL(filePath: "\(Transcript.folder)/\(source)"), to: target)
    }
    pattern = MessagePattern(names: ["<silent>": silentURL, "<folder>": place.folder])
    var place = place
    for (name, value) in transcript.environment { place.environment[name] = pattern.filled(.string(value)).stringValue }
    peer = try RawPeer(place, framing, transcript.arguments)
  }

  /// - Throws: ``Unexpected`` at the first difference.
  mutating func play() async throws {
    for line in transcript.lines {
      if case .receive(let expected) = line {
        pending.append(expected)
        continue
      }
      try await settle()
      switch line {
      case .send(let message): send(pattern.filled(message))
      case .sendText(let text): peer.program.send(text)
      case .endInput: peer.program.endInput()
      case .exit(let code): try await expectEnd(code)
      case .receive: break
      }
    }
    try await settle()
    try await expectEnd(nil)
  }

  private mutating func send(_ message: JSONValue) {
    for request in message.arrayValue ?? [message] {
      if let id = request["id"], let method = request["method"]?.stringValue { methods["\(id)"] = method }
    }
    peer.send(message)
  }

  /// Waits for every message that must have come by now.
  private mutating func settle() async throws {
    while pending.contains(where: { !$0.anyTimes }) {
      let count = seen
      var messages: [JSONValue] = []
      try await peer.program.waitUntil("\(transcript.name): \(pending.first { !$0.anyTimes }?.message ?? .null)") {
        messages = peer.messages()
        return messages.count > count
      }
      try take(messages[count])
    }
  }

  private mutating func take(_ message: JSONValue) throws {
    seen += 1
    var differences: [String] = []
    for (index, expected) in pending.enumerated() {
      var attempt = pattern
      guard let difference = attempt.difference(message, from: expected.message) else {
        pattern = attempt
        if !expected.anyTimes { pending.remove(at: index) }
        return try check(message)
      }
      differences.append(difference)
      if !expected.anyTimes, !expected.anyOrder { break }
    }
    throw Unexpected("\(transcript.name): \(differences.joined(separator: "; or ")) in \(message)")
  }

  /// The end of the program, by itself or because its input ends; nothing more may have been said.
  private mutating func expectEnd(_ code: Int32?) async throws {
    if code == nil { peer.program.endInput() }
    let ending = try await peer.program.wait()
    for message in peer.messages().dropFirst(seen) { try take(message) }
    if let code, ending.code != code { throw Unexpected("\(transcript.name): exit code \(ending.code), not \(code)") }
  }

  /// Every message also has to be as the document says.
  private func check(_ message: JSONValue) throws {
    for message in message.arrayValue ?? [message] {
      let problems: [String]
      if let method = message["method"]?.stringValue {
        problems =
          schemas.entries[method]?.params.problems(in: message["params"] ?? [:]).map(\.description)
          ?? ["\(method) is not documented"]
      } else if let error = message["error"] {
        problems = schemas.problems(inError: error).map(\.description)
      } else {
        let schema = methods["\(message["id"] ?? .null)"].flatMap { schemas.entries[$0]?.result }
        problems = schema?.problems(in: message["result"] ?? .null).map(\.description) ?? []
      }
      if !problems.isEmpty { throw Unexpected("\(transcript.name): \(problems) in \(message)") }
    }
  }
}
