import Client
import Contract
import Dispatch
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct ServiceClientTests {
  /// Runs the body with a client of a service in memory.
  private func withClient(
    of service: FakeService, _ body: (ServiceClient, FakeService) async throws -> Void
  ) async throws {
    let client = ServiceClient.inProcess(service)
    try await body(client, service)
    await client.close()
  }

  @Test func `a call leaves out what is not set and reads the result`() async throws {
    let files: JSONValue = ["files": [["path": "a", "rows": 10, "bytes": 20, "seconds": 0.5]]]
    try await withClient(of: FakeService { _ in files }) { client, service in
      var params = DataGenerate.Params(sizes: [10])
      params.seed = 3
      let result = try await client.call(DataGenerate.self, params)
      #expect(result.files == [.init(path: "a", rows: 10, bytes: 20, seconds: 0.5)])
      #expect(service.messages.first?.method == "data.generate")
      #expect(service.messages.first?.params == ["sizes": [10], "seed": 3])
    }
  }

  @Test func `progress comes in order, before the result`() async throws {
    let events = Recorder<ProgressEvent>()
    try await withClient(
      of: FakeService { request in
        request.progress.begin(title: "sorting", data: ["runId": "r1"])
        request.progress.report(
          percentage: 50, data: ["runId": "r1", "sequence": 0, "completed": 1, "total": 2, "passed": 1, "errors": 0])
        return nil
      }
    ) { client, _ in
      _ = try await client.callRaw("benchmark.run", [:], onProgress: { events.add($0) })
      #expect(events.all.map(\.kind) == [.begin, .report, .end])
      #expect(events.all.first?.title == "sorting")
      #expect(events.all.first?.runId == "r1")
      #expect(events.all.dropFirst().first?.percentage == 50)
      let run = RunProgress(runId: "r1", completed: 1, total: 2, passed: 1, errors: 0)
      #expect(events.all.dropFirst().first?.run == run)
    }
  }

  @Test func `partial results come one by one`() async throws {
    let parts = Recorder<JSONValue>()
    try await withClient(
      of: FakeService { request in
        for index in 0..<100 { await request.partialResults.send(.integer(Int64(index))) }
        return "done"
      }
    ) { client, service in
      let result = try await client.callRaw("benchmark.run", [:], onPartial: { parts.add($0) })
      #expect(result == "done")
      #expect(parts.all == (0..<100).map { JSONValue.integer($0) })
      #expect(service.messages.first?.params?["workDoneToken"] == nil)
    }
  }

  @Test func `tokens are sent only when somebody listens`() async throws {
    try await withClient(of: FakeService { $0.params ?? nil }) { client, _ in
      #expect(try await client.callRaw("x", ["a": 1]) == ["a": 1])
      let echoed = try await client.callRaw("x", ["a": 1], onProgress: { _ in })
      #expect(echoed["workDoneToken"] != nil)
      #expect(echoed["partialResultToken"] == nil)
    }
  }

  @Test func `cancelling the task cancels the request and waits for its end`() async throws {
    let seen = Recorder<String>()
    let started = AsyncStream<Void>.makeStream()
    try await withClient(
      of: FakeService { _ in
        started.continuation.yield()
        do {
          try await Task.sleep(for: .seconds(30))
        } catch {
          seen.add("stored")
          throw error
        }
        return nil
      }
    ) { client, _ in
      let task = Task { try await client.callRaw("benchmark.run", [:]) }
      for await _ in started.stream { break }
      task.cancel()
      let error = await #expect(throws: ServiceError.self) { try await task.value }
      #expect(error?.kind == .cancelled)
      #expect(seen.all == ["stored"])
    }
  }

  @Test func `an error of the contract arrives as it was thrown`() async throws {
    let sent = ServiceError(.missingAPIKey, "Set OPENAI_API_KEY.", details: ["variable": "OPENAI_API_KEY"])
    try await withClient(of: FakeService { _ in throw sent }) { client, _ in
      let error = await #expect(throws: ServiceError.self) { try await client.callRaw("benchmark.run", [:]) }
      #expect(error == sent)
    }
  }

  @Test(arguments: [
    (RPCErrorCode.invalidParams, ServiceError.Kind.invalidParams), (.methodNotFound, .unsupported),
    (.serverBusy, .serverBusy), (.requestCancelled, .cancelled), (.internalError, .requestFailed),
    (.responseTooLarge, .requestFailed),
  ])
  func `other errors keep their code`(_ code: RPCErrorCode, _ kind: ServiceError.Kind) async throws {
    try await withClient(of: FakeService { _ in throw RPCError(code, "because", data: ["x": 1]) }) { client, _ in
      let error = await #expect(throws: ServiceError.self) { try await client.callRaw("m") }
      #expect(error?.kind == kind)
      #expect(error?.message == "because")
      #expect(error?.details == ["code": .integer(code.rawValue), "data": ["x": 1]])
    }
  }

  @Test func `a result that does not fit says where`() async throws {
    try await withClient(of: FakeService { _ in ["files": [["path": 7]]] }) { client, _ in
      let error = await #expect(throws: ServiceError.self) {
        try await client.call(DataGenerate.self, DataGenerate.Params(sizes: [1]))
      }
      #expect(error?.kind == .requestFailed)
      #expect(error?.message.contains("/files/0/path") == true)
    }
  }

  @Test func `losing the connection ends the call with a clear error`() async throws {
    let (near, far) = MemoryStream.pair()
    let client = ServiceClient(stream: near, peer: "tcp://127.0.0.1:1")
    let task = Task { try await client.callRaw("benchmark.run", [:]) }
    await readSomething(far)
    far.close()
    let error = await #expect(throws: ServiceError.self) { try await task.value }
    #expect(error?.isConnectionLoss == true)
    #expect(
      error?.message
        == "The connection to tcp://127.0.0.1:1 was lost before the answer came: the server closed it.")
    await client.close()
  }

  @Test func `bytes that are no JSON-RPC end the call with a clear error`() async throws {
    let (near, far) = MemoryStream.pair()
    let client = ServiceClient(stream: near, peer: "there")
    let task = Task { try await client.callRaw("x") }
    await readSomething(far)
    _ = try far.writeAvailable(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)[...])
    far.close()
    let error = await #expect(throws: ServiceError.self) { try await task.value }
    #expect(error?.isConnectionLoss == true)
    await client.close()
  }

  @Test func `a closed client refuses calls`() async throws {
    let client = ServiceClient.inProcess(FakeService { _ in nil })
    await client.close()
    let error = await #expect(throws: ServiceError.self) { try await client.callRaw("x") }
    #expect(error?.isConnectionLoss == true)
  }

  @Test func `closing cancels what still runs`() async throws {
    let seen = Recorder<String>()
    let started = AsyncStream<Void>.makeStream()
    let client = ServiceClient.inProcess(
      FakeService { _ in
        started.continuation.yield()
        do {
          try await Task.sleep(for: .seconds(30))
        } catch {
          seen.add("cancelled")
        }
        return nil
      })
    let task = Task { try await client.callRaw("x") }
    for await _ in started.stream { break }
    await client.close()
    _ = await task.result
    #expect(seen.all == ["cancelled"])
  }

  /// Waits for bytes on a thread of its own: a blocked one of the pool might be the one that sends them.
  private func readSomething(_ stream: MemoryStream) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var buffer = [UInt8](repeating: 0, count: 1000)
        _ = stream.read(into: &buffer, timeout: .seconds(10))
        continuation.resume()
      }
    }
  }
}
