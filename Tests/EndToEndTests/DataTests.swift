import JSON
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct DataTests {
  @Test func `files are generated, processed and shown`() async throws {
    try await Workplace.with { place in
      let made = try await place.json("data", "generate", "--sizes", "100,1k", "--seed", "7", "--out", "data")
      let files = try #require(made["files"]?.arrayValue)
      #expect(files.map { $0["rows"]?.intValue } == [100, 1000])
      for file in files {
        let path = try #require(file["path"]?.stringValue)
        let size = try readFile(path.hasPrefix("/") ? path : place.path(path)).count
        #expect(file["bytes"]?.intValue == size)
        #expect(file["seconds"]?.doubleValue ?? -1 >= 0)
      }
      try await checkAverages(place)
    }
  }

  /// What `process` says against what follows from the records that `show` prints.
  private func checkAverages(_ place: Workplace) async throws {
    let processed = try await place.json("data", "process", "data/events-1k.avro", "--all")
    #expect(processed["rows"]?.intValue == 1000)
    #expect(processed["readSeconds"]?.doubleValue ?? -1 >= 0)
    #expect(processed["processSeconds"]?.doubleValue ?? -1 >= 0)
    let shown = try await place.json("data", "show", "data/events-1k.avro", "--limit", "1000")
    #expect(shown["total"]?.intValue == 1000)
    #expect(shown["codec"]?.stringValue == "null")
    #expect(shown["schema"]?["type"]?.stringValue == "record")
    var durations: [String: [Double]] = [:]
    for record in try #require(shown["records"]?.arrayValue) {
      let duration = try #require(record["duration"]?.doubleValue)
      if duration >= 50 { durations[try #require(record["userId"]?.stringValue), default: []].append(duration) }
    }
    let groups = try #require(processed["groups"]?.arrayValue)
    #expect(groups.count == durations.count)
    for group in groups {
      let values = try #require(durations[group["id"]?.stringValue ?? ""])
      #expect(group["count"]?.intValue == values.count)
      let average = values.reduce(0, +) / Double(values.count)
      #expect(abs((group["average"]?.doubleValue ?? 0) - average) < 1e-9)
    }
  }

  @Test func `the same seed makes the same bytes, whatever the working folder`() async throws {
    try await Workplace.with { place in
      for folder in ["a", "b"] {
        _ = try await place.json("data", "generate", "--sizes", "2k", "--seed", "3", "--out", folder)
      }
      let files = try ["a", "b"].map { try readFile(place.path("\($0)/events-2k.avro")) }
      #expect(files[0] == files[1])
    }
  }

  @Test(arguments: ["deflate", "snappy", "zstandard"])
  func `every codec is written and read`(_ codec: String) async throws {
    try await Workplace.with { place in
      _ = try await place.json("data", "generate", "--sizes", "500", "--codec", codec, "--out", "d")
      let lines = try await place.run("data", "show", "d/events-500.avro", "--json-lines")
      #expect(lines.code == 0)
      #expect(lines.output.split(separator: "\n").count == 500)
      #expect(try await place.json("data", "process", "d/events-500.avro")["rows"]?.intValue == 500)
      #expect(try await place.json("data", "show", "d/events-500.avro")["codec"]?.stringValue == codec)
    }
  }

  @Test func `bad files and arguments are told apart`() async throws {
    try await Workplace.with { place in
      let missing = try await place.json("data", "process", "nothing.avro", code: 1)
      #expect(missing["error"]?["kind"]?.stringValue == "fileNotFound")
      try writeFile(place.path("text.avro"), Array("userId,duration\n".utf8))
      let text = try await place.json("data", "process", "text.avro", code: 1)
      #expect(text["error"]?["kind"]?.stringValue == "invalidData")
      #expect(try await place.run("data", "generate", "--sizes", "100", "--out", "d").code == 0)
      let whole = try readFile(place.path("d/events-100.avro"))
      try writeFile(place.path("half.avro"), Array(whole[..<(whole.count / 2)]))
      let half = try await place.json("data", "process", "half.avro", code: 1)
      #expect(half["error"]?["kind"]?.stringValue == "invalidData")
      #expect(half["error"]?["offset"]?.intValue != nil)
      #expect(try await place.run("data", "process", "d").code == 1)
      for arguments in [["--sizes", "0"], ["--sizes", "1x"], ["--sizes", "10", "--codec", "lzma"]] {
        let ending = try await place.run(["data", "generate", "--out", "x"] + arguments)
        #expect([1, 2].contains(ending.code), "\(arguments): \(ending)")
        #expect(ending.output == "" && !ending.errors.isEmpty)
      }
    }
  }
}
