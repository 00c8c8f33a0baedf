package import Contract
import JSON

/// Where a dataset and its questions come from: one that comes with the program, or a person's own.
package enum DataSetSource {
  /// A dataset that comes with the program, with its questions.
  ///
  /// - Parameters:
  ///   - name: also of the reference benchmark, such as `github`.
  ///   - repositories: a file of real ones for the dataset of that name.
  /// - Throws: ``ServiceError`` of kind `invalidParams` for an unknown name or a size out of range, or of the kinds of
  ///   ``RepositoryFile/read(_:)``.
  package static func builtIn(
    _ name: String, rows: Int? = nil, seed: UInt64? = nil, repositories: String? = nil,
    limits: QuestionLimits = .standard
  ) throws(ServiceError) -> (dataset: DataSet, questions: [Question]) {
    guard let kind = DataSetKind(named: name) else {
      let known = DataSetKind.allCases.map(\.name).joined(separator: ", ")
      throw .invalidParameter(
        "/name", "There is no dataset \"\(name)\": choose one of \(known), or give the path of your own.")
    }
    if let rows, !(kind.leastRows...DataSetKind.mostRows).contains(rows) {
      throw .invalidParameter(
        "/rows", "\(rows) rows are out of range for \(kind.name): \(kind.leastRows) to \(DataSetKind.mostRows).")
    }
    if repositories != nil, kind != .repositories {
      throw .invalidParameter(
        "/repositories", "A file of repositories is for the dataset repositories, not for \(kind.name).")
    }
    let real = try repositories.map { path throws(ServiceError) in try RepositoryFile.read(path) }
    let seed = seed ?? DataSetKind.defaultSeed
    let dataset = kind.make(rows: rows, seed: seed, repositories: real)
    return (dataset, dataset.questions(seed: seed, limits: limits))
  }

  /// A person's own data: any JSON file, with questions from a file or else made from the data.
  ///
  /// - Throws: ``ServiceError`` of kind `fileNotFound`, `fileUnreadable` or `invalidData`.
  package static func own(
    _ path: String, questions questionPath: String? = nil, seed: UInt64? = nil, limits: QuestionLimits = .standard
  ) throws(ServiceError) -> (dataset: DataSet, questions: [Question]) {
    let value = try DataFile.json(path, whatFor: "a dataset")
    guard !value.isPlain else {
      throw DataFile.invalid(path, "holds \(value.kindDescription) alone; a dataset is an object or an array")
    }
    let name = DataFile.stem(path)
    let rows = value.arrayValue?.count ?? value.objectValue?.values.map { $0.arrayValue?.count ?? 0 }.max() ?? 0
    let dataset = DataSet(name: name, title: "Your own: \(name)", value: value, rows: max(rows, 1), seed: nil)
    if let questionPath { return (dataset, try QuestionFile.read(questionPath, dataset: name)) }
    return (dataset, dataset.questions(seed: seed, limits: limits))
  }
}
