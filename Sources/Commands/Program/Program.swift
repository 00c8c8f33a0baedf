import ArgumentParser
import Contract
import JSON

/// The command line from its words to its exit code.
package struct Program: Sendable {
  package let console: Console
  package let environment: [String: String]
  package let factory: ServiceFactory
  package let interruption: Interruption

  package init(
    console: Console, environment: [String: String], factory: ServiceFactory,
    interruption: Interruption = Interruption()
  ) {
    self.console = console
    self.environment = environment
    self.factory = factory
    self.interruption = interruption
  }

  /// Runs one command.
  ///
  /// - Parameter arguments: without the program's name.
  /// - Returns: the exit code.
  package func run(_ arguments: [String]) async -> Int32 {
    let status: ExitStatus
    do {
      try checkCommand(arguments)
      var command = try LLMBench.parseAsRoot(arguments)
      if let command = command as? any ServiceCommand {
        status = await run(command)
      } else {
        try command.run()
        status = .success
      }
    } catch {
      status = report(parsingError: error, arguments.prefix { $0 != "--" })
    }
    if let failure = console.failure {
      console.note("\("error:", .red) Standard output cannot be written: \(failure).")
      return max(status.rawValue, ExitStatus.failure.rawValue)
    }
    return status.rawValue
  }

  /// The parser would name an option that the unknown command was given instead of the command.
  private func checkCommand(_ arguments: [String]) throws {
    guard let name = arguments.first, !name.hasPrefix("-"), name != "help" else { return }
    let groups = LLMBench.configuration.groupedSubcommands
    let known = groups.flatMap { $0.subcommands }.compactMap { $0.configuration.commandName }
    guard !known.contains(name) else { return }
    throw ValidationError("'\(name)' is not a command. There are: \(known.joined(separator: ", ")).")
  }

  private func run(_ command: any ServiceCommand) async -> ExitStatus {
    let context = CommandContext(
      console: console, environment: environment, factory: factory, interruption: interruption,
      options: command.common)
    let task = Task {
      if type(of: command).needsStoredRuns { try context.checkDatabase() }
      return try await command.execute(context)
    }
    interruption.onFirst { task.cancel() }
    do {
      return try await task.value
    } catch {
      return report(error, isJSON: command.common.json)
    }
  }
}

// MARK: - Errors

extension Program {
  private func report(_ error: any Error, isJSON: Bool) -> ExitStatus {
    if let code = error as? ExitCode { return ExitStatus(rawValue: code.rawValue) ?? .failure }
    if let error = error as? ValidationError {
      printError("usage", error.message, [:], isJSON: isJSON)
      return .wrongUsage
    }
    let failure = error as? ServiceError ?? ServiceError(error)
    if failure.kind == .cancelled, interruption.hasCome {
      printError(failure.kind.rawValue, "Interrupted.", failure.details, isJSON: isJSON)
      return .interrupted
    }
    printError(failure.kind.rawValue, failure.message, failure.details, isJSON: isJSON)
    return failure.isWrongUsage ? .wrongUsage : .failure
  }

  /// Help and the version are no failures: the parser throws them all the same.
  private func report(parsingError error: any Error, _ arguments: ArraySlice<String>) -> ExitStatus {
    guard LLMBench.exitCode(for: error) != .success else {
      console.printDocument(LLMBench.fullMessage(for: error))
      return .success
    }
    let advice = Self.adviceOnNegativeNumber(LLMBench.message(for: error), arguments)
    if arguments.contains("--json") {
      printError("usage", LLMBench.message(for: error) + (advice.map { " \($0)" } ?? ""), [:], isJSON: true)
    } else {
      let text = LLMBench.fullMessage(for: error)
      // As all other errors begin.
      let message = text.hasPrefix("Error: ") ? "error: " + text.dropFirst("Error: ".count) : text
      console.writeError(TerminalText.multiLine(message) + "\n" + (advice.map { "\($0)\n" } ?? ""))
    }
    return .wrongUsage
  }

  /// The parser takes a negative number for an option, and says that the option before it has no value.
  private static func adviceOnNegativeNumber(_ message: String, _ arguments: ArraySlice<String>) -> String? {
    guard message.hasPrefix("Missing value") else { return nil }
    let pair = zip(arguments, arguments.dropFirst()).first { option, value in
      option.hasPrefix("--") && value.hasPrefix("-") && Double(value) != nil
    }
    return pair.map { "A value that begins with '-' is written with '=': \($0)=\($1)" }
  }

  private func printError(_ kind: String, _ message: String, _ details: JSONObject, isJSON: Bool) {
    if isJSON {
      var object: JSONObject = ["kind": .string(kind), "message": .string(message)]
      for (key, value) in details where object[key] == nil { object[key] = value }
      console.printJSON(["error": .object(object)])
    }
    console.note("\("error:", .red) \(message)")
  }
}

extension ServiceError {
  /// Whether the words of the command line are at fault, which the engine may know better than the command line.
  fileprivate var isWrongUsage: Bool {
    switch kind {
    case .invalidParams, .invalidOption, .unknownSuite, .unknownModel: true
    default: false
    }
  }

  /// An error of no kind that the contract knows.
  fileprivate init(_ error: any Error) {
    if error is CancellationError {
      self.init(.cancelled, "Cancelled.")
    } else {
      self.init(.requestFailed, "\(error)")
    }
  }
}
