package import CodeProblems
package import JSON

/// A problem's answers as LiveCodeBench's `eval_all.json` has them, which its own scripts read.
package enum OfficialExport {
  /// The record of one problem: what the dataset has of it, without tests, and its answers with their verdicts.
  ///
  /// - Parameters:
  ///   - record: the problem's members; those of tests are left out.
  ///   - outputs: the models' answers, in the order of `results`; programs where there are none.
  package static func record(
    _ entry: ProblemEntry, text: ProblemText, outputs: [String], results: [AnswerSetGrader.Result]
  ) -> JSONValue {
    let passes = results.count { $0.grade.isPassed }
    return [
      "question_title": .string(entry.title), "question_content": .string(text.statement),
      "platform": entry.platform.map { .string($0) } ?? .null, "question_id": .string(entry.id),
      "contest_id": entry.contestID.map { .string($0) } ?? .null,
      "contest_date": entry.date.map { .string($0.description) } ?? .null,
      "starter_code": .string(text.starterCode),
      "difficulty": entry.difficulty.map { .string($0) } ?? .null,
      "output_list": .array(outputs.map { .string($0) }),
      "code_list": .array(results.map { .string($0.code?.code ?? "") }),
      "graded_list": .array(results.map { .bool($0.grade.isPassed) }),
      "pass@1": .double(results.isEmpty ? 0 : Double(passes) / Double(results.count)),
      "metadata": .array(results.map { .string(JSONWriter.string(metadata($0.grade))) }),
    ]
  }

  private static func metadata(_ grade: Grade) -> JSONValue {
    guard let code = grade.verdict.officialCode else { return ["execution time": .double(grade.cpuSeconds)] }
    let message = grade.verdict.officialMessage ?? ""
    var object: JSONObject = ["error_code": .integer(Int64(code))]
    if grade.verdict == .runtimeError || grade.verdict == .engineError { object["error"] = .string(grade.detail ?? "") }
    object["error_message"] = .string(
      grade.verdict == .compileError || grade.verdict == .noFunction || grade.verdict == .noCode
        ? "\(message): \(grade.detail ?? "")" : message)
    object["verdict"] = .string(grade.verdict.rawValue)
    if let detail = grade.detail { object["detail"] = .string(detail) }
    return .object(object)
  }
}
