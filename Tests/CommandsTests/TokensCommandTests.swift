import Commands
import JSON
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `llmbench tokens` with the built program's own engine.
@Suite(.timeLimit(.minutes(2))) struct TokensCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ name: String, _ text: String) throws -> String {
    let path = folder.file(name)
    try LocalFile.write(text, to: path)
    return path
  }

  @Test func `files are counted one by one and together`() async throws {
    let (first, second) = (try file("a.txt", "Hello, world!"), try file("b.txt", "one two three"))
    let shown = try await BinaryRunner.run("tokens", first, second)
    #expect(shown.code == 0 && shown.errors == "")
    let rows = shown.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.dropFirst().prefix(3).map { $0.dropFirst().first } == ["4", "3", "7"])
    #expect(shown.output.contains("Encoding o200k_base."))
    let json = try await BinaryRunner.run("tokens", first, second, "--encoding", "cl100k_base", "--json")
    let value = try JSONParser().parse(json.output)
    #expect(value["tokens"] == 7 && value["encoding"] == "cl100k_base" && value["isEstimate"] == false)
    #expect(value["files"]?.arrayValue?.compactMap { $0["path"]?.stringValue } == [first, second])
  }

  @Test(arguments: [[], ["-"]])
  func `standard input is counted`(_ arguments: [String]) async throws {
    let counted = try await BinaryRunner(["tokens", "--json"] + arguments, input: "hello world").wait()
    let value = try JSONParser().parse(counted.output)
    #expect(value["tokens"] == 2 && value["bytes"] == 11 && counted.errors == "")
  }

  @Test func `standard input beyond one message is counted as well`() async throws {
    let text = String(repeating: "hello world\n", count: 400_000)
    let counted = try await BinaryRunner(
      ["tokens", "--json", "--quiet"], environment: ["TMPDIR": folder.path], input: text
    ).wait()
    let value = try JSONParser().parse(counted.output)
    #expect(value["tokens"] == 1_200_000 && value["bytes"] == 4_800_000)
    // Nothing of it is left behind.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `the tokens themselves are shown`() async throws {
    let shown = try await BinaryRunner.run("tokens", "--ids", input: "Hello, world!")
    #expect(shown.output == "[13225,11,2375,0]\n")
  }

  @Test func `a count for a model with an encoding of its own is an estimate`() async throws {
    let shown = try await BinaryRunner.run("tokens", "--model", "anthropic/claude-opus-4-8", input: "hello world")
    #expect(shown.output.contains("An estimate with o200k_base: anthropic/claude-opus-4-8 may count otherwise."))
    let exact = try await BinaryRunner.run("tokens", "--model", "openai/gpt-4", input: "hello world")
    #expect(exact.output.contains("Encoding cl100k_base."))
  }

  @Test(arguments: [
    (["--encoding", "p50k_base"], 2, "choose o200k_base or cl100k_base"), (["--special", "frob"], 2, "recognized"),
    (["--special", "refused"], 2, "<|endoftext|>"), (["none.txt"], 1, "none.txt cannot be read"),
    (["/"], 1, "not a regular file"), (["-", "-"], 2, "once"),
  ])
  func `what cannot be counted is an error that says why`(
    _ arguments: [String], code: Int32, says words: String
  ) async throws {
    let ending = try await BinaryRunner(["tokens"] + arguments, input: "a<|endoftext|>").wait()
    #expect(ending.code == code && ending.output == "")
    #expect(ending.errors.contains(words), "\(ending.errors)")
  }
}
