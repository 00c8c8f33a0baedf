package import ArgumentParser
import Client
import Contract

package struct RunCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a suite on one or more models and store every answer.",
    usage: "llmbench run <suite> --model <ref> ... [<options>]",
    discussion: """
      Each answer is stored when it comes, so a run that is stopped can be finished with 'llmbench resume'. Ctrl-C \
      once stops cleanly, twice at once. A detached run belongs to a server: 'llmbench attach' watches it, \
      'llmbench cancel' stops it.

      EXAMPLES
        llmbench run events-context --model local/smollm2 --sizes 10,100
        llmbench run events-codegen --model openai/gpt-5.1 --budget-seconds 600
        llmbench run sorting --model openai/gpt-5-mini --max-tokens 2000 --budget 2 --confirm-above 0.5
        llmbench run events-context --model ollama/qwen3:8b --num-ctx 16384 --think off
        llmbench run context-window --model local/smollm2 --lengths 1k,4k,16k,64k
        llmbench run sorting --model local/a local/b --sizes 10,20,30 --samples 10
        llmbench run code-problems --dataset HumanEval.jsonl.gz --model local/smollm2 --sample 20
        llmbench run code-problems --dataset data/livecodebench --model openai/gpt-5.1 --from 2024-08-01 --to 2025-02-01
        llmbench run sorting --model local/smollm2 --sizes 10 --record answers.jsonl
        llmbench run sorting --model replay/answers.jsonl --option 'sizes=[10]'
        llmbench run sorting --model local/smollm2 --fail-under 0.8 --json
        llmbench run sorting --model local/smollm2 --baseline latest --max-drop 0.05 --significant --report a.html
        llmbench run sorting --model local/smollm2 --detached --connect tcp://127.0.0.1:7077
      """)

  @OptionGroup(title: "Run options") package var run: RunOptions
  @Flag(help: "Let the server that --connect names go on with the run, and return at once.")
  package var detached = false

  @Option(
    help: ArgumentHelp(
      "Ask before a run that may cost more.",
      discussion: "Without a terminal such a run is refused, unless --yes is given.", valueName: "usd"))
  package var confirmAbove: Double?

  @Flag(help: "Begin whatever it may cost; --budget still holds.")
  package var yes = false

  @OptionGroup(title: "Checks and report") package var checks: CheckOptions
  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if let confirmAbove, !(confirmAbove >= 0 && confirmAbove.isFinite) {
      throw ValidationError("--confirm-above must be 0 or more.")
    }
    guard detached else { return }
    if common.connect == nil {
      throw ValidationError("--detached needs a server: start one with 'llmbench serve' and name it with --connect.")
    }
    if checks.areGiven {
      throw ValidationError(
        "--fail-under, --baseline and --report look at the run's end: give them to 'llmbench attach', not with --detached."
      )
    }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let request = try run.request(path: context.enginePath)
    let costs = CostGate(context, limit: confirmAbove, isAgreed: yes)
    if detached { return try await start(request, costs, context) }
    try checks.checkReport()
    return try await context.withClient { client in
      guard try await isAgreed(request, costs, client) else { return .failure }
      // The baseline first: a wrong one must not cost a run.
      let gate = try await checks.gate(context, client, suite: request.suite, models: request.models)
      let ending = try await RunFollower(context, title: request.suite)
        .follow(BenchmarkRun.self, TrackedRunRequest(request), client)
      return try await RunConclusion(context, gate: gate, report: checks.report).conclude(ending, client)
    }
  }

  private func isAgreed(_ request: RunRequest, _ costs: CostGate, _ client: ServiceClient) async throws -> Bool {
    guard costs.wantsPlan else { return true }
    var plan = request
    plan.record = nil
    return try await costs.lets(try await client.call(BenchmarkPlan.self, plan), budget: request.budget?.usd)
  }

  private func start(_ request: RunRequest, _ costs: CostGate, _ context: CommandContext) async throws -> ExitStatus {
    var request = request
    request.detached = true
    let tracked = TrackedRunRequest(request)
    let run = try await context.withClient { client -> RunSummary? in
      guard try await isAgreed(request, costs, client) else { return nil }
      return try await client.call(BenchmarkRun.self, tracked)
    }
    guard let run else { return .failure }
    try context.render(run) { run in
      ["\("Run \(run.runId)", .bold) has begun: \(run.suite), \(NumberText.count(run.plannedSamples)) samples."]
    }
    context.hint("Watch it with: \(context.attachCommand(run.runId))")
    context.hint("Stop it with: llmbench cancel \(ShellText.quoted(run.runId))\(context.locationOptions)")
    return .success
  }
}
