package import Benchmark
package import Contract
import EventData
import EventPrograms
package import Execution
import JSON

/// The model writes a program once; it is executed on files of growing size.
package struct EventsCodegenSuite: Suite {
  private let executor: @Sendable () async throws(ExecutionError) -> CodeExecutor

  /// - Parameter executor: asked for when a run begins, because finding the runtimes takes a while.
  package init(executor: @escaping @Sendable () async throws(ExecutionError) -> CodeExecutor) {
    self.executor = executor
  }

  package let descriptor = SuiteDescriptor(
    name: "events-codegen", version: "1",
    summary: "Has a program written that filters, groups and averages events, and runs it on files of growing size.",
    options: [
      OptionDescriptor(
        "sizes", .integerList, default: [100, 1000, 10_000, 100_000, 1_000_000],
        "Events in the files, at most 10000000."),
      OptionDescriptor("language", .string, default: "typescript", "typescript or javascript."),
      OptionDescriptor("cpuSeconds", .number, default: 30, "CPU time that one execution may take."),
    ] + EventOptions.descriptors,
    dimension: "size", executesCode: true)

  package func plan(options: SuiteOptions) async throws -> any SuitePlan {
    let sizes = try options.integers("sizes", in: 1...10_000_000)
    let name = try options.string("language", oneOf: ["typescript", "javascript"])
    let cpuSeconds = try options.number("cpuSeconds", in: 0.1...3600)
    let eventOptions = try EventOptions(options)
    guard eventOptions.users <= 20_000 else { throw options.error("users", "at most 20000 fit a program's result") }
    guard sizes.reduce(0, +) <= 20_000_000 else { throw options.error("sizes", "at most 20000000 events in all") }
    let language: ProgramLanguage = name == "typescript" ? .typescript : .javascript
    return EventsCodegenPlan(
      sizes: sizes, language: language, cpuSeconds: cpuSeconds, options: eventOptions,
      runner: EventProgramRunner(executor: try await availableExecutor(language)))
  }

  /// Better before a model is paid than after.
  private func availableExecutor(_ language: ProgramLanguage) async throws(ServiceError) -> CodeExecutor {
    do throws(ExecutionError) {
      let executor = try await executor()
      try executor.requireRuntime(for: language)
      return executor
    } catch {
      throw ServiceError(error.code == .runtimeMissing ? .runtimeMissing : .sandboxUnavailable, error.message)
    }
  }
}
