import Files
import Hashing
import JSON

/// A folder of problems of one's own, each in a folder of its name:
///
///     NAME/statement.md     what the model is told; needed
///     NAME/problem.json     {"title", "difficulty", "platform", "date", "function"}, each of which may be missing;
///                           with "function" that function is called, without it standard input is read
///     NAME/starter.py       what an answer begins with
///     NAME/tests/X.in       input of the test X: for a function one argument a line, as JSON; needed
///     NAME/tests/X.out      what the test should give: for a function its result as JSON; needed
///     NAME/right/*.py       answers that must pass
///     NAME/wrong/*.py       answers that must fail
///
/// Tests whose name begins with "sample" are public; these come first, then the others by name.
struct ProblemFolder: Sendable {
  let path: String

  private static let statementFile = "statement.md"
  private static let knownMembers: Set<String> = ["title", "difficulty", "platform", "date", "function", "notes"]
  private static let largestFile = 256 << 20

  /// - Throws: ``DatasetError`` for a problem that cannot be used.
  func entry(warn: (String) -> Void) throws(DatasetError) -> ProblemEntry {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let settings = try settings()
    for key in settings.keys where !Self.knownMembers.contains(key) {
      warn("problem.json has \"\(key)\", which means nothing here")
    }
    var entry = ProblemEntry(
      id: name, title: try text(settings, "title") ?? name,
      kind: try text(settings, "function").map { .function($0) } ?? .standardInput, path: path)
    entry.platform = try text(settings, "platform")
    entry.difficulty = try text(settings, "difficulty")
    if let date = try text(settings, "date") {
      entry.date = ContestDate(date)
      if entry.date == nil { throw error("the date \"\(date)\" in problem.json is none such as 2025-01-31") }
    }
    if try statement().allSatisfy(\.isWhitespace) { throw error("\(Self.statementFile) is empty") }
    if try testNames(warn: warn).isEmpty { throw error("there is no test: put NAME.in and NAME.out into tests/") }
    return entry
  }

  func text() throws(DatasetError) -> ProblemText {
    ProblemText(
      statement: try statement(), starterCode: try optionalFile("starter.py") ?? "", fingerprint: try fingerprint())
  }

  func tests() throws(DatasetError) -> ProblemTests {
    var exchanges: [ProblemTests.Exchange] = []
    for name in try testNames(warn: { _ in }) {
      exchanges.append(
        .init(
          input: try file("tests/\(name).in"), output: try file("tests/\(name).out"),
          isPublic: name.hasPrefix("sample")))
    }
    return .exchanges(exchanges)
  }

  func solutions() throws(DatasetError) -> KnownSolutions {
    func read(_ folder: String) throws(DatasetError) -> [KnownSolutions.Solution] {
      var solutions: [KnownSolutions.Solution] = []
      for name in names(in: folder) where name.hasSuffix(".py") {
        solutions.append(.init(name: "\(folder)/\(name)", code: try file("\(folder)/\(name)")))
      }
      return solutions
    }
    return KnownSolutions(right: try read("right"), wrong: try read("wrong"))
  }

  // MARK: - Files

  private func statement() throws(DatasetError) -> String { try file(Self.statementFile) }

  private func testNames(warn: (String) -> Void) throws(DatasetError) -> [String] {
    let files = names(in: "tests")
    let inputs = Set(files.filter { $0.hasSuffix(".in") }.map { String($0.dropLast(3)) })
    let outputs = Set(files.filter { $0.hasSuffix(".out") }.map { String($0.dropLast(4)) })
    if let lone = inputs.symmetricDifference(outputs).min() {
      let missing = inputs.contains(lone) ? "out" : "in"
      throw error("tests/\(lone).\(missing) is missing")
    }
    for name in files where !name.hasSuffix(".in") && !name.hasSuffix(".out") {
      warn("tests/\(name) is neither an input nor an output")
    }
    func order(_ name: String) -> (Int, String) { (name.hasPrefix("sample") ? 0 : 1, name) }
    return inputs.sorted { order($0) < order($1) }
  }

  /// In order; empty for a folder that is not there.
  private func names(in folder: String) -> [String] {
    ((try? FolderNames.all(in: "\(path)/\(folder)")) ?? nil) ?? []
  }

  private func settings() throws(DatasetError) -> JSONObject {
    guard let text = try optionalFile("problem.json") else { return [:] }
    let value: JSONValue
    do throws(JSONParseError) {
      value = try JSONParser().parse(text)
    } catch {
      throw DatasetError("is no JSON: \(error.message)", path: "\(path)/problem.json", line: error.line)
    }
    guard let object = value.objectValue else { throw error("problem.json is no object") }
    return object
  }

  private func text(_ settings: JSONObject, _ name: String) throws(DatasetError) -> String? {
    guard let value = settings[name], !value.isNull else { return nil }
    guard let text = value.stringValue, !text.isEmpty else { throw error("\"\(name)\" in problem.json is no text") }
    return text
  }

  private func optionalFile(_ name: String) throws(DatasetError) -> String? {
    do throws(DatasetError) {
      return try file(name)
    } catch {
      if error.code == .fileNotFound { return nil }
      throw error
    }
  }

  private func file(_ name: String) throws(DatasetError) -> String { String(decoding: try bytes(name), as: UTF8.self) }

  private func bytes(_ name: String) throws(DatasetError) -> [UInt8] {
    do throws(FileFailure) {
      let file = try FileDescriptor("\(path)/\(name)", .read)
      guard file.size <= Self.largestFile else { throw FileFailure("it is larger than \(Self.largestFile >> 20) MiB") }
      return try file.read(at: 0, count: file.size)
    } catch {
      throw DatasetError(error, path: "\(path)/\(name)")
    }
  }

  private func fingerprint() throws(DatasetError) -> String {
    var hash = SHA256()
    let present = Set(try FolderNames.all(in: path) ?? [])
    var files = ["problem.json", Self.statementFile, "starter.py"].filter { present.contains($0) }
    for name in try testNames(warn: { _ in }) { files += ["tests/\(name).in", "tests/\(name).out"] }
    for name in files {
      let content = try bytes(name)
      hash.update(Array("\(name) \(content.count)\n".utf8))
      hash.update(content)
    }
    return hash.finalizedHex()
  }

  private func error(_ message: String) -> DatasetError { DatasetError(message, path: path) }
}
