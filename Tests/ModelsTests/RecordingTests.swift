import JSON
import Models
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
  private let fileSizeLimit = __rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue))
#elseif canImport(Darwin)
  import Darwin
  private let fileSizeLimit = RLIMIT_FSIZE
#endif

/// Answers from a list, one a call.
private final class ScriptedClient: ModelClient {
  let reference = ModelReference(provider: "local", name: "scripted")
  let isLocal = true
  let defaultConcurrency = 3
  private let outcomes: Mutex<[Result<ModelResponse, ModelError>]>

  init(_ outcomes: [Result<ModelResponse, ModelError>]) { self.outcomes = Mutex(outcomes.reversed()) }

  func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse {
    guard let outcome = outcomes.withLock({ $0.popLast() }) else { throw ModelError(.network, "no more") }
    return try outcome.get()
  }
}

@Suite(.timeLimit(.minutes(1))) struct RecordingTests {
  private func response(_ text: String) -> ModelResponse {
    ModelResponse(
      text: text, reasoning: "because\n\"x\"", stopReason: .other("odd"),
      usage: TokenUsage(
        promptTokens: 3, completionTokens: 2, cachedPromptTokens: 1, cacheWriteTokens: 0, reasoningTokens: 1,
        isEstimate: true),
      timings: ResponseTimings(
        latencySeconds: 0.1, timeToFirstTokenSeconds: 0.05, connectSeconds: 0.01, loadSeconds: 1, promptSeconds: 2,
        generationSeconds: 3, promptTokensPerSecond: 4, generationTokensPerSecond: 5),
      servedModel: "m", responseID: "r", omittedParameters: ["seed"])
  }

  private func request(_ text: String) -> ModelRequest {
    ModelRequest(messages: [ChatMessage(.user, text)], temperature: 0)
  }

  private func record(
    _ outcomes: [Result<ModelResponse, ModelError>], _ path: String, asking: [(String, String, Int)]
  ) async throws {
    let client = try RecordingClient(wrapping: ScriptedClient(outcomes), path: path, programVersion: "0.1")
    for (text, sample, epoch) in asking { _ = await client.ask(request(text), sample: sample, epoch: epoch) }
    try client.close()
  }

  /// Places in memory: all of them, or few enough that the rest is sorted in a file, in one piece or several.
  private static let sorters = [1 << 16, 1, 3, 64, 130]

  @Test func `an answer comes back as it was recorded`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      try await record([.success(response("one"))], path, asking: [("q", "s \"1\"", 1)])
      let replay = try ReplayClient(path: path)
      #expect(replay.recordedModel == "local/scripted" && replay.count == 1)
      #expect(try await replay.ask(request("q"), sample: "s \"1\"").get() == response("one"))
    }
  }

  @Test func `lasting errors are recorded, passing ones are not`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      let long = ModelError(.contextTooLong, "too long", httpStatus: 400)
      try await record(
        [.failure(ModelError(.rateLimited, "wait")), .failure(long), .success(response("b"))], path,
        asking: [("a", "1", 1), ("a", "1", 1), ("b", "2", 1)])
      let replay = try ReplayClient(path: path)
      #expect(replay.count == 2)
      #expect(await replay.ask(request("a"), sample: "1").error == long)
      #expect(try await replay.ask(request("b"), sample: "2").get().text == "b")
    }
  }

  @Test(arguments: sorters) func `the same request gets its answers in order, its own first, and none twice`(
    _ mostInMemory: Int
  ) async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      try await record(
        ["a1", "b1", "a2"].map { .success(response($0)) }, path, asking: [("q", "a", 1), ("q", "b", 1), ("q", "a", 2)])
      let replay = try ReplayClient(path: path, mostInMemory: mostInMemory)
      #expect(try await replay.ask(request("q"), sample: "a", epoch: 2).get().text == "a2")
      #expect(try await replay.ask(request("q"), sample: "b", epoch: 1).get().text == "b1")
      #expect(try await replay.ask(request("q"), sample: "other", epoch: 1).get().text == "a1")
      let error = await replay.ask(request("q"), sample: "a", epoch: 3).error
      #expect(error?.kind == .recordingMiss && error?.isRetryable == false)
      #expect(error?.message.contains("sample a, epoch 3") == true && error?.message.contains("--record") == true)
    }
  }

  @Test func `a miss says whether the sample is there with another prompt`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      try await record([.success(response("x"))], path, asking: [("q", "a", 1)])
      let replay = try ReplayClient(path: path)
      #expect(await replay.ask(request("changed"), sample: "a").error?.message.contains("another prompt") == true)
      #expect(
        await replay.ask(request("changed"), sample: "z").error?.message.contains("no answer for sample z") == true)
    }
  }

  @Test(arguments: sorters) func `many tasks may ask at once, and each answer is given once`(_ mostInMemory: Int)
    async throws
  {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      let count = 200
      try await record(
        (0..<count).map { .success(response("\($0)")) }, path, asking: (0..<count).map { ("q", "s\($0)", 1) })
      let replay = try ReplayClient(path: path, mostInMemory: mostInMemory)
      let texts = try await withThrowingTaskGroup(of: (Int, String).self) { group in
        for index in 0..<count {
          group.addTask { (index, try await replay.ask(request("q"), sample: "s\(index)").get().text) }
        }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      #expect(texts == Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, "\($0)") }))
    }
  }

  @Test func `recording may be made by many tasks, in whole lines`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      let outcomes = (0..<100).map {
        Result<ModelResponse, ModelError>.success(response(String(repeating: "\($0)", count: 5000)))
      }
      let client = try RecordingClient(wrapping: ScriptedClient(outcomes), path: path, programVersion: "0.1")
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<100 { group.addTask { _ = await client.ask(request("\(index)"), sample: "\(index)") } }
      }
      try client.close()
      try client.close()
      let replay = try ReplayClient(path: path)
      #expect(replay.count == 100)
      for index in 0..<100 { #expect(await replay.ask(request("\(index)"), sample: "\(index)").error == nil) }
    }
  }

  @Test func `a recording is gone on with after an end in the middle of a line`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      try await record([.success(response("one"))], path, asking: [("a", "1", 1)])
      let whole = try readFile(path)
      try writeFile(path, whole + Array(#"{"requestHash":"abc","sam"#.utf8))
      #expect(try ReplayClient(path: path).count == 1)
      try await record([.success(response("two"))], path, asking: [("b", "2", 1)])
      let replay = try ReplayClient(path: path)
      #expect(replay.count == 2)
      #expect(try await replay.ask(request("b"), sample: "2").get().text == "two")
    }
  }

  @Test func `another file is never written over`() async throws {
    try await withTemporaryFolder { folder in
      for content in ["precious\n", #"{"format":"llmbench-recording","version":1,"model":"local/other"}"# + "\n"] {
        let path = folder + "/file"
        try writeFile(path, Array(content.utf8))
        let error = #expect(throws: ModelError.self) {
          try RecordingClient(wrapping: ScriptedClient([]), path: path, programVersion: "0.1")
        }
        #expect(error?.kind == .recordingUnusable)
        #expect(try readFile(path) == Array(content.utf8))
      }
      #expect(throws: ModelError.self) {
        try RecordingClient(wrapping: ScriptedClient([]), path: folder + "/none/x", programVersion: "0.1")
      }
    }
  }

  @Test func `a device is no place for a recording`() {
    let error = #expect(throws: ModelError.self) {
      try RecordingClient(wrapping: ScriptedClient([]), path: "/dev/full", programVersion: "0.1")
    }
    #expect(error?.kind == .recordingUnusable)
  }

  /// In a process of its own, whose files may not grow beyond 3000 bytes: what a full disk does to a write.
  @Test(.ownProcess) func `an answer outlives a recording that cannot be written`() async {
    await #expect(processExitsWith: .success) {
      try await withTemporaryFolder { folder in
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 3000, rlim_max: 3000)
        setrlimit(fileSizeLimit, &limit)
        let response = ModelResponse(
          text: String(repeating: "x", count: 1000), stopReason: .stop,
          usage: TokenUsage(promptTokens: 1, completionTokens: 1), timings: ResponseTimings(latencySeconds: 1))
        let path = folder + "/run.jsonl"
        let client = try RecordingClient(
          wrapping: ScriptedClient(Array(repeating: .success(response), count: 5)), path: path, programVersion: "0.1")
        for index in 0..<5 { guard try await client.ask(sample: "\(index)").get() == response else { exit(1) } }
        do throws(ModelError) {
          try client.close()
          exit(2)
        } catch {
          guard error.kind == .recordingUnusable else { exit(3) }
        }
        // The two lines that fitted are whole, and nothing is after them.
        let text = String(decoding: try readFile(path), as: UTF8.self)
        guard text.hasSuffix("}\n"), try ReplayClient(path: path).count == 2 else { exit(4) }
      }
      exit(0)
    }
  }

  @Test(arguments: [
    "", "{}\n", "nonsense\n", "[]\n", #"{"format":"llmbench-recording","version":2}"# + "\n",
    #"{"format":"llmbench-recording","version":1}"# + "\nnonsense\n",
    #"{"format":"llmbench-recording","version":1}"# + "\n{\"sampleId\":\"x\"}\n",
  ])
  func `what is no recording is refused`(_ content: String) async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/file", Array(content.utf8))
      let error = #expect(throws: ModelError.self) { try ReplayClient(path: folder + "/file") }
      #expect(error?.kind == .recordingUnusable)
    }
  }

  @Test func `a missing file and a folder are no recordings`() {
    for path in ["/nonexistent/x.jsonl", "/"] {
      #expect(#expect(throws: ModelError.self) { try ReplayClient(path: path) }?.kind == .recordingUnusable)
    }
  }

  @Test func `a line that is broken further on is named when it is needed`() async throws {
    try await withTemporaryFolder { folder in
      let hash = request("q").requestHash
      let text = """
        {"format":"llmbench-recording","version":1,"model":"x/y"}
        {"requestHash":"\(hash)","sampleId":"a","epoch":1,"response":{"text":broken}}

        """
      try writeFile(folder + "/file", Array(text.utf8))
      let error = try await ReplayClient(path: folder + "/file").ask(request("q"), sample: "a").error
      #expect(error?.kind == .recordingUnusable && error?.message.contains("line 2") == true)
    }
  }

  @Test func `the example that the documentation shows can be replayed`() async throws {
    let replay = try ReplayClient(path: packageFolder + "/Fixtures/recordings/example.jsonl")
    let request = ModelRequest(
      messages: [ChatMessage(.system, "Answer with one word."), ChatMessage(.user, "What is the capital of France?")],
      temperature: 0, maximumOutputTokens: 8)
    #expect(try await replay.ask(request, sample: "france").get().text == "Paris")
    #expect(try await replay.ask(request, sample: "france", epoch: 2).get().text == "Paris.")
    #expect(await replay.ask(request, sample: "france", epoch: 3).error?.kind == .recordingMiss)
    var other = request
    other.messages[1].content = "What is the capital of Atlantis?"
    #expect(await replay.ask(other, sample: "atlantis").error?.kind == .contentFiltered)
  }

  @Test func `no recording holds a key`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      let server = try TestHTTPServer { request in
        request.bodyText.contains("bad")
          ? [.response(#"{"error":"no, sk-marker-0123456789"}"#, status: 400)] : ChatServer.answer("x")
      }
      let client = try RecordingClient(
        wrapping: ChatServer.client(server, environment: ["LOCAL_API_KEY": "sk-marker-0123456789"]), path: path,
        programVersion: "0.1")
      _ = try await client.ask(request("good")).get()
      #expect(await client.ask(request("bad")).error?.kind == .badRequest)
      try client.close()
      let text = String(decoding: try readFile(path), as: UTF8.self)
      #expect(text.split(separator: "\n").count == 3)
      #expect(!text.contains("sk-marker") && !text.lowercased().contains("authorization"))
    }
  }

  /// Prints the time that it takes; a debug build, which is slow at this, asks less.
  @Test(arguments: sorters) func `thousands of answers load and come back`(_ mostInMemory: Int) async throws {
    #if DEBUG
      let count = 500
    #else
      let count = 10_000
    #endif
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      var bytes = Array(#"{"format":"llmbench-recording","version":1,"model":"x/y"}"#.utf8) + [0x0A]
      let requests = (0..<count).map { request("\($0)") }
      for (index, request) in requests.enumerated() {
        let entry = RecordingEntry(
          requestHash: request.requestHash, call: CallIdentity(sampleID: "s\(index)"),
          outcome: .success(response("\(index)")))
        bytes += JSONWriter.data(entry.json) + [0x0A]
      }
      try writeFile(path, bytes)
      let clock = ContinuousClock()
      var replay: ReplayClient?
      let loadTime = try clock.measure { replay = try ReplayClient(path: path, mostInMemory: mostInMemory) }
      let client = try #require(replay)
      let answerTime = try await clock.measure {
        for (index, request) in requests.enumerated() {
          let text = try await client.ask(request, sample: "s\(index)").get().text
          if text != "\(index)" { Issue.record("answer \(index) is \(text)") }
        }
      }
      print("replay: \(count) answers loaded in \(loadTime), given in \(answerTime)")
      #expect(client.count == count)
    }
  }
}
