package import ArgumentParser
import Client
import Contract
import JSON
import JSONRPC
import Synchronization

package struct GPUWatchCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Read every GPU again and again, until Ctrl-C.",
    discussion: """
      EXAMPLES
        llmbench gpu watch
        llmbench gpu watch --interval 100ms --count 50
        llmbench gpu watch --json-lines > gpu.jsonl
        llmbench gpu watch --count 10 --json
      """)

  @Option(
    help: ArgumentHelp("Time between two readings, such as 500ms or 2s. Default 500ms.", valueName: "time"),
    transform: TimeSpan.parse)
  package var interval: TimeSpan?

  @Option(help: ArgumentHelp("End after so many readings.", valueName: "n"))
  package var count: Int?

  @Flag(help: "One JSON object a reading, each on a line of its own.")
  package var jsonLines = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if let count, count < 1 { throw ValidationError("--count must be 1 or more.") }
    if let interval, !(0.02...3600).contains(interval.seconds) {
      throw ValidationError("--interval is 20ms to 1h.")
    }
    if common.json, jsonLines { throw ValidationError("Give --json or --json-lines, not both.") }
    if common.json, count == nil {
      throw ValidationError("--json prints one value at the end: give --count, or --json-lines for one a reading.")
    }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let params = GPUWatch.Params(intervalMilliseconds: interval.map { $0.seconds * 1000 }, count: count)
    let kept = Mutex<[JSONValue]>([])
    let heads = Mutex(false)
    let (console, isJSON, isLines) = (context.console, common.json, jsonLines)
    let stop = Mutex<(@Sendable () -> Void)?>(nil)
    let watching = Task {
      try await context.withClient { client in
        try await client.call(
          GPUWatch.self, params,
          onPartial: { value in
            if isJSON { return kept.withLock { $0.append(value) } }
            // Who reads has had enough, as "head" has.
            if console.outputIsClosed { stop.withLock { $0 }?() }
            if isLines { return console.printJSONLines([value]) }
            guard let readings = try? JSONValueDecoder().decode(GPUReadings.self, from: value) else { return }
            let isFirst = heads.withLock { isPrinted in
              defer { isPrinted = true }
              return !isPrinted
            }
            console.print(GPUView.rows(readings, withHead: isFirst))
          })
      }
    }
    stop.withLock { $0 = { watching.cancel() } }
    let result: GPUWatch.Result
    do {
      result = try await withTaskCancellationHandler {
        try await watching.value
      } onCancel: {
        watching.cancel()
      }
    } catch let error as ServiceError where error.kind == .cancelled && console.outputIsClosed {
      return .success
    }
    if isJSON { console.printJSON(["readings": .array(kept.withLock { $0 })]) }
    if result.last?.source == "none", let problem = result.last?.problem, isLines { context.hint("none: \(problem)") }
    return .success
  }
}
