import JSON
import TestSupport
import Testing

/// Every odd input, sent to the built program byte for byte. None may stop it, and none may be met with silence where
/// an answer is due.
@Suite(.timeLimit(.minutes(2))) struct OddInputTests {
  @Test(arguments: OddInput.table) func `an odd input gets its answer`(_ input: OddInput) async throws {
    try await Workplace.with { place in
      let peer = try RawPeer(
        place, input.peer == .script ? .lines : .headers, ["serve", "--log-level", "error"])
      if input.peer == .editor {
        peer.request("handshake", "initialize", ["capabilities": [:]])
        _ = try await peer.answer("handshake")
      }
      peer.program.send(bytes: input.bytes)
      let ending = try await end(peer, input)
      #expect(answers(peer) == (input.answers + expectedNext(input)).sorted())
      switch input.next {
      case .answered: #expect(ending.code == 0)
      case .closed(let code), .endOfInput(let code): #expect(ending.code == code)
      }
      #expect(ending.errors == "")
    }
  }

  private func expectedNext(_ input: OddInput) -> [String] {
    if case .answered(let outcome) = input.next { [#""next" \#(outcome)"#] } else { [] }
  }

  private func end(_ peer: RawPeer, _ input: OddInput) async throws -> BinaryRunner.Ending {
    if case .endOfInput = input.next {
      peer.program.endInput()
      return try await peer.program.wait()
    }
    peer.request("next", "benchmark.list")
    if case .answered = input.next {
      _ = try await peer.answer("next")
      peer.program.endInput()
    }
    return try await peer.program.wait()
  }

  /// All answers but that of the handshake, in a fixed order.
  private func answers(_ peer: RawPeer) -> [String] {
    peer.messages().filter { $0["method"] == nil && $0["id"] != "handshake" }.map { describe($0) }.sorted()
  }

  private func describe(_ answer: JSONValue) -> String {
    if case .array(let answers) = answer {
      return "[\(answers.map { describe($0) }.sorted().joined(separator: ", "))]"
    }
    let outcome = answer["error"].map { "\($0["code"] ?? .null)" } ?? (answer["result"] != nil ? "ok" : "nothing")
    return "\(id(answer)) \(outcome)"
  }

  private func id(_ answer: JSONValue) -> String { answer["id"].map { "\($0)" } ?? "none" }
}
