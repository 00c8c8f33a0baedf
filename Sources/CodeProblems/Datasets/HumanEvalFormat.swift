/// HumanEval's records (openai/human-eval): a prompt that is the beginning of a function, and a script that defines
/// `check(candidate)`.
enum HumanEvalFormat: RecordFormat {
  static let format = DatasetFormat.humanEval
  static let indexedMembers: Set<String> = ["task_id", "entry_point"]
  static let signature: Set<String> = ["task_id", "prompt", "test"]

  static func entry(_ record: RecordReader, warn: (String) -> Void) throws(DatasetError) -> ProblemEntry {
    let id = try record.identifier("task_id")
    for name in ["prompt", "test"] where !record.has(name) { throw record.error("\"\(name)\" is missing") }
    if !record.has("canonical_solution") {
      warn("\"canonical_solution\" is missing: the grader cannot be proved by it")
    }
    let entryPoint = try record.string("entry_point")
    return ProblemEntry(
      id: id, title: entryPoint, kind: .script(entryPoint: entryPoint), path: record.path, line: record.record.line)
  }

  static func statement(_ record: RecordReader) throws(DatasetError) -> (statement: String, starterCode: String) {
    ("", try record.string("prompt"))
  }

  static func tests(_ record: RecordReader, of entry: ProblemEntry) throws(DatasetError) -> ProblemTests {
    let name = entry.kind.functionName ?? ""
    return .script(
      CheckScript(
        prompt: try record.string("prompt"), checks: ["\(try record.string("test"))\ncheck(\(name))\n"],
        entryPoint: name))
  }

  static func solutions(_ record: RecordReader) throws(DatasetError) -> KnownSolutions {
    guard let body = try record.optionalString("canonical_solution") else { return KnownSolutions() }
    let prompt = try record.string("prompt")
    func solution(_ name: String, _ body: String) -> KnownSolutions.Solution { .init(name: name, code: prompt + body) }
    return KnownSolutions(
      right: [solution("the canonical solution", body)],
      wrong: [
        solution("an empty body", "    pass\n"),
        solution("a body that raises", "    raise NotImplementedError\n"),
        solution("an end before the check", body + "\nimport os\nos._exit(0)\n"),
      ])
  }
}
