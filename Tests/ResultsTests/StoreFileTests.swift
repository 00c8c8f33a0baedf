import Contract
import GRDB
import JSON
import Results
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that cannot be a store, and disks that end.
@Suite struct StoreFileTests {
  private let scratch = Scratch()

  private func failure(_ path: String) -> ServiceError? {
    #expect(throws: ServiceError.self) { try ResultStore.open(path: path) }
  }

  private func raw(_ sql: String) throws {
    let queue = try DatabaseQueue(path: scratch.path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test func `the default path follows the variables`() {
    #expect(ResultStore.defaultPath(environment: ["LLMBENCH_DATABASE": "x.db", "HOME": "/h"]) == "x.db")
    #expect(
      ResultStore.defaultPath(environment: ["LLMBENCH_DATABASE": "", "XDG_DATA_HOME": "/d", "HOME": "/h"])
        == "/d/llmbench/llmbench.sqlite")
    #expect(
      ResultStore.defaultPath(environment: ["XDG_DATA_HOME": "relative", "HOME": "/h"])
        == "/h/.local/share/llmbench/llmbench.sqlite")
    #expect(ResultStore.defaultPath(environment: [:]) == "llmbench/llmbench.sqlite")
  }

  @Test func `folders are made, for the user alone`() async throws {
    let path = "\(scratch.folder)/a/b//c.sqlite"
    let store = try ResultStore.open(path: path)
    try await store.createRun(Fixtures.run())
    var status = stat()
    #expect(stat("\(scratch.folder)/a/b", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
  }

  @Test func `an empty file becomes a store`() async throws {
    scratch.write([], "results.sqlite")
    try await ResultStore.open(path: scratch.path).createRun(Fixtures.run())
  }

  @Test func `a newer program's store is refused and left untouched`() async throws {
    let store = try ResultStore.open(path: scratch.path)
    try await store.createRun(Fixtures.run())
    try store.close()
    try raw("PRAGMA journal_mode = DELETE; PRAGMA user_version = 999")
    let before = scratch.bytes("results.sqlite")
    let error = failure(scratch.path)
    #expect(error?.kind == .storeTooNew)
    #expect(error?.details["schemaVersion"] == 999)
    #expect(error?.message.contains("schema version 999") == true)
    #expect(error?.message.contains("update llmbench") == true)
    #expect(scratch.bytes("results.sqlite") == before)
    #expect(scratch.bytes("results.sqlite-wal").isEmpty)
  }

  @Test func `a newer version that is only in the log is seen too`() throws {
    try ResultStore.open(path: scratch.path).close()
    let newer = try DatabaseQueue(path: scratch.path)
    try newer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 999") }
    #expect(failure(scratch.path)?.kind == .storeTooNew)
  }

  @Test(arguments: ["", "PRAGMA application_id = 7;"])
  func `another program's database is refused and left untouched`(mark: String) throws {
    try raw("\(mark) CREATE TABLE notes (text)")
    let before = scratch.bytes("results.sqlite")
    let error = failure(scratch.path)
    #expect(error?.kind == .storeUnavailable)
    #expect(error?.message.contains("belongs to another program") == true)
    #expect(scratch.bytes("results.sqlite") == before)
  }

  @Test func `a file that is no database is refused`() {
    scratch.write(Array("SQLite format 3, or so it says. ".utf8), "results.sqlite")
    #expect(failure(scratch.path)?.message.contains("is not a database") == true)
    scratch.write([UInt8](repeating: 0x20, count: 9000), "results.sqlite")
    let error = failure(scratch.path)
    #expect(error?.kind == .storeUnavailable)
    #expect(error?.message.contains("--database PATH") == true)
    #expect(error?.message.contains("LLMBENCH_DATABASE") == true)
    #expect(scratch.bytes("results.sqlite").count == 9000)
  }

  @Test func `a damaged database is refused or read as damaged, never trusted`() async throws {
    let store = try ResultStore.open(path: scratch.path)
    try await store.createRun(Fixtures.run())
    for index in 0..<200 { try await store.append(Fixtures.sample("s\(index)")) }
    try store.close()
    let whole = scratch.bytes("results.sqlite")
    scratch.write(Array(whole.prefix(100)) + [UInt8](repeating: 0xAB, count: whole.count - 100), "results.sqlite")
    #expect(failure(scratch.path)?.kind == .storeUnavailable)
    scratch.write(Array(whole.prefix(whole.count / 3)), "results.sqlite")
    await #expect(throws: ServiceError.self) {
      let store = try ResultStore.open(path: scratch.path)
      try await store.forEachSample(runId: "run-1") { _ in }
    }
  }

  @Test func `a path that cannot be made is refused`() {
    scratch.write([1], "file")
    for path in ["\(scratch.folder)/file/x.sqlite", scratch.folder, "/proc/llmbench/x.sqlite", "/dev/null", ""] {
      let error = failure(path)
      #expect(error?.kind == .storeUnavailable, "\(path)")
      #expect(error?.message.contains("--database PATH") == true, "\(path)")
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a lock that another keeps is reported`() async throws {
    let store = try ResultStore.open(path: scratch.path)
    try await store.createRun(Fixtures.run())
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: scratch.path, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let error = await #expect(throws: ServiceError.self) { try await store.append(Fixtures.sample("s1")) }
    #expect(error?.kind == .storeUnavailable)
    #expect(error?.message.contains("locked") == true)
    #expect(try await store.run("run-1").completedSamples == 0)
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try await store.append(Fixtures.sample("s1"))
    #expect(try await store.run("run-1").completedSamples == 1)
  }

  #if os(Linux)
    @Test(.enabled(if: getuid() == 0, "a small file system takes root to mount"), .timeLimit(.minutes(1)))
    func `a full disk is reported, and what was stored stays`() async throws {
      let disk = "\(scratch.folder)/disk"
      mkdir(disk, 0o700)
      guard mount("tmpfs", disk, "tmpfs", 0, "size=2m") == 0 else { return }
      defer { umount2(disk, Int32(MNT_DETACH)) }
      let store = try ResultStore.open(path: "\(disk)/x.sqlite")
      try await store.createRun(Fixtures.run())
      var stored: [String] = []
      var failure: ServiceError?
      for index in 0..<400 where failure == nil {
        var sample = Fixtures.sample("s\(index)")
        sample.response = String(repeating: "\(index) ", count: 4000)
        do {
          try await store.append(sample)
          stored.append(sample.sampleId)
        } catch {
          failure = error
        }
      }
      #expect(failure?.kind == .diskFull)
      #expect(failure?.message.contains("free some") == true)
      #expect(!stored.isEmpty)
      var found: [String] = []
      try await store.forEachSample(runId: "run-1") { found.append($0.sampleId) }
      #expect(found == stored)
    }
  #endif
}
