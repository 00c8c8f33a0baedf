import Hashing
package import JSON

/// Coding problems of one dataset. Texts and tests are read when they are asked for, so that a set of several gigabytes
/// takes no more memory than its largest problem.
package final class ProblemDataset: Sendable {
  package let path: String
  package let format: DatasetFormat
  /// In the order of ids, as strings, which is that of the official harness.
  package let entries: [ProblemEntry]
  /// What was found while the files were looked through; ``check(_:)`` finds more.
  package let issues: [DatasetIssue]
  /// By the position in ``entries``.
  private let sources: [Source]

  private enum Source: Sendable {
    case record(RecordReader, any RecordFormat.Type)
    case folder(ProblemFolder)
  }

  private init(
    path: String, format: DatasetFormat, found: [(ProblemEntry, Source)], issues: [DatasetIssue]
  ) {
    let sorted = found.sorted { $0.0.id < $1.0.id }
    self.path = path
    self.format = format
    self.issues = issues
    entries = sorted.map(\.0)
    sources = sorted.map(\.1)
  }

  // MARK: - Reading

  /// - Throws: ``DatasetError`` of the problem's file and line.
  package func text(at index: Int) throws(DatasetError) -> ProblemText {
    switch sources[index] {
    case .folder(let folder): return try folder.text()
    case .record(let record, let format):
      let (statement, starter) = try format.statement(record)
      return ProblemText(statement: statement, starterCode: starter, fingerprint: try fingerprint(record))
    }
  }

  /// - Throws: ``DatasetError`` of the problem's file and line.
  package func tests(at index: Int) throws(DatasetError) -> ProblemTests {
    switch sources[index] {
    case .folder(let folder): try folder.tests()
    case .record(let record, let format): try format.tests(record, of: entries[index])
    }
  }

  /// - Throws: ``DatasetError`` of the problem's file and line.
  package func solutions(at index: Int) throws(DatasetError) -> KnownSolutions {
    switch sources[index] {
    case .folder(let folder): try folder.solutions()
    case .record(let record, let format): try format.solutions(record)
    }
  }

  /// The problem's record as the file has it, without its tests; nil for one that has a folder.
  package func record(at index: Int, leavingOut names: Set<String>) throws(DatasetError) -> JSONObject? {
    guard case .record(let reader, _) = sources[index] else { return nil }
    var object = JSONObject()
    let members = reader.record.members.sorted { $0.value.lowerBound < $1.value.lowerBound }
    for (name, _) in members where !names.contains(name) { object[name] = try reader.value(name) }
    return object
  }

  /// Of tests of many megabytes their length has to do: samples are made for plans too.
  private func fingerprint(_ reader: RecordReader) throws(DatasetError) -> String {
    var hash = SHA256()
    for (name, range) in reader.record.members.sorted(by: { $0.key < $1.key }) {
      hash.update(Array("\(name) \(range.count)\n".utf8))
      if range.count <= 1 << 20 { hash.update(try reader.bytes.read(range)) }
    }
    return hash.finalizedHex()
  }

  /// Reads every text and every test, and tells what cannot be read.
  ///
  /// - Parameter progress: told how many problems were read.
  package func check(
    checkCancellation: () throws -> Void = {}, progress: (Int) -> Void = { _ in }
  ) throws -> [DatasetIssue] {
    var found = issues
    for (index, entry) in entries.enumerated() {
      try checkCancellation()
      do throws(DatasetError) {
        _ = try text(at: index)
        let tests = try tests(at: index)
        if let message = problem(of: tests, entry.kind) {
          found.append(DatasetIssue(.error, message, path: entry.path, line: entry.line, problemID: entry.id))
        }
      } catch {
        found.append(DatasetIssue(error.at(entry.path, line: entry.line), problemID: entry.id))
      }
      progress(index + 1)
    }
    return found
  }

  /// A function's tests are JSON, or nothing can pass them.
  private func problem(of tests: ProblemTests, _ kind: ProblemKind) -> String? {
    guard case .exchanges(let list) = tests, case .function = kind else { return nil }
    for (index, test) in list.enumerated() {
      if (try? PythonJSON.parse(test.output)) == nil { return "the output of the test at \(index) is no JSON" }
      for line in test.input.split(separator: "\n", omittingEmptySubsequences: false)
      where (try? PythonJSON.parse(String(line))) == nil {
        return "the input of the test at \(index) has a line that is no JSON"
      }
    }
    return nil
  }
}

// MARK: - Opening

extension ProblemDataset {
  /// The formats of lines, the more particular first.
  private static let recordFormats: [any RecordFormat.Type] = [
    LiveCodeBenchFormat.self, HumanEvalFormat.self, MBPPFormat.self,
  ]

  /// Looks through a dataset: a file of JSON lines, packed by gzip or not, a file with one JSON list, a folder with
  /// LiveCodeBench's files, or a folder of problems.
  ///
  /// - Parameter progress: told how many bytes of how many were looked through.
  /// - Throws: ``DatasetError`` where there is no problem at all; `CancellationError`.
  package static func open(
    _ path: String, checkCancellation: () throws -> Void = {}
  ) throws -> ProblemDataset {
    var builder = Builder(path: path)
    if let names = try FolderNames.all(in: path) {
      let files = names.filter { Release.part(ofFile: $0[...]) != nil }
      if files.isEmpty { return try folder(path, names, checkCancellation: checkCancellation) }
      for name in files.sorted(by: { Release.part(ofFile: $0[...]) ?? 0 < Release.part(ofFile: $1[...]) ?? 0 }) {
        try builder.read("\(path)/\(name)", part: Release.part(ofFile: name[...]), checkCancellation: checkCancellation)
      }
    } else {
      let name = path.split(separator: "/").last ?? ""
      try builder.read(path, part: Release.part(ofFile: name), checkCancellation: checkCancellation)
    }
    return try builder.dataset()
  }

  private static func folder(
    _ path: String, _ names: [String], checkCancellation: () throws -> Void
  ) throws -> ProblemDataset {
    var found: [(ProblemEntry, Source)] = []
    var issues: [DatasetIssue] = []
    for name in names {
      try checkCancellation()
      let place = "\(path)/\(name)"
      guard try FolderNames.all(in: place) != nil else { continue }
      let folder = ProblemFolder(path: place)
      do throws(DatasetError) {
        found.append(
          (
            try folder.entry { issues.append(DatasetIssue(.warning, $0, path: place, problemID: name)) },
            .folder(folder)
          ))
      } catch {
        issues.append(DatasetIssue(error.at(place, line: nil), problemID: name))
      }
    }
    guard !found.isEmpty else {
      throw DatasetError(
        issues.first.map { "holds no problem that can be used: \($0.description)" }
          ?? "holds neither LiveCodeBench's files (test.jsonl…) nor folders with a statement.md", path: path)
    }
    return ProblemDataset(path: path, format: .folder, found: found, issues: issues)
  }

  /// Gathers the problems of one file after the other.
  private struct Builder {
    let path: String
    private var format: (any RecordFormat.Type)?
    private var found: [(ProblemEntry, Source)] = []
    private var places: [String: (path: String, line: Int)] = [:]
    private var issues: [DatasetIssue] = []

    init(path: String) { self.path = path }

    mutating func read(_ path: String, part: Int?, checkCancellation: () throws -> Void) throws {
      var bytes = try DatasetBytes.open(path)
      // One JSON list, as MBPP's sanitized set is: a line for each of its elements.
      if let lines = try JSONListLines.lines(of: bytes, path) { bytes = .memory(lines) }
      let formats = ProblemDataset.recordFormats
      let keeping = formats.reduce(into: Set<String>()) { $0.formUnion($1.indexedMembers) }
      var index = JSONLineIndex(keeping: keeping)
      let before = found.count
      try index.scan(bytes, checkCancellation: checkCancellation) { finding in
        switch finding {
        case .problem(let line, let message): issues.append(DatasetIssue(.error, message, path: path, line: line))
        case .record(let record): add(RecordReader(bytes: bytes, path: path, record: record), part: part)
        }
      }
      number(from: before, part: part)
    }

    private mutating func add(_ reader: RecordReader, part: Int?) {
      let (path, line) = (reader.path, reader.record.line)
      let names = Set(reader.record.members.keys)
      let format = format ?? ProblemDataset.recordFormats.first { $0.signature.isSubset(of: names) }
      guard let format else {
        let message =
          "these members are of no dataset that is known (LiveCodeBench, HumanEval, MBPP): "
          + names.sorted().prefix(8).joined(separator: ", ")
        issues.append(DatasetIssue(.error, message, path: path, line: line))
        return
      }
      self.format = format
      do throws(DatasetError) {
        var warnings: [String] = []
        var entry = try format.entry(reader) { warnings.append($0) }
        issues += warnings.map { DatasetIssue(.warning, $0, path: path, line: line, problemID: entry.id) }
        if let first = places[entry.id] {
          let place = first.path == path ? "line \(first.line)" : "\(first.path):\(first.line)"
          throw reader.error("the id \"\(entry.id)\" stands in \(place) already")
        }
        places[entry.id] = (path, line)
        entry.part = part
        found.append((entry, .record(reader, format)))
      } catch {
        issues.append(DatasetIssue(error))
      }
    }

    /// A file with all of a release says by the positions which part a problem is of.
    private mutating func number(from start: Int, part: Int?) {
      guard part == nil, format == LiveCodeBenchFormat.self else { return }
      let count = found.count - start
      for index in found.indices[start...] { found[index].0.part = Release.part(atIndex: index - start, of: count) }
    }

    func dataset() throws(DatasetError) -> ProblemDataset {
      guard let format, !found.isEmpty else {
        let first = issues.first { $0.severity == .error }
        throw DatasetError(
          first.map { "holds no problem that can be used: \($0.message)" } ?? "is empty", path: first?.path ?? path,
          line: first?.line)
      }
      return ProblemDataset(path: path, format: format.format, found: found, issues: issues)
    }
  }
}
