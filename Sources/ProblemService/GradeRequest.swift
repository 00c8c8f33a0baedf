import CodeGrading
import CodeProblems
import Contract
import Execution
import JSON

/// The parameters of `code.grade`, checked.
struct GradeRequest: Sendable {
  let params: CodeGrade.Params
  let selection: ProblemSelection
  let extraction: ExtractionRule
  let options: GradingOptions
  let cutoff: ContestDate?

  /// - Throws: ``ServiceError`` of kind `invalidParams`; ``DatasetError``.
  init(_ params: CodeGrade.Params) throws {
    self.params = params
    selection = try ProblemSelection(params.selection)
    guard let mode = GradingMode(rawValue: params.mode ?? GradingMode.strict.rawValue) else {
      throw ServiceError.invalidParameter(
        "/mode", "There is no mode \"\(params.mode ?? "")\": choose strict or official.")
    }
    guard let rule = ExtractionRule(rawValue: params.extraction ?? ExtractionRule.standard.rawValue) else {
      throw ServiceError.invalidParameter(
        "/extraction", "There is no extraction \"\(params.extraction ?? "")\": choose default or official.")
    }
    extraction = rule
    var options = GradingOptions(limits: try Self.limits(params.limits))
    options.mode = mode
    options.runsAllTests = params.allTests ?? true
    self.options = options
    if let text = params.cutoff {
      guard let date = ContestDate(text) else {
        throw ServiceError.invalidParameter("/cutoff", "\"\(text)\" is no day such as 2024-08-01.")
      }
      cutoff = date
    } else {
      cutoff = nil
    }
  }

  /// - Throws: ``ServiceError`` of kind `invalidParams`; ``DatasetError``; `CancellationError`.
  func answers(checkCancellation: () throws -> Void) throws -> AnswerFile {
    switch params.answers {
    case .string(let path): return try AnswerFile(path, checkCancellation: checkCancellation)
    case .array(let list): return try AnswerFile(list)
    default:
      throw ServiceError.invalidParameter("/answers", "answers is the path of a file, or a list of answers.")
    }
  }

  private static func limits(_ given: CodeExecute.Limits?) throws(ServiceError) -> ExecutionLimits {
    let defaults = GradingOptions.defaultLimits
    for (name, value) in [("cpuSeconds", given?.cpuSeconds), ("wallSeconds", given?.wallSeconds)] {
      if let value, !(value > 0) {
        throw ServiceError.invalidParameter("/limits/\(name)", "A time limit is above 0 seconds.")
      }
    }
    return ExecutionLimits(
      cpuSeconds: given?.cpuSeconds ?? defaults.cpuSeconds,
      wallSeconds: given?.wallSeconds ?? max(defaults.wallSeconds, 5 * (given?.cpuSeconds ?? 0)),
      memoryBytes: given?.memoryBytes ?? defaults.memoryBytes, outputBytes: given?.outputBytes ?? defaults.outputBytes,
      processes: given?.processes ?? defaults.processes)
  }
}
