import Glibc
import JSON
import TestSupport
import Testing

/// Databases that cannot be used, and what is typed wrong.
@Suite(.serialized, .timeLimit(.minutes(1))) struct BadStoreTests {
  /// Every command that needs the store fails the same way; a run asks no model and leaves nothing.
  private func check(_ place: Workplace, _ database: String, kind: String) async throws {
    let model = try FakeModel()
    // What only reads looks for the file first, and names it where it is not there.
    let readers = access(database, F_OK) == 0 ? [["results", "list"], ["resume", "latest"]] : []
    for command in readers + [
      ["run", "sorting", "--sizes", "5"] + model.options, ["run", "events-codegen", "--sizes", "10"] + model.options,
    ] {
      let ending = try await place.run(command + ["--database", database, "--json"])
      let error = try ending.json(code: 1)["error"]
      #expect(error?["kind"]?.stringValue == kind, "\(command): \(ending)")
      #expect(ending.errors.contains("LLMBENCH_DATABASE"))
    }
    #expect(model.requests.isEmpty)
    #expect(try folderEntries(place.folder).allSatisfy { !$0.hasPrefix("llmbench-") })
  }

  @Test func `a place where no file can be made`() async throws {
    try await Workplace.with { place in
      try await check(place, "/proc/llmbench/results.sqlite", kind: "storeUnavailable")
      try await check(place, place.folder, kind: "storeUnavailable")
    }
  }

  @Test func `a file that is no database stays as it is`() async throws {
    try await Workplace.with { place in
      let bytes = Array(String(repeating: "my diary\n", count: 100).utf8)
      try writeFile(place.path("diary.txt"), bytes)
      try await check(place, place.path("diary.txt"), kind: "storeUnavailable")
      #expect(try readFile(place.path("diary.txt")) == bytes)
    }
  }

  @Test func `a database of a newer version stays as it is`() async throws {
    try await Workplace.with { place in
      _ = try await place.json("results", "list")
      // A program may end before all of its log is in the file; who opens it next puts it there.
      for _ in 1...20 where try readFile(place.path("results.sqlite")).dropFirst(68).prefix(4).allSatisfy({ $0 == 0 }) {
        _ = try await place.json("results", "list")
      }
      var bytes = try readFile(place.path("results.sqlite"))
      // `user_version` in SQLite's header: sqlite.org/fileformat2.html §1.3.
      bytes.replaceSubrange(60..<64, with: [0, 0, 3, 231])
      try writeFile(place.path("newer.sqlite"), bytes)
      try await check(place, place.path("newer.sqlite"), kind: "storeTooNew")
      #expect(try readFile(place.path("newer.sqlite")) == bytes)
    }
  }

  private static let canMount = umount2("/nonexistent", 0) != 0 && errno != EPERM

  @Test(.enabled(if: canMount, "only root can make a small disk"))
  func `a full disk ends the run, keeps what is stored, and says so`() async throws {
    try await Workplace.with { place in
      let disk = place.path("disk")
      #expect(mkdir(disk, 0o700) == 0)
      try #require(mount("tmpfs", disk, "tmpfs", 0, "size=400k") == 0)
      defer { umount2(disk, Int32(MNT_DETACH)) }
      let filler = String(repeating: "lorem ipsum ", count: 3000)
      let model = try FakeModel { prompt, number in
        FakeModel.stream("\(number) \(filler) \(FakeModel.rightAnswer(to: prompt))")
      }
      let database = ["--database", "\(disk)/results.sqlite"]
      let ending = try await place.run(
        ["run", "sorting", "--sizes", "5", "--samples", "100", "--json"] + model.options + database)
      #expect(ending.code == 1)
      #expect(ending.everything.contains("No space"), "\(ending)")
      #expect(model.requests.count < 100)
      // With room again, what was stored is there and the rest can be asked.
      #expect(mount("tmpfs", disk, "tmpfs", UInt(MS_REMOUNT), "size=50m") == 0)
      let stored = try await place.json(["results", "show", "latest"] + database)
      #expect(stored["completedSamples"]?.intValue ?? 0 > 0)
      let run = try await place.json(["resume", "latest"] + database)
      #expect(run["completedSamples"]?.intValue == 100)
    }
  }

  @Test func `what is typed wrong is told with what is right`() async throws {
    try await Workplace.with { place in
      let cases: [(arguments: [String], code: Int32, says: String)] = [
        (["run", "nope", "--model", "local/x"], 2, "sorting"),
        (["run", "sorting", "--model", "nope/x"], 2, "local"),
        (["run", "sorting", "--model", "smollm2"], 2, "local/smollm2"),
        (["run", "sorting"], 2, "--model"),
        (["run", "sorting", "--model", "local/x", "--sizes", "ten"], 2, "1k"),
        (["run", "sorting", "--model", "local/x", "--sizes", "1g"], 2, "100000"),
        (["run", "sorting", "--model", "local/x", "--option", "frob=1"], 2, "minimum"),
        (["run", "sorting", "--model", "local/x", "--frob"], 2, "--frob"),
        (["run", "sorting", "--model", "openai/x"], 1, "OPENAI_API_KEY"),
        (["run", "sorting", "--model", "replay/nothing.jsonl"], 1, "nothing.jsonl"),
        (["run", "sorting", "--model", "local/x", "--base-url", "ftp://x"], 2, "base URL"),
        (["results", "show", "nope"], 1, "nope"),
        (["report", "latest"], 1, "run"),
      ]
      for (arguments, code, says) in cases {
        let ending = try await place.run(arguments)
        #expect(ending.code == code, "\(arguments): \(ending)")
        #expect(ending.output == "", "\(arguments)")
        #expect(ending.errors.contains(says), "\(arguments): \(ending.errors)")
        let error = try await place.json(arguments, code: code)["error"]
        #expect(error?["kind"]?.stringValue != nil && error?["message"]?.stringValue != nil)
      }
    }
  }
}
