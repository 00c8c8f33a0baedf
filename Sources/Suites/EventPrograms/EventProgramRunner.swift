package import Execution
import JSON

/// Runs a snippet that a model wrote over an Avro file of events, in a sandbox.
///
/// The snippet finds the events in `events`, an array of objects with the fields of the file's records, and leaves its
/// answer in `result`. Snippets that declare `result` themselves, return it, export or define a function of the
/// events, or print the answer are understood too.
package struct EventProgramRunner: Sendable {
  private let executor: CodeExecutor
  /// The longest result, in characters of JSON text.
  private let mostCharacters: Int

  package init(executor: CodeExecutor, mostResultCharacters: Int = 1 << 20) {
    self.executor = executor
    mostCharacters = min(max(mostResultCharacters, 2), 1 << 24)
  }

  /// - Parameter language: `.typescript` or `.javascript`.
  /// - Throws: ``ExecutionError`` when the snippet was not run. What goes wrong in it is a result.
  package func run(
    snippet: String, language: ProgramLanguage, eventFile: String, limits: ExecutionLimits = ExecutionLimits()
  ) async throws(ExecutionError) -> EventProgramResult {
    guard language != .python else {
      throw ExecutionError(.unsupportedLanguage, "snippets over events are TypeScript or JavaScript, not Python")
    }
    let prefix = Self.makePrefix()
    let program = SnippetProgram(snippet: snippet, prefix: prefix, mostCharacters: mostCharacters)
    var limits = limits
    // The result shares standard output with what the snippet prints; a character is at most three bytes.
    limits.outputBytes = max(limits.outputBytes, mostCharacters * 3 + 65_536)
    let execution = try await executor.run(
      ExecutionRequest(
        language: language, code: program.source,
        inputs: [
          InputFile(.hostFile(eventFile), at: EventHarness.eventPath),
          InputFile(.bytes(Array(EventHarness.source.utf8)), at: EventHarness.path),
        ],
        limits: limits))
    return EventProgramResult(execution, prefix: prefix)
  }

  /// New in every run, so that a snippet cannot print it by chance. A snippet that looks for it gains nothing: no
  /// expected answer is anywhere near.
  private static func makePrefix() -> String {
    "#" + (0..<2).map { _ in String(UInt64.random(in: 1 << 60 ... .max), radix: 36) }.joined() + "#"
  }
}

extension EventProgramResult {
  private static let parser = JSONParser(maximumDepth: 256)

  /// Reads the report that the harness printed.
  init(_ execution: ExecutionResult, prefix: String) {
    self.init(
      result: nil, failure: nil, message: nil, rows: nil, loadSeconds: nil, computeSeconds: nil, execution: execution)
    let lines = Self.lines(execution.standardOutput, after: Array(prefix.utf8))
    if let first = lines.first, let report = try? Self.parser.parse(first) {
      read(report, resultText: lines.dropFirst().first)
    } else {
      failWithoutReport()
    }
  }

  private mutating func read(_ report: JSONValue, resultText: ArraySlice<UInt8>?) {
    rows = report["rows"]?.intValue
    loadSeconds = report["loadSeconds"]?.doubleValue
    computeSeconds = report["computeSeconds"]?.doubleValue
    message = report["message"]?.stringValue
    failure = report["failure"]?.stringValue.map { Failure(rawValue: $0) ?? .programFailed }
    guard failure == nil else { return }
    guard let resultText else { return failWithoutReport() }
    do throws(JSONParseError) {
      result = try Self.parser.parse(resultText)
    } catch {
      failure = .programFailed
      message = "the result cannot be read: \(error)"
    }
  }

  private mutating func failWithoutReport() {
    switch execution.verdict {
    case .cpuTimeLimit, .wallTimeLimit, .memoryLimit, .outputLimit:
      failure = .limitReached
      message = "the run was stopped: \(execution.verdict.rawValue)"
    case .sandboxFailure:
      failure = .sandboxFailed
      message = Self.text(execution.standardError)
    case .ok, .nonZeroExit, .signaled:
      failure = .programFailed
      let words = Self.text(execution.standardError)
      message = words.isEmpty ? "the program ended without a result" : words
    }
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(2000), as: UTF8.self) }

  /// The rest of each line that starts with the prefix.
  private static func lines(_ output: [UInt8], after prefix: [UInt8]) -> [ArraySlice<UInt8>] {
    output.split(separator: UInt8(ascii: "\n")).filter { $0.starts(with: prefix) }.map { $0.dropFirst(prefix.count) }
  }
}
