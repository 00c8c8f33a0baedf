package import ArgumentParser
import Client
import Contract
import JSON

package struct CallCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Call any method of the protocol and print its result as JSON.",
    discussion: """
      The parameters are JSON, '@FILE' for a file that holds it, or '-' for standard input.

      EXAMPLES
        llmbench call benchmark.list
        llmbench call data.process '{"path":"data/events-1m.avro"}' --json
        llmbench call benchmark.run @request.json --connect tcp://127.0.0.1:7077
        echo '{"runId":"latest"}' | llmbench call results.get -
      """)

  @Argument(help: "The method, such as results.query.")
  package var method: String

  @Argument(help: "Its parameters as JSON, @FILE or -.")
  package var params: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let params = try parsedParams()
    try checkDetachment(params)
    let display = context.progressDisplay()
    let result = try await context.withClient { client in
      guard wantsProgress(params) else { return try await client.callRaw(method, params) }
      return try await display.during {
        try await client.callRaw(method, params, onProgress: { display.show($0, title: method) })
      }
    }
    context.console.printJSON(result, indentation: common.json ? nil : 2)
    return .success
  }

  /// The engine in this process would end with it, and the run with the engine.
  private func checkDetachment(_ params: JSONValue?) throws(ServiceError) {
    guard common.connect == nil, method == BenchmarkRun.name, params?["detached"] == true else { return }
    throw ServiceError(
      .unsupported,
      "A detached run needs a server: start one with llmbench serve and name it with --connect.")
  }

  /// Only for methods that know the token, and when the caller did not give one.
  private func wantsProgress(_ params: JSONValue?) -> Bool {
    guard params == nil || params?.objectValue != nil, params?["workDoneToken"] == nil else { return false }
    return MethodTable.all.contains { $0.name == method && Self.reportsProgress($0) }
  }

  private static func reportsProgress<M: Method>(_ method: M.Type) -> Bool { M.Params.self is any ProgressParams.Type }

  private func parsedParams() throws -> JSONValue? {
    guard let params else { return nil }
    let text: String
    if params == "-" {
      text = try LocalFile.read("-")
    } else {
      text = params.hasPrefix("@") ? try LocalFile.read(String(params.dropFirst())) : params
    }
    do {
      return try JSONParser().parse(text)
    } catch {
      throw ValidationError("The parameters are not JSON: \(error)")
    }
  }
}
