import AnswerValidation
import Contract
import FormatData
import JSON
import JSONRPC
import Threads

/// The datasets of the data formats, and the judge of the answers to their questions.
struct FormatDataHandlers: Sendable {
  func register(in registry: inout MethodRegistry) {
    registry.register(DataDatasets.self) { _, _ in
      try await BlockingWork.run { _ in Self.catalogue }
    }
    registry.register(DataDataset.self) { params, _ in
      try await BlockingWork.run { _ in try Self.dataset(params) }
    }
    registry.register(ValidateAnswer.self) { params, _ in try Self.verdict(params) }
  }

  /// Made for the first request.
  private static let catalogue = DataDatasets.Result(
    datasets: DataSetKind.allCases.map { kind in
      let dataset = kind.make()
      return DatasetInfo(dataset, questions: dataset.questions())
    })

  private static func dataset(_ params: DataDataset.Params) throws -> DataDataset.Result {
    let made: (dataset: DataSet, questions: [Question])
    if let seed = params.seed, seed > UInt64(Int64.max) {
      throw ServiceError.invalidParameter("/seed", "A seed is at most 2^63-1.")
    }
    switch (params.name, params.path) {
    case (let name?, nil):
      guard params.questionsPath == nil else {
        throw ServiceError.invalidParameter(
          "/questionsPath", "Questions of your own are for data of your own: give its path.")
      }
      made = try DataSetSource.builtIn(
        name, rows: params.rows, seed: params.seed, repositories: params.repositories)
    case (nil, let path?):
      guard params.rows == nil, params.repositories == nil else {
        throw ServiceError.invalidParameter(
          params.rows == nil ? "/repositories" : "/rows",
          "Data from a file is taken as it is: leave rows and repositories out.")
      }
      made = try DataSetSource.own(path, questions: params.questionsPath, seed: params.seed)
    default:
      throw ServiceError.invalidParameter("/name", "Give the name of a dataset or the path of a file, and not both.")
    }
    return DataDataset.Result(
      dataset: DatasetInfo(made.dataset, questions: made.questions), value: made.dataset.value,
      questions: made.questions.map(DatasetQuestion.init))
  }

  private static func verdict(_ params: ValidateAnswer.Params) throws -> ValidateAnswer.Result {
    guard let kind = AnswerKind(rawValue: params.kind) else {
      let known = AnswerKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ServiceError.invalidParameter("/kind", "There is no kind \"\(params.kind)\": choose one of \(known).")
    }
    guard let mode = AnswerMode(rawValue: params.mode ?? "strict") else {
      throw ServiceError.invalidParameter(
        "/mode", "There is no mode \"\(params.mode ?? "")\": choose strict or lenient.")
    }
    let verdict = AnswerValidator(kind, options: try options(params.options))
      .judge(params.actual.answerText, expected: params.expected, mode: mode)
    if verdict.reason == .badExpectation {
      throw ServiceError.invalidParameter("/expected", verdict.detail ?? "What was expected is not of the kind.")
    }
    return ValidateAnswer.Result(
      match: verdict.match, reason: verdict.reason?.rawValue, detail: verdict.detail, understood: verdict.understood)
  }

  private static func options(_ given: ValidateAnswer.Options?) throws -> AnswerOptions {
    let defaults = AnswerOptions()
    if let places = given?.decimalPlaces, !(0...15).contains(places) {
      throw ServiceError.invalidParameter(
        "/options/decimalPlaces", "\(places) decimal places are out of range: 0 to 15.")
    }
    if let tolerance = given?.tolerance, !(tolerance >= 0) {
      throw ServiceError.invalidParameter("/options/tolerance", "A tolerance is 0 or more.")
    }
    return AnswerOptions(
      tolerance: given?.tolerance ?? defaults.tolerance, decimalPlaces: given?.decimalPlaces,
      caseSensitive: given?.caseSensitive ?? defaults.caseSensitive,
      allowCurrency: given?.allowCurrency ?? defaults.allowCurrency,
      allowPercent: given?.allowPercent ?? defaults.allowPercent)
  }
}

extension DatasetInfo {
  fileprivate init(_ dataset: DataSet, questions: [Question]) {
    self.init(
      name: dataset.name, title: dataset.title, rows: dataset.rows, structure: dataset.shape.structure.rawValue,
      tabularEligibility: dataset.shape.tabularEligibility, tabularValues: dataset.shape.tabularValues,
      csvSupported: dataset.shape.csvSupported, seed: dataset.seed,
      questionTypes: QuestionType.allCases.compactMap { type in
        let count = questions.count { $0.type == type }
        return count == 0 ? nil : QuestionTypeCount(type: type.rawValue, count: count)
      })
  }
}

extension DatasetQuestion {
  fileprivate init(_ question: Question) {
    var options = ValidateAnswer.Options()
    options.tolerance = question.options.tolerance
    options.decimalPlaces = question.options.decimalPlaces
    options.caseSensitive = question.options.caseSensitive
    options.allowCurrency = question.options.allowCurrency
    options.allowPercent = question.options.allowPercent
    self.init(
      id: question.id, type: question.type.rawValue, question: question.text, expected: question.expected,
      kind: question.kind.rawValue, options: options)
  }
}
