package import Benchmark
import CodeGrading
import CodeProblems
package import Contract
package import Execution
import JSON
import Threads

/// Coding problems of a dataset: the model writes a program, its tests judge it.
package struct CodeProblemsSuite: Suite {
  private let executor: @Sendable () async throws(ExecutionError) -> CodeExecutor

  /// - Parameter executor: asked for when a run begins, because finding the runtimes takes a while.
  package init(executor: @escaping @Sendable () async throws(ExecutionError) -> CodeExecutor) {
    self.executor = executor
  }

  package let descriptor = SuiteDescriptor(
    name: "code-problems", version: "1",
    summary: "Has programs written for the problems of a dataset (LiveCodeBench, HumanEval, MBPP, one's own) and tests "
      + "them in the sandbox.",
    options: [
      OptionDescriptor(
        "dataset", .string, default: "", "The dataset's file or folder: LiveCodeBench, HumanEval, MBPP, or one's own."),
      OptionDescriptor(
        "mode", .string, default: "strict", "Whose verdicts count: strict, or official as LiveCodeBench's own grader."),
      OptionDescriptor(
        "extraction", .string, default: "default", "How the program is found in an answer: default or official."),
      OptionDescriptor(
        "release", .string, default: "", "LiveCodeBench's release: v6 is all up to it, v4_v5 two parts, part3 one."),
      OptionDescriptor("from", .string, default: "", "The first day of the contests, such as 2024-08-01."),
      OptionDescriptor("to", .string, default: "", "The last day of the contests."),
      OptionDescriptor(
        "dateRule", .string, default: "official",
        "Whether contests after midnight of the last day are in: official (no) or inclusive."),
      OptionDescriptor("platforms", .stringList, default: [], "Platforms, such as leetcode; none for all."),
      OptionDescriptor("difficulties", .stringList, default: [], "Difficulties, such as hard; none for all."),
      OptionDescriptor(
        "includeErrata", .boolean, default: false, "Whether problems whose tests are known to be wrong are in."),
      OptionDescriptor(
        "prompt", .string, default: "",
        "A file with a prompt of one's own, in which {{statement}}, {{starter}}, {{function}}, {{title}} are replaced."),
      OptionDescriptor(
        "seed", .integer, default: 0,
        "Changes nothing: the problems are not made by chance. A choice among them has its seed in sample.seed."),
      OptionDescriptor("cpuSeconds", .number, default: 6, "Processor time that one test may take."),
      OptionDescriptor("memoryMegabytes", .integer, default: 1024, "Memory that one test may take, in MiB."),
      OptionDescriptor(
        "allTests", .boolean, default: true, "Whether tests after the first that fails are run, in the strict mode."),
      OptionDescriptor(
        "gateProblems", .integer, default: 3,
        "Problems of the dataset whose own solutions prove the grader before a model is asked."),
    ],
    dimension: "difficulty", executesCode: true)

  package func plan(options: SuiteOptions) async throws -> any SuitePlan {
    let choice = try PlanChoice(options)
    let dataset: ProblemDataset
    let chosen: ProblemSelection.Outcome
    do {
      dataset = try await BlockingWork.run { try ProblemDataset.open(choice.path, checkCancellation: $0) }
      chosen = try choice.selection.choose(from: dataset)
    } catch let error as DatasetError {
      throw ServiceError(error)
    }
    let executor = try await availableExecutor()
    return CodeProblemsPlan(dataset: dataset, chosen: chosen, choice: choice, executor: executor)
  }

  /// Better before a model is paid than after.
  private func availableExecutor() async throws(ServiceError) -> CodeExecutor {
    do throws(ExecutionError) {
      let executor = try await executor()
      try executor.requireRuntime(for: .python)
      return executor
    } catch {
      throw ServiceError(error.code == .runtimeMissing ? .runtimeMissing : .sandboxUnavailable, error.message)
    }
  }
}
