import Commands
import Contract
import JSON
import JSONRPC
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct CostGateTests {
  private func program(costs: Double?, answer: String? = nil, isTerminal: Bool = true) -> (TestProgram, FakeService) {
    var model = BenchmarkPlan.ModelPlan(model: "openai/x", samples: 30, promptTokens: 99, maximumCompletionTokens: 10)
    model.maximumCostUSD = costs
    let plan = BenchmarkPlan.Result(suite: "sorting", models: [model])
    let service = FakeService { request in
      request.method == "benchmark.plan" ? try Sample.json(plan) : try Sample.json(Sample.run())
    }
    return (TestProgram(errorIsTerminal: isTerminal, input: { answer }, service), service)
  }

  private func run(_ program: TestProgram, _ options: String...) async -> Int32 {
    await program.program.run(["run", "sorting", "--model", "openai/x"] + options)
  }

  @Test(arguments: [("y", true), ("Yes", true), ("n", false), ("", false), (nil, false)] as [(String?, Bool)])
  func `a cost above the limit is asked about`(answer: String?, begins: Bool) async {
    let (program, service) = program(costs: 2.5, answer: answer)
    let status = await run(program, "--confirm-above", "2")
    #expect((status == 0) == begins)
    #expect(service.requests.contains { $0.method == "benchmark.run" } == begins)
    #expect(program.errors.text.contains("may cost up to $2.50, above the $2.00 of --confirm-above. Begin? [y/N]"))
    #expect(program.errors.text.contains("Not begun") == !begins)
  }

  @Test func `a cost below it is not, nor one that was agreed to, nor one that the budget holds`() async {
    for options in [["--confirm-above", "3"], ["--confirm-above", "2", "--yes"], []] {
      let (program, service) = program(costs: 2.5)
      #expect(await program.program.run(["run", "sorting", "--model", "openai/x"] + options) == 0)
      #expect(service.requests.map(\.method).prefix(2) == ["benchmark.plan", "benchmark.run"])
      #expect(!program.errors.text.contains("Begin?"))
      #expect(program.errors.text.contains("AT MOST COST"))
    }
    let (held, _) = program(costs: 2.5)
    #expect(await run(held, "--confirm-above", "2", "--budget", "1", "--max-tokens", "9") == 0)
  }

  @Test func `without a terminal it is refused, with what to do`() async {
    let (program, service) = program(costs: 2.5, answer: "y", isTerminal: false)
    #expect(await run(program, "--confirm-above", "2") == 1)
    #expect(program.errors.text.contains("--yes"))
    #expect(service.requests.map(\.method) == ["benchmark.plan"])
    let (cheap, _) = self.program(costs: 1, isTerminal: false)
    #expect(await run(cheap, "--confirm-above", "2") == 0)
    let (silent, untouched) = self.program(costs: 9, isTerminal: false)
    #expect(await run(silent) == 0)
    #expect(!untouched.requests.contains { $0.method == "benchmark.plan" })
  }

  @Test func `a cost that cannot be told is asked about`() async {
    let (program, _) = program(costs: nil, answer: "n")
    #expect(await run(program, "--confirm-above", "2") == 1)
    #expect(program.errors.text.contains("cannot be told"))
  }

  @Test func `a limit that is none is refused`() async {
    let (program, _) = program(costs: 1)
    #expect(await run(program, "--confirm-above", "-1") == 2)
  }
}
