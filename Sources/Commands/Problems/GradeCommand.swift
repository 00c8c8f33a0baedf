package import ArgumentParser
import Client
import Contract
import JSON

package struct GradeCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Judge answers to coding problems that exist already; no model is asked.",
    usage: "llmbench grade --dataset <path> --answers <path> [<options>]\nllmbench grade --run <run> [<options>]",
    discussion: """
      The dataset is a file or folder of LiveCodeBench, HumanEval or MBPP, or a folder of your own \
      ('llmbench data check' tells whether it is in order). Answers are JSON lines: \
      {"question_id": …, "code": …} holds a program, {"question_id": …, "response": …} a model's answer in which the \
      program is looked for, {"task_id": …, "completion": …} what goes on where a prompt of HumanEval ends. Several \
      answers to a problem make pass@k. --run takes the answers of a stored run, to see them by month or by a cut-off.

      EXAMPLES
        llmbench grade --dataset lcb.jsonl --answers answers.jsonl
        llmbench grade --dataset lcb.jsonl --answers answers.jsonl --mode official --export eval_all.json
        llmbench grade --dataset lcb.jsonl --answers answers.jsonl --from 2024-08-01 --to 2025-02-01 --difficulty hard
        llmbench grade --run latest --cutoff 2024-10-01
        llmbench grade --dataset HumanEval.jsonl.gz --answers samples.jsonl --fail-under 0.8 --json
      """)

  @Option(help: ArgumentHelp("The problems.", valueName: "path"), completion: .file())
  package var dataset: String?

  @Option(help: ArgumentHelp("The answers, as JSON lines.", valueName: "path"), completion: .file())
  package var answers: String?

  @Option(
    help: ArgumentHelp(
      "A stored run of the suite code-problems whose answers are judged: an id, the start of one, or latest.",
      valueName: "run"))
  package var run: String?

  @Option(help: ArgumentHelp("Of a run of several models: the one that is meant.", valueName: "ref"))
  package var model: String?

  @Option(
    help: ArgumentHelp(
      "strict: what is right counts. official: as LiveCodeBench's own grader judges, faults included.",
      discussion: "Default strict, which says where the official grader would judge otherwise.", valueName: "mode"))
  package var mode: String?

  @Option(
    help: ArgumentHelp(
      "How the program is found in a response: default, or official (between the last two fences).", valueName: "rule"))
  package var extraction: String?

  @OptionGroup(title: "Problems") package var problems: ProblemChoiceOptions

  @Option(help: ArgumentHelp("Compare the score before and from this day on.", valueName: "day"))
  package var cutoff: String?

  @Option(help: ArgumentHelp("Seconds of processor time for a test. Default 6.", valueName: "s"))
  package var cpuSeconds: Double?

  @Option(help: ArgumentHelp("Memory of a test in MiB. Default 1024.", valueName: "n"))
  package var memory: Int?

  @Flag(help: "The verdict on every test, in the JSON.")
  package var tests = false

  @Flag(help: "Stop at the first test of an answer that fails.")
  package var firstFailure = false

  @Option(
    help: ArgumentHelp("Write the answers and verdicts as LiveCodeBench's eval_all.json.", valueName: "path"),
    completion: .file())
  package var export: String?

  @Option(help: ArgumentHelp("Exit with 100 when pass@1 is below, 0…1.", valueName: "x"))
  package var failUnder: Double?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if run == nil, dataset == nil || answers == nil {
      throw ValidationError("Name the problems with --dataset and the answers with --answers, or a run with --run.")
    }
    if run != nil, answers != nil { throw ValidationError("--run takes the run's answers: leave --answers out.") }
    if model != nil, run == nil { throw ValidationError("--model goes with --run.") }
    if let failUnder, !(0...1).contains(failUnder) { throw ValidationError("--fail-under is between 0 and 1.") }
    if let cpuSeconds, !(cpuSeconds > 0 && cpuSeconds.isFinite) {
      throw ValidationError("--cpu-seconds must be more than 0.")
    }
    if let memory, !(16...1 << 20).contains(memory) { throw ValidationError("--memory is 16…1048576 MiB.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let result = try await context.withClient { client in
      let params = try await params(context, client)
      return try await context.callWithProgress(CodeGrade.self, params, client, title: "grade")
    }
    try context.render(result, GradeView.lines)
    if let export { context.hint("Written: \(export)") }
    guard let failUnder else { return .success }
    let score = result.summary.passAtK.first?.value ?? 0
    if score >= failUnder { return .success }
    context.console.note(
      StyledText("pass@1 is \(NumberText.score(score)), below --fail-under \(NumberText.score(failUnder)).", .red))
    return .belowThreshold
  }

  private func params(_ context: CommandContext, _ client: ServiceClient) async throws -> CodeGrade.Params {
    var params: CodeGrade.Params
    if let run {
      let answers = try await RunAnswers(of: run, model: model, client)
      params = CodeGrade.Params(
        dataset: dataset.map(context.enginePath) ?? answers.dataset, answers: .array(answers.list))
    } else {
      params = CodeGrade.Params(
        dataset: context.enginePath(dataset ?? ""), answers: .string(context.enginePath(answers ?? "")))
    }
    params.mode = mode
    params.extraction = extraction
    params.selection = problems.choice
    params.cutoff = cutoff
    if cpuSeconds != nil || memory != nil {
      var limits = CodeExecute.Limits()
      limits.cpuSeconds = cpuSeconds
      limits.memoryBytes = memory.map { $0 << 20 }
      params.limits = limits
    }
    params.tests = tests ? true : nil
    params.allTests = firstFailure ? false : nil
    params.export = export.map(context.enginePath)
    return params
  }
}
