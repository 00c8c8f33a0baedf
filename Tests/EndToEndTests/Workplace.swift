import JSON
import TestSupport

/// A user's machine in small: a folder that is home, data and temporary folder at once, and the built program in it.
struct Workplace: Sendable {
  let folder: String
  var environment: [String: String]

  /// Runs a body in a new workplace, of which nothing stays.
  @discardableResult static func with<Value>(_ body: (Workplace) async throws -> Value) async throws -> Value {
    try await withTemporaryFolder { folder in
      try await body(
        Workplace(
          folder: folder,
          environment: [
            "HOME": folder, "XDG_DATA_HOME": folder, "LLMBENCH_DATABASE": "\(folder)/results.sqlite", "TMPDIR": folder,
          ]))
    }
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func start(_ arguments: [String], input: String? = "", readsErrors: Bool = true) throws -> BinaryRunner {
    try BinaryRunner(
      arguments, environment: environment, input: input, folder: folder, readsErrors: readsErrors)
  }

  func run(_ arguments: String...) async throws -> BinaryRunner.Ending { try await run(arguments) }

  func run(_ arguments: [String]) async throws -> BinaryRunner.Ending { try await start(arguments).wait() }

  /// Runs a command with `--json`, which must end with the code and print one JSON value on one line.
  func json(_ arguments: String..., code: Int32 = 0) async throws -> JSONValue {
    try await json(arguments, code: code)
  }

  func json(_ arguments: [String], code: Int32 = 0) async throws -> JSONValue {
    try await run(arguments + ["--json"]).json(code: code)
  }
}

extension BinaryRunner.Ending {
  /// What was printed: one JSON value and nothing else.
  func json(code expected: Int32 = 0) throws -> JSONValue {
    guard code == expected else { throw Unexpected("exit code \(code) instead of \(expected): \(errors)\(output)") }
    guard output.hasSuffix("\n"), !output.dropLast().contains("\n") else {
      throw Unexpected("not one line on standard output: \(output)")
    }
    return try JSONParser().parse(output)
  }

  /// Everything that a person could see.
  var everything: String { output + errors }
}

extension JSONValue {
  /// The model of a run's summary, where there is but one.
  var model: JSONValue? { self["models"]?[0] }
}

/// Something that must not be.
struct Unexpected: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
