import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// A key goes to the provider and nowhere else.
@Suite(.serialized, .timeLimit(.minutes(1))) struct SecretTests {
  private static let key = "sk-marker-51b1f2a7c9"

  private func place(_ place: Workplace, _ model: FakeModel) -> Workplace {
    var place = place
    place.environment["OPENAI_API_KEY"] = Self.key
    place.environment["OPENAI_BASE_URL"] = model.baseURL
    return place
  }

  private func checkFiles(_ folder: String) throws {
    let files = try filesBelow(folder)
    #expect(files.contains { $0.hasSuffix("results.sqlite") })
    for file in files { #expect(try readFile(file).firstRange(of: Array(Self.key.utf8)) == nil, "\(file)") }
  }

  @Test func `it is in no output, no file and no process list`() async throws {
    try await Workplace.with { plain in
      let mayAnswer = Atomic(false)
      let model = try FakeModel { prompt, _ in
        // The run must last until its command line has been read, however busy the machine is.
        for _ in 0..<2000 where !mayAnswer.load(ordering: .acquiring) { usleep(10_000) }
        return FakeModel.stream(FakeModel.rightAnswer(to: prompt), pauseMilliseconds: 1)
      }
      let place = place(plain, model)
      let arguments = ["run", "sorting", "--sizes", "5", "--samples", "2", "--model", "openai/gpt-5.1"]
      let program = try place.start(arguments + ["--record", "answers.jsonl"])
      try await program.waitUntil("a request") { !model.requests.isEmpty }
      let commandLine = try readFile("/proc/\(program.processID)/cmdline")
      mayAnswer.store(true, ordering: .releasing)
      #expect(!commandLine.isEmpty && commandLine.firstRange(of: Array(Self.key.utf8)) == nil)
      let ending = try await program.wait()
      #expect(ending.code == 0, "\(ending)")
      #expect(model.requests.allSatisfy { $0.headers["authorization"] == "Bearer \(Self.key)" })
      var shown = ending.everything
      for command in [
        ["doctor"], ["models", "list"], ["results", "show", "latest"], ["results", "samples", "latest", "--full"],
        ["report", "latest", "--format", "json"],
      ] {
        shown += try await place.run(command).everything
      }
      #expect(!shown.contains(Self.key))
      try checkFiles(place.folder)
    }
  }

  @Test func `a server that repeats it in errors does not bring it out`() async throws {
    try await Workplace.with { plain in
      let model = try FakeModel { _, number in
        let status = number == 1 ? 401 : 500
        return [.response(#"{"error":{"message":"Incorrect API key provided: \#(Self.key)"}}"#, status: status)]
      }
      let place = place(plain, model)
      for _ in 1...2 {
        let ending = try await place.run(
          "run", "sorting", "--sizes", "5", "--samples", "1", "--retries", "0", "--model", "openai/gpt-5.1",
          "--record", "answers.jsonl")
        #expect(ending.code == 1)
        #expect(!ending.everything.contains(Self.key))
        let samples = try await place.run("results", "samples", "latest", "--full", "--json")
        #expect(!samples.everything.contains(Self.key))
      }
      try checkFiles(place.folder)
    }
  }

  @Test func `generated code cannot read it`() async throws {
    try await Workplace.with { plain in
      let code = """
        const fs = require('fs');
        let seen = JSON.stringify(process.env);
        for (const id of ['self', 'thread-self', '1', String(process.ppid)]) {
          try { seen += fs.readFileSync(`/proc/${id}/environ`, 'utf8'); } catch {}
        }
        const result = [{ id: seen, avg: 1 }];
        """
      let model = try FakeModel { _, _ in FakeModel.stream("```typescript\n\(code)\n```") }
      let place = place(plain, model)
      let run = try await place.json("run", "events-codegen", "--sizes", "10", "--model", "openai/gpt-5.1")
      #expect(run.model?["failed"]?.intValue == 1)
      try checkFiles(place.folder)
    }
  }
}
