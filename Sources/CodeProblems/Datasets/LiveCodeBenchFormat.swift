import Inflate
import JSON

/// LiveCodeBench's records (LiveCodeBench/LiveCodeBench, lcb_runner/benchmarks/code_generation.py).
enum LiveCodeBenchFormat: RecordFormat {
  static let format = DatasetFormat.liveCodeBench
  static let indexedMembers: Set<String> = [
    "question_id", "question_title", "platform", "contest_id", "contest_date", "difficulty", "metadata",
  ]
  static let signature: Set<String> = ["question_id", "question_content"]

  private static let platforms: Set<String> = ["leetcode", "codeforces", "atcoder"]
  private static let difficulties: Set<String> = ["easy", "medium", "hard"]
  /// The decoded tests of the largest problems are some tens of megabytes.
  private static let mostTestBytes = 1 << 30

  static func entry(_ record: RecordReader, warn: (String) -> Void) throws(DatasetError) -> ProblemEntry {
    let id = try record.identifier("question_id")
    guard record.has("question_content") else { throw record.error("\"question_content\" is missing") }
    for name in ["public_test_cases", "private_test_cases"] where !record.has(name) {
      throw record.error("\"\(name)\" is missing")
    }
    for name in ["question_title", "platform", "contest_date", "difficulty", "starter_code", "metadata"]
    where !record.has(name) {
      warn("\"\(name)\" is missing")
    }
    var entry = ProblemEntry(
      id: id, title: try record.optionalString("question_title") ?? id, kind: try kind(record), path: record.path,
      line: record.record.line)
    entry.platform = try record.optionalString("platform")
    entry.difficulty = try record.optionalString("difficulty")
    if let name = entry.platform, !platforms.contains(name) { warn("the platform \"\(name)\" is none that is known") }
    if let name = entry.difficulty, !difficulties.contains(name) {
      warn("the difficulty \"\(name)\" is none that is known")
    }
    entry.contestID = record.has("contest_id") ? try? record.identifier("contest_id") : nil
    if let text = try record.optionalString("contest_date") {
      entry.date = ContestDate(text)
      if entry.date == nil { warn("\"contest_date\" is no date: \"\(text.prefix(40))\"") }
    }
    return entry
  }

  /// `metadata.func_name` decides, and neither the starter code nor what the tests say of themselves.
  private static func kind(_ record: RecordReader) throws(DatasetError) -> ProblemKind {
    guard var metadata = try record.value("metadata"), !metadata.isNull else { return .standardInput }
    if let text = metadata.stringValue {
      guard let parsed = try? JSONParser().parse(text.isEmpty ? "{}" : text) else {
        throw record.error("\"metadata\" is no JSON")
      }
      metadata = parsed
    }
    guard metadata.objectValue != nil else { throw record.error("\"metadata\" is \(metadata.kindDescription)") }
    guard let name = metadata["func_name"], !name.isNull else { return .standardInput }
    guard let name = name.stringValue, !name.isEmpty else { throw record.error("\"metadata.func_name\" is no name") }
    return .function(name)
  }

  static func statement(_ record: RecordReader) throws(DatasetError) -> (statement: String, starterCode: String) {
    (try record.string("question_content"), try record.optionalString("starter_code") ?? "")
  }

  static func solutions(_ record: RecordReader) throws(DatasetError) -> KnownSolutions { KnownSolutions() }

  static func tests(_ record: RecordReader, of entry: ProblemEntry) throws(DatasetError) -> ProblemTests {
    let open = try exchanges(record, "public_test_cases", isPublic: true)
    let hidden = try exchanges(record, "private_test_cases", isPublic: false)
    guard !open.isEmpty || !hidden.isEmpty else { throw record.error("there is no test") }
    return .exchanges(open + hidden)
  }

  // MARK: - Tests

  private static func exchanges(
    _ record: RecordReader, _ name: String, isPublic: Bool
  ) throws(DatasetError) -> [ProblemTests.Exchange] {
    guard let raw = try record.raw(name) else { throw record.error("\"\(name)\" is missing") }
    let list = try list(raw, record, name, mayBePacked: !isPublic)
    guard let list = list.arrayValue else { throw record.error("\"\(name)\" is no list") }
    var exchanges: [ProblemTests.Exchange] = []
    for (index, test) in list.enumerated() {
      guard let input = test["input"]?.stringValue, let output = test["output"]?.stringValue else {
        throw record.error(
          "the test at \(index) of \"\(name)\" has no \(test["input"] == nil ? "input" : "output") text")
      }
      exchanges.append(.init(input: input, output: output, isPublic: isPublic))
    }
    return exchanges
  }

  /// The tests are a list, or a text that is a list as JSON, or one that is packed.
  private static func list(
    _ raw: [UInt8], _ record: RecordReader, _ name: String, mayBePacked: Bool
  ) throws(DatasetError) -> JSONValue {
    // Packed text has no escapes: it is taken as it stands, for it may be many megabytes.
    if mayBePacked, raw.count > 2, raw.first == 0x22, raw[1] != 0x5B, raw[1] != 0x20, !raw.contains(0x5C) {
      return try unpacked(raw[1..<raw.count - 1], record, name)
    }
    let value = try parse(raw, record, name)
    guard let text = value.stringValue else { return value }
    if mayBePacked, text.utf8.first(where: { $0 > 0x20 }) != UInt8(ascii: "[") {
      return try unpacked(Array(text.utf8)[...], record, name)
    }
    return try parse(Array(text.utf8), record, name)
  }

  private static func unpacked(
    _ text: ArraySlice<UInt8>, _ record: RecordReader, _ name: String
  ) throws(DatasetError) -> JSONValue {
    do throws(DatasetError) {
      let packed = try Base64.decode(text)
      let pickle: [UInt8]
      do throws(InflateError) {
        pickle = try Inflater.inflate(packed, limit: mostTestBytes)
      } catch {
        throw DatasetError("\(error)")
      }
      let json = try PickledString.text(pickle)
      return try parse(json, record, name)
    } catch {
      throw record.error("\"\(name)\" cannot be decoded: \(error.message)")
    }
  }

  private static func parse(
    _ bytes: some Collection<UInt8>, _ record: RecordReader, _ name: String
  ) throws(DatasetError) -> JSONValue {
    do throws(JSONParseError) {
      return try JSONParser(maximumDepth: 64).parse(bytes)
    } catch {
      throw record.error("\"\(name)\" is no JSON: \(error.message)")
    }
  }
}
