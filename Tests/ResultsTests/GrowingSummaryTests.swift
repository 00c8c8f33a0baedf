import Contract
import JSON
import Results
import Synchronization
import Testing

/// Figures of a run under way that is too large to be read again for each question.
@Suite(.timeLimit(.minutes(2))) struct GrowingSummaryTests {
  private let scratch = Scratch()

  /// Two models, two epochs, every outcome, some parts of them twice.
  private func sample(_ index: Int, epoch: Int, _ model: String = "local/a") -> SampleRecord {
    let outcomes = Outcome.allCases.filter { $0 != .cancelled }
    var sample = Fixtures.sample(
      "s\(index)", model: model, epoch: epoch, outcomes[(index * 3 + epoch) % outcomes.count], at: Int64(index) * 100)
    sample.latencyMilliseconds = Double(index * 7 % 31)
    sample.promptTokens = index
    sample.metadata = ["size": .integer(Int64(index % 3))]
    return sample
  }

  private func whole(_ store: ResultStore) async throws -> RunSummary {
    let other = try ResultStore.open(path: scratch.path)
    defer { try? other.close() }
    return try await other.run("run-1")
  }

  private func expectSame(_ store: ResultStore) async throws {
    let (grown, read) = (try await store.run("run-1"), try await whole(store))
    #expect(grown.models == read.models)
    #expect(grown.completedSamples == read.completedSamples)
  }

  @Test func `they are those of all its samples at every moment`() async throws {
    let store = try ResultStore.open(path: scratch.path, manySamples: 5)
    var run = Fixtures.run(planned: 120)
    run.request.epochs = 2
    try await store.createRun(run, dimension: "size")
    for index in 0..<30 {
      try await store.append(sample(index, epoch: 1))
      // The second epoch comes three samples later.
      if index >= 3 { try await store.append(sample(index - 3, epoch: 2)) }
      if index % 4 == 0 { try await store.append(sample(index, epoch: 1, "openai/b:1")) }
      try await expectSame(store)
    }
    // Asked again, as by a run that is resumed.
    try await store.append(sample(7, epoch: 1))
    try await expectSame(store)
    var better = sample(8, epoch: 2)
    better.outcome = .passed
    try await store.append(better)
    try await store.append(sample(31, epoch: 1))
    try await expectSame(store)
    try await store.finishRun(id: "run-1", status: .completed, addedSeconds: 1)
    try await expectSame(store)
  }

  @Test func `only what came since is read`() async throws {
    let statements = Mutex<[String]>([])
    let store = try ResultStore.open(path: scratch.path, manySamples: 5) { statement in
      statements.withLock { $0.append(statement) }
    }
    var run = Fixtures.run(planned: 1000)
    run.request.epochs = 1
    try await store.createRun(run)
    for index in 0..<20 { try await store.append(sample(index, epoch: 1)) }
    _ = try await store.run("run-1")
    try await store.append(sample(20, epoch: 1))
    statements.withLock { $0 = [] }
    _ = try await store.run("run-1")
    let reads = statements.withLock { $0 }.filter { $0.contains("FROM problem_results r") }
    #expect(reads.count == 1 && reads.allSatisfy { $0.contains("r.sequence > 20") }, "\(reads)")
  }
}
