import AnswerValidation
import Contract
import FormatData
import Foundation
import JSON
import Testing

/// A file of its own for the body.
func withFile(_ text: String, _ body: (String) throws -> Void) throws {
  let path = FileManager.default.temporaryDirectory.path + "/format-data-\(UUID().uuidString).json"
  try text.write(toFile: path, atomically: true, encoding: .utf8)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(path)
}

@Suite struct FileTests {
  @Test func `a file of any JSON is a dataset`() throws {
    try withFile(#"{"teams": [{"name": "Red", "points": 3}, {"name": "Blue", "points": 5}], "season": 2025}"#) { path in
      let (dataset, questions) = try DataSetSource.own(path)
      #expect(dataset.rows == 2)
      #expect(dataset.shape.structure == .deep)
      #expect(questions.contains { $0.text == "What is the value of `season`?" && $0.expected == 2025 })
      #expect(questions.contains { $0.text == "What is the points of team Blue?" && $0.expected == 5 })
    }
  }

  @Test(arguments: [
    ("", ServiceError.Kind.invalidData), ("{", .invalidData), ("42", .invalidData), (#"{"a":1,"a":2}"#, .invalidData),
  ])
  func `what is no dataset is refused with a reason`(_ text: String, _ kind: ServiceError.Kind) throws {
    try withFile(text) { path in
      let error = #expect(throws: ServiceError.self) { try DataSetSource.own(path) }
      #expect(error?.kind == kind)
    }
  }

  @Test(arguments: [
    ("/no/such/file.json", ServiceError.Kind.fileNotFound), ("/", .fileUnreadable), ("a\u{0}b", .fileUnreadable),
  ])
  func `a path without a file is named`(_ path: String, _ kind: ServiceError.Kind) {
    #expect(throws: ServiceError.self) { try DataSetSource.own(path) }
    #expect((#expect(throws: ServiceError.self) { try DataSetSource.own(path) })?.kind == kind)
  }

  @Test func `questions of one's own are taken`() throws {
    let lines = """
      {"question": "How many?", "expected": 12}

      {"question": "Which?", "expected": ["a", "b"], "kind": "listUnordered", "type": "filtering", "id": "mine"}
      {"question": "How much?", "expected": 1.25, "options": {"decimalPlaces": 2}}
      {"question": "When?", "expected": "2025-01-01", "kind": "date"}
      {"question": "Is it?", "expected": true}
      """
    try withFile(#"{"x": [1]}"#) { data in
      try withFile(lines) { path in
        let questions = try DataSetSource.own(data, questions: path).questions
        #expect(questions.map(\.kind) == [.integer, .listUnordered, .number, .date, .boolean])
        #expect(
          questions.map(\.type) == [.fieldRetrieval, .filtering, .fieldRetrieval, .fieldRetrieval, .fieldRetrieval])
        #expect(questions[1].id == "mine")
        #expect(questions[2].options.decimalPlaces == 2)
        #expect(questions.allSatisfy { $0.judge($0.expected.answerText, mode: .strict).match })
      }
    }
  }

  @Test(arguments: [
    (#"{"question": "a"}"#, "expected"), (#"{"expected": 1}"#, "question"),
    (#"{"question": " ", "expected": 1}"#, "question"),
    (#"{"question": "a", "expected": 1, "kind": "int"}"#, "integer, number"), (#"[1]"#, "an object"),
    (#"[]"#, "no questions"),
    (#"{"question": "a", "expected": "x", "kind": "integer"}"#, "no answer of kind integer"),
    (#"{"question": "a", "expected": {"b": 1}}"#, "expected"),
    (#"{"question": "a", "expected": 1, "answer": 2}"#, "answer"),
    ("{\"question\": \"a\", \"expected\": 1}\n{\"question\": \"a\", \"expected\": 2}", "twice"),
    ("{\"question\": \"a\", \"expected\": 1}\n{\"question\"", "line 2"),
    (#"{"question": "a", "expected": 1.5, "options": {"decimalPlaces": 99}}"#, "0 to 15"),
    (#"{"question": "a", "expected": 1.5, "options": {"places": 9}}"#, "decimalPlaces"),
  ])
  func `a mistake in a question names the question and what to do`(_ text: String, _ words: String) throws {
    try withFile(#"{"x": [1]}"#) { data in
      try withFile(text) { path in
        let error = #expect(throws: ServiceError.self) { try DataSetSource.own(data, questions: path) }
        #expect(error?.kind == .invalidData)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      }
    }
  }

  private static let ours = """
    {"id": 1, "name": "a", "repo": "x/a", "description": "d", "stars": 5, "watchers": 3, "forks": 2, "defaultBranch": "main",
     "createdAt": "2020-01-01T00:00:00Z", "updatedAt": "2025-01-01T00:00:00Z", "pushedAt": "2025-01-02T00:00:00Z"}
    """
  private static let theirs = """
    {"id": 1, "name": "a", "full_name": "x/a", "description": null, "stargazers_count": 5, "watchers_count": 5, "watchers": 5,
     "forks_count": 2, "forks": 2, "default_branch": "main", "created_at": "2020-01-01T00:00:00Z",
     "updated_at": "2025-01-01T00:00:00Z", "pushed_at": "2025-01-02T00:00:00Z", "subscribers_count": 3}
    """

  @Test(arguments: ["[\(ours)]", #"{"repositories": [\#(ours)]}"#, #"{"total_count": 1, "items": [\#(theirs)]}"#])
  func `repositories are read in our form and in GitHub's`(_ text: String) throws {
    try withFile(text) { path in
      let (dataset, questions) = try DataSetSource.builtIn("repositories", repositories: path)
      let repository = dataset.value["repositories"]?[0]
      #expect(repository?["repo"] == "x/a")
      #expect(repository?["watchers"] == 3)
      #expect(repository?.objectValue?.keys.count == 11)
      #expect(dataset.seed == nil)
      #expect(!dataset.title.contains("stand-in"))
      #expect(!questions.isEmpty)
    }
  }

  @Test(arguments: ["{}", "[]", #"[{"id": 1}]"#, "[1]"]) func `what is no repository is refused`(_ text: String) throws
  {
    try withFile(text) { path in
      #expect(throws: ServiceError.self) { try DataSetSource.builtIn("repositories", repositories: path) }
    }
  }

  @Test func `a file of repositories is for one dataset`() {
    #expect(throws: ServiceError.self) { try DataSetSource.builtIn("tabular", repositories: "/x") }
  }
}
