import Contract
import Foundation
import JSON
import Results
import Testing

@testable import RunArchive

@Suite(.timeLimit(.minutes(2))) struct RunArchiveTests {
  /// A folder of its own with a store in it.
  private static func withStores(_ body: (String, ResultStore, ResultStore) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "llmbench-archive-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(
      folder, try ResultStore.open(path: folder + "/a.sqlite"), try ResultStore.open(path: folder + "/b.sqlite"))
  }

  private static func run(_ id: String) -> RunSummary {
    var request = RunRequest(suite: "sorting", models: ["local/a", "openai/b"], options: ["sizes": [3, 5]])
    request.sample = SampleSelection(count: 5, seed: 42)
    return RunSummary(
      runId: id, suite: "sorting", suiteVersion: "1", status: .running,
      startedAt: Timestamp(millisecondsSinceEpoch: 1_750_000_000_123), plannedSamples: 20,
      models: request.models.map(ModelSummary.init(model:)), request: request, seed: 7, programVersion: "0.1.0",
      machine: ["os": "Linux"])
  }

  private static func sample(_ runId: String, _ model: String, _ index: Int) -> SampleRecord {
    var sample = SampleRecord(
      runId: runId, model: model, sampleId: "size=\(index % 2 == 0 ? 3 : 5)/\(index)", epoch: 1,
      outcome: index.isMultiple(of: 3) ? .failed : .passed, prompt: "prompt \(index)\n\u{0}\u{2028}",
      expected: [1, 2, .double(0.1)], startedAt: Timestamp(millisecondsSinceEpoch: 1_750_000_000_200),
      finishedAt: Timestamp(millisecondsSinceEpoch: 1_750_000_001_200))
    sample.score = index.isMultiple(of: 3) ? 0 : 1
    sample.response = index == 4 ? nil : "answer \(index) 🙂"
    sample.reasoning = index == 2 ? "so" : nil
    sample.metadata = ["size": .integer(index % 2 == 0 ? 3 : 5)]
    sample.metrics = ["positions": 0.25]
    sample.promptTokens = 10
    sample.completionTokens = index
    sample.costUSD = 0.001
    sample.attempts = 1
    if index == 1 { sample.parts = [SamplePart(name: "p", outcome: .passed, score: 1, metadata: ["rows": 10])] }
    return sample
  }

  private static func fill(_ store: ResultStore, _ id: String) async throws {
    try await store.createRun(run(id), dimension: "size")
    for model in ["local/a", "openai/b"] {
      for index in 0..<10 { _ = try await store.append(sample(id, model, index)) }
    }
    try await store.finishRun(
      id: id, status: .completed, addedSeconds: 2.5, finishedAt: Timestamp(millisecondsSinceEpoch: 1_750_000_009_000))
  }

  private static func samples(_ store: ResultStore, _ id: String) async throws -> [SampleRecord] {
    try await store.samples(ResultsSamples.Params(runId: id)).samples
  }

  @Test(arguments: [true, false]) func `a run arrives as it left`(_ throughFile: Bool) async throws {
    try await Self.withStores { folder, source, target in
      try await Self.fill(source, "run-1")
      try await Self.fill(source, "run-2")
      let path = throughFile ? folder + "/runs.jsonl" : nil
      let exported = try await ArchiveWriter(store: source).export(.init(runIds: ["run-1", "run-2"], path: path))
      #expect(exported.runs.map(\.samples) == [20, 20])
      #expect((exported.text == nil) == throughFile)
      if let path {
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == exported.bytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".tmp") } == [])
      }
      let importer = ArchiveImporter(store: target)
      let params = ResultsImport.Params(path: path, text: exported.text)
      #expect(try await importer.import(params).runs.map(\.status) == [.imported, .imported])
      for id in ["run-1", "run-2"] {
        #expect(try await target.run(id) == source.run(id))
        #expect(try await Self.samples(target, id) == Self.samples(source, id))
      }
      #expect(try await importer.import(params).runs.map(\.status) == [.alreadyStored, .alreadyStored])
      var replacing = params
      replacing.replace = true
      #expect(try await importer.import(replacing).runs.map(\.status) == [.replaced, .replaced])
      #expect(try await Self.samples(target, "run-1") == Self.samples(source, "run-1"))
    }
  }

  /// Judged three times: sample 0 went another way each time, 1 in the end, 2 was passed over by the last.
  private static func rescore(_ store: ResultStore, _ id: String) async throws {
    for round in 2...3 {
      let scoring = try await store.beginScoring(runId: id, suiteVersion: "\(round)")
      let verdicts = try await samples(store, id).filter { round == 2 || $0.sampleId != "size=3/2" }.map { before in
        var after = before
        let isChanged = after.sampleId == "size=3/0" || round == 3 && after.sampleId == "size=5/1"
        if isChanged {
          (after.outcome, after.score) = after.outcome == .passed ? (.partial, 0.5) : (.passed, 1)
          (after.reason, after.detail, after.extracted) = ("again", "round \(round)", [.integer(Int64(round))])
        }
        return (record: after, isChanged: isChanged)
      }
      try await store.stage(verdicts, for: scoring)
      try await store.finishScoring(scoring, rescored: verdicts.count, flipped: 2, skipped: 20 - verdicts.count)
    }
  }

  @Test func `the earlier scores of a run that was scored again go with it`() async throws {
    try await Self.withStores { folder, source, target in
      try await Self.fill(source, "run-1")
      try await Self.rescore(source, "run-1")
      let samples = try await Self.samples(source, "run-1")
      #expect(samples[0].earlierScores.map(\.revision) == [1, 2] && samples[1].earlierScores.map(\.revision) == [2])
      #expect(samples[2].scoringRevision == 2 && samples[3].scoringRevision == 3)
      let text = try await ArchiveWriter(store: source).export(.init(runIds: ["run-1"])).text
      let importer = ArchiveImporter(store: target)
      #expect(try await importer.import(.init(text: text)).runs.map(\.status) == [.imported])
      #expect(try await target.run("run-1") == source.run("run-1"))
      #expect(try await target.run("run-1").scorings.map(\.revision) == [1, 2, 3])
      #expect(try await Self.samples(target, "run-1") == samples)
      // And once more, from there.
      let again = try await ArchiveWriter(store: target).export(.init(runIds: ["run-1"])).text
      #expect(again?.split(separator: "\n").dropFirst() == text?.split(separator: "\n").dropFirst())
      // Scored there, it goes on counting.
      let scoring = try await target.beginScoring(runId: "run-1", suiteVersion: "4")
      #expect(scoring.revision == 4)
      try await target.abandonScoring(scoring)
    }
  }

  @Test(arguments: [
    (#""scoringRevision":3"#, #""scoringRevision":4"#), (#""scoringRevision":3"#, #""scoringRevision":0"#),
    (#"{"revision":1,"outcome""#, #"{"revision":3,"outcome""#), (#"{"revision":1,"outcome""#, #"{"revision":0,"outcome""#),
    (#"{"revision":2,"scoredAt""#, #"{"revision":3,"scoredAt""#),
    (#"{"revision":2,"scoredAt""#, #"{"revision":-1,"scoredAt""#),
  ])
  func `scorings that do not fit together are refused`(_ right: String, _ wrong: String) async throws {
    try await Self.withStores { _, source, target in
      try await Self.fill(source, "run-1")
      try await Self.rescore(source, "run-1")
      let text = try #require(try await ArchiveWriter(store: source).export(.init(runIds: ["run-1"])).text)
      #expect(text.contains(right))
      let changed = text.replacing(right, with: wrong, maxReplacements: 1)
      let error = await #expect(throws: ServiceError.self) {
        try await ArchiveImporter(store: target).import(.init(text: changed))
      }
      #expect(error?.kind == .invalidData)
      await #expect(throws: ServiceError.self) { try await target.run("run-1") }
    }
  }

  @Test func `a run that is under way reads as interrupted elsewhere and is not replaced here`() async throws {
    try await Self.withStores { _, source, target in
      try await source.createRun(Self.run("live"), dimension: "size")
      _ = try await source.append(Self.sample("live", "local/a", 1))
      let text = try await ArchiveWriter(store: source).export(.init(runIds: ["live"])).text
      _ = try await ArchiveImporter(store: target).import(.init(text: text))
      #expect(try await target.run("live").status == .interrupted)
      await #expect { try await ArchiveImporter(store: source).import(.init(text: text, replace: true)) } throws: {
        ($0 as? ServiceError)?.kind == .serverBusy
      }
    }
  }

  @Test func `a document that is cut off anywhere leaves no part of a run`() async throws {
    try await Self.withStores { folder, source, _ in
      try await Self.fill(source, "run-1")
      let text = try #require(try await ArchiveWriter(store: source).export(.init(runIds: ["run-1"])).text)
      let bytes = Array(text.utf8)
      for (number, end) in stride(from: 1, to: bytes.count - 1, by: bytes.count / 23).enumerated() {
        let target = try ResultStore.open(path: "\(folder)/cut-\(number).sqlite")
        let part = String(decoding: bytes[..<end], as: UTF8.self)
        do {
          // Only the head of the document may stand by itself: an export of no run.
          #expect(try await ArchiveImporter(store: target).import(.init(text: part)).runs == [])
        } catch let error as ServiceError {
          #expect(error.kind == .invalidData, "\(error)")
        }
        #expect(try await target.query(ResultsQuery.Params()).runs == [])
      }
    }
  }

  @Test(arguments: [
    ("", "neither"), ("nonsense", "neither"), ("[]", "neither"), ("{\"a\":1}", "neither"), ("{}", "neither"),
    (
      #"{"archive":{"format":"other","version":1,"programVersion":"1","exportedAt":"2026-01-01T00:00:00Z"}}"#,
      "no export"
    ),
    (
      #"{"archive":{"format":"llmbench-runs","version":2,"programVersion":"1","exportedAt":"2026-01-01T00:00:00Z"}}"#,
      "newer"
    ),
    (#"{"archive":{"format":"llmbench-runs","version":1,"programVersion":"1","exportedAt":"yesterday"}}"#, "Line 1"),
    ("{\"model_id\":\"x\"}", "is missing"),
    (#"{"model_id":"x","run_date":"2026-01-01","score":2,"passed_count":1,"total_count":1}"#, "score"),
    (#"{"model_id":"x","run_date":"2026-01-01","score":1,"passed_count":3,"total_count":1}"#, "passed_count"),
    (#"{"model_id":"x","run_date":"soon","score":1,"passed_count":1,"total_count":1}"#, "run_date"),
  ])
  func `what is no document is refused in words`(_ text: String, _ word: String) async throws {
    try await Self.withStores { _, store, _ in
      let error = await #expect(throws: ServiceError.self) {
        try await ArchiveImporter(store: store).import(.init(text: text))
      }
      #expect(error?.kind == .invalidData)
      #expect(error?.message.contains(word) == true, "\(String(describing: error))")
    }
  }

  @Test func `an export takes the place of a file alone`() async throws {
    try await Self.withStores { folder, store, _ in
      try await Self.fill(store, "run-1")
      let pipe = folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [pipe, folder] {
        await #expect { try await ArchiveWriter(store: store).export(.init(runIds: ["run-1"], path: path)) } throws: {
          ($0 as? ServiceError)?.kind == .fileUnwritable
        }
      }
      var status = stat()
      #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }
  }

  @Test func `exports to one path at the same time leave one that is whole`() async throws {
    try await Self.withStores { folder, store, target in
      try await Self.fill(store, "run-1")
      let path = folder + "/runs.jsonl"
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask { _ = try await ArchiveWriter(store: store).export(.init(runIds: ["run-1"], path: path)) }
        }
        try await group.waitForAll()
      }
      #expect(try await ArchiveImporter(store: target).import(.init(path: path)).runs.map(\.samples) == [20])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".tmp") } == [])
    }
  }

  @Test func `a file without line feeds is not read whole`() async throws {
    try await Self.withStores { folder, store, _ in
      let head =
        #"{"archive":{"format":"llmbench-runs","version":1,"programVersion":"1","exportedAt":"2026-01-01T00:00:00Z"}}"#
      let path = folder + "/long.jsonl"
      #expect(FileManager.default.createFile(atPath: path, contents: Data((head + "\n").utf8)))
      // The rest is a hole: it takes no room, and reads as NUL.
      #expect(truncate(path, 4 << 30) == 0)
      let error = await #expect(throws: ServiceError.self) {
        try await ArchiveImporter(store: store).import(.init(path: path))
      }
      #expect(error?.kind == .invalidData && error?.message.contains("longer than 64 MiB") == true)
    }
  }

  @Test func `path and text are told apart, and a missing file is named`() async throws {
    try await Self.withStores { folder, store, _ in
      let importer = ArchiveImporter(store: store)
      for params in [ResultsImport.Params(), ResultsImport.Params(path: "x", text: "y")] {
        await #expect { try await importer.import(params) } throws: { ($0 as? ServiceError)?.kind == .invalidParams }
      }
      await #expect { try await importer.import(.init(path: folder + "/none")) } throws: {
        ($0 as? ServiceError)?.kind == .fileNotFound
      }
      await #expect { try await importer.import(.init(path: folder)) } throws: {
        ($0 as? ServiceError)?.kind == .fileUnreadable
      }
      await #expect {
        try await ArchiveWriter(store: store).export(.init(runIds: ["none"], path: folder + "/x"))
      } throws: {
        ($0 as? ServiceError)?.kind == .runNotFound
      }
    }
  }

  @Test func `a tracker's results become a run of its model`() async throws {
    let text = """
      {
        "model_id": "claude-opus-4-5-20251101", "run_date": "2026-01-25T06:00:00Z", "sample_size": 4, "score": 0.5,
        "passed_count": 2, "total_count": 4, "input_tokens": 4000, "output_tokens": 9000, "input_cost": 0.02,
        "output_cost": 0.225, "duration_seconds": 120, "github_run_id": "123",
        "problems": [
          {"problem_id": "abc387_f", "passed": true, "error_type": null, "latency_ms": 1200},
          {"problem_id": "abc388_a", "passed": true, "error_type": null, "latency_ms": 900},
          {"problem_id": "3774", "passed": false, "error_type": "wrong_answer", "latency_ms": 2000},
          {"problem_id": "3775", "passed": false, "error_type": "timeout", "latency_ms": 30000}
        ]
      }
      """
    try await Self.withStores { _, store, _ in
      let result = try await ArchiveImporter(store: store).import(.init(text: text))
      let id = try #require(result.runs.first?.runId)
      #expect(result.runs == [.init(runId: id, samples: 4, status: .imported)])
      let run = try await store.run(id)
      #expect(run.suite == "code-problems" && run.status == .completed && run.durationSeconds == 120)
      let model = try #require(run.models.first)
      #expect(model.model == "anthropic/claude-opus-4-5-20251101")
      #expect(model.score == 0.5 && model.n == 4 && model.passed == 2 && model.promptTokens == 4000)
      #expect(abs((model.costUSD ?? 0) - 0.245) < 1e-12)
      #expect(model.reasons.map(\.reason).sorted() == ["timeout", "wrong_answer"])
      #expect(
        try await ArchiveImporter(store: store).import(.init(text: "[\(text)]")).runs.first?.status == .alreadyStored)
    }
  }

  @Test func `a tracker's results without problems keep their score`() async throws {
    let text =
      #"{"model_id":"o3","run_date":"2026-01-25T06:00:00.123456","sample_size":100,"score":0.61,"passed_count":61,"total_count":100,"problems":[]}"#
    try await Self.withStores { _, store, _ in
      let id = try await ArchiveImporter(store: store).import(.init(text: text)).runs[0].runId
      let model = try #require(try await store.run(id).models.first)
      #expect(model.model == "openai/o3" && model.score == 0.61 && model.n == 100 && model.missing == 0)
      // Wilson's interval of 61 of 100.
      #expect(abs((model.low ?? 0) - 0.51202) < 1e-4 && abs((model.high ?? 0) - 0.69982) < 1e-4)
    }
  }
}
