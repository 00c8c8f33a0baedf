package import Contract

/// What a run would send.
package enum PlanView {
  package static func lines(_ plan: BenchmarkPlan.Result) -> [StyledText] {
    var table = Table([
      .left("MODEL"), .right("SAMPLES"), .right("TOKENS IN"), .right("AT MOST OUT"), .right("AT MOST COST"),
    ])
    for model in plan.models {
      table.add([
        StyledText(model.model), StyledText(NumberText.count(model.samples)),
        StyledText("~" + NumberText.count(model.promptTokens)),
        StyledText(NumberText.count(model.maximumCompletionTokens)),
        StyledText(NumberText.dollars(model.maximumCostUSD)),
      ])
    }
    return table.lines()
  }
}
