import JSON

/// MBPP's records (google-research/mbpp): a sentence, assertions, and a reference. The sanitized set names the sentence
/// `prompt` and the set-up `test_imports`.
enum MBPPFormat: RecordFormat {
  static let format = DatasetFormat.mbpp
  static let indexedMembers: Set<String> = ["task_id", "test_list", "code"]
  static let signature: Set<String> = ["task_id", "test_list"]

  static func entry(_ record: RecordReader, warn: (String) -> Void) throws(DatasetError) -> ProblemEntry {
    let id = "MBPP/\(try record.identifier("task_id"))"
    guard record.has("text") || record.has("prompt") else { throw record.error("\"text\" is missing") }
    let tests = try assertions(record)
    guard !tests.isEmpty else { throw record.error("there is no test") }
    let name = functionName(tests, code: try record.optionalString("code") ?? "")
    if name == nil { warn("no function is named in its tests") }
    return ProblemEntry(
      id: id, title: name ?? id, kind: .script(entryPoint: name), path: record.path, line: record.record.line)
  }

  /// The sentence with the first assertions, without which nobody could know the function's name.
  static func statement(_ record: RecordReader) throws(DatasetError) -> (statement: String, starterCode: String) {
    let text = try record.has("text") ? record.string("text") : record.string("prompt")
    let tests = try assertions(record).prefix(3).joined(separator: "\n")
    return ("\(text)\n\nThe function must pass these assertions:\n\n```python\n\(tests)\n```", "")
  }

  static func tests(_ record: RecordReader, of entry: ProblemEntry) throws(DatasetError) -> ProblemTests {
    let imports = try record.value("test_imports")?.arrayValue?.compactMap(\.stringValue) ?? []
    let setUp = try record.optionalString("test_setup_code").map { [$0] } ?? []
    let checks = try assertions(record).map { (imports + setUp + [$0]).joined(separator: "\n") + "\n" }
    return .script(CheckScript(prompt: "", checks: checks, entryPoint: entry.kind.functionName))
  }

  static func solutions(_ record: RecordReader) throws(DatasetError) -> KnownSolutions {
    guard let code = try record.optionalString("code") else { return KnownSolutions() }
    var solutions = KnownSolutions(right: [.init(name: "the reference", code: code)])
    if let name = functionName(try assertions(record), code: code) {
      solutions.wrong = [
        .init(name: "a body that raises", code: "def \(name)(*values):\n    raise NotImplementedError\n"),
        .init(name: "an end before the check", code: "\(code)\nimport os\nos._exit(0)\n"),
      ]
    }
    return solutions
  }

  private static func assertions(_ record: RecordReader) throws(DatasetError) -> [String] {
    guard let list = try record.value("test_list")?.arrayValue else { throw record.error("\"test_list\" is no list") }
    let texts = list.compactMap(\.stringValue)
    guard texts.count == list.count else { throw record.error("\"test_list\" holds something else than texts") }
    return texts
  }

  /// The function of the reference that the first assertion calls.
  private static func functionName(_ tests: [String], code: String) -> String? {
    let defined = code.split(whereSeparator: \.isNewline).compactMap { line -> Substring? in
      line.hasPrefix("def ")
        ? line.dropFirst(4).drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber || $0 == "_" } : nil
    }
    let test = tests.first ?? ""
    let called = test.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return (called.first { defined.contains($0) } ?? defined.last).map(String.init)
  }
}
