package import Contract

/// What a run would send.
package enum PlanView {
  package static func lines(_ plan: BenchmarkPlan.Result) -> [StyledText] {
    var table = Table([
      .left("MODEL"), .right("SAMPLES"), .right("TOKENS IN"), .right("OUT"), .right("AT MOST OUT"), .right("COST"),
      .right("AT MOST COST"), .right("TIME"),
    ])
    for model in plan.models {
      table.add([
        StyledText(model.model), StyledText(NumberText.count(model.samples)),
        StyledText("~" + NumberText.count(model.promptTokens)),
        about(model.estimatedCompletionTokens, NumberText.count),
        StyledText(NumberText.count(model.maximumCompletionTokens)),
        about(model.estimatedCostUSD, NumberText.dollars), StyledText(NumberText.dollars(model.maximumCostUSD)),
        about(model.estimatedSeconds, NumberText.seconds),
      ])
    }
    if plan.models.count > 1 {
      table.add([
        "all", StyledText(NumberText.count(plan.models.reduce(0) { $0 + $1.samples })), "", "", "",
        about(plan.estimatedCostUSD, NumberText.dollars), StyledText(NumberText.dollars(plan.maximumCostUSD)),
        about(plan.estimatedSeconds, NumberText.seconds),
      ])
    }
    return table.lines()
  }

  /// An estimate; what costs nothing is certain.
  private static func about<Value: Numeric>(_ value: Value?, _ text: (Value?) -> String) -> StyledText {
    StyledText((value.map { $0 == .zero } ?? true ? "" : "~") + text(value))
  }
}
