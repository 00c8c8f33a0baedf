import Client
import Contract
import JSON

/// Tells who listens what runs do, as server-sent events (HTML Living Standard §9.2): `run` with a run's figures whenever
/// they are others, and `change` with the store's revision after each change.
///
/// All listeners share what is read from the store. Whoever reads slowly misses figures that newer ones have replaced, and
/// never makes anything wait.
actor RunEvents {
  private let client: ServiceClient
  private let watch: RevisionWatch
  private var listeners: [Int: AsyncStream<String>.Continuation] = [:]
  private var lastNumber = 0
  /// Figures of the runs under way, as they were told last.
  private var told: [String: JSONValue] = [:]

  init(_ client: ServiceClient, _ watch: RevisionWatch) {
    self.client = client
    self.watch = watch
  }

  var count: Int { listeners.count }

  /// - Returns: nil when there are too many.
  func listen(atMost limit: Int) -> AsyncStream<String>? {
    guard listeners.count < limit else { return nil }
    let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(32))
    lastNumber += 1
    let number = lastNumber
    listeners[number] = continuation
    continuation.onTermination = { [weak self] _ in
      Task { await self?.remove(number) }
    }
    continuation.yield("retry: 2000\n" + Self.event("change", ["revision": .string(watch.revision)]))
    for figures in told.values { continuation.yield(Self.event("run", figures)) }
    return stream
  }

  private func remove(_ number: Int) { listeners[number] = nil }

  /// Tells until the task is cancelled.
  func run() async {
    await withTaskGroup { group in
      group.addTask { [self] in
        for await revision in watch.changes() {
          await tell(revision)
          // Two looks a second are as many as a person can follow.
          guard (try? await Task.sleep(for: .milliseconds(400))) != nil else { return }
        }
      }
      group.addTask { [self] in
        while (try? await Task.sleep(for: .seconds(15))) != nil { await send(": still here\n\n") }
      }
    }
    for listener in listeners.values { listener.finish() }
  }

  private func send(_ text: String) {
    for listener in listeners.values { listener.yield(text) }
  }

  private func tell(_ revision: String) async {
    guard !listeners.isEmpty || !told.isEmpty else { return }
    var params = ResultsQuery.Params()
    params.status = .running
    params.limit = 100
    var now: [String: JSONValue] = [:]
    for run in (try? await client.call(ResultsQuery.self, params).runs) ?? [] { now[run.runId] = Self.figures(run) }
    for ended in told.keys where now[ended] == nil {
      guard let run = try? await client.call(ResultsGet.self, .init(runId: ended)) else { continue }
      send(Self.event("run", Self.figures(run)))
    }
    for (id, figures) in now where told[id] != figures { send(Self.event("run", figures)) }
    told = now
    send(Self.event("change", ["revision": .string(revision)]))
  }

  private static func event(_ name: String, _ data: JSONValue) -> String {
    // JSON has no line feed in it.
    "event: \(name)\ndata: \(JSONWriter.string(data))\n\n"
  }

  private static func figures(_ run: RunSummary) -> JSONValue {
    let models = run.models.map { model -> JSONValue in
      [
        "model": .string(model.model), "score": model.score.map { .double($0) } ?? .null,
        "n": .integer(Int64(model.n)), "errors": .integer(Int64(model.errors)),
        "costUSD": model.costUSD.map { .double($0) } ?? .null,
      ]
    }
    return [
      "runId": .string(run.runId), "suite": .string(run.suite), "status": .string(run.status.rawValue),
      "completedSamples": .integer(Int64(run.completedSamples)),
      "plannedSamples": .integer(Int64(run.plannedSamples)), "durationSeconds": .double(run.durationSeconds),
      "models": .array(models),
    ]
  }
}
