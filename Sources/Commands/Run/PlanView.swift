package import Contract

/// What a run would send.
package enum PlanView {
  package static func lines(_ plan: BenchmarkPlan.Result) -> [StyledText] {
    let hasCached = plan.models.contains { $0.cachedSamples > 0 }
    var columns: [Table.Column] = [.left("MODEL"), .right("SAMPLES")]
    if hasCached { columns.append(.right("CACHED")) }
    columns += [
      .right("TOKENS IN"), .right("OUT"), .right("AT MOST OUT"), .right("COST"), .right("AT MOST COST"), .right("TIME"),
    ]
    var table = Table(columns)
    for model in plan.models {
      var row = [StyledText(model.model), StyledText(NumberText.count(model.samples))]
      if hasCached { row.append(StyledText(NumberText.count(model.cachedSamples))) }
      row += [
        about(model.promptTokens, NumberText.count),
        about(model.estimatedCompletionTokens, NumberText.count),
        StyledText(NumberText.count(model.maximumCompletionTokens)),
        about(model.estimatedCostUSD, NumberText.dollars), StyledText(NumberText.dollars(model.maximumCostUSD)),
        about(model.estimatedSeconds, NumberText.seconds),
      ]
      table.add(row)
    }
    if plan.models.count > 1 {
      var row: [StyledText] = ["all", StyledText(NumberText.count(plan.models.reduce(0) { $0 + $1.samples }))]
      if hasCached { row.append(StyledText(NumberText.count(plan.models.reduce(0) { $0 + $1.cachedSamples }))) }
      table.add(
        row + [
          "", "", "",
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
