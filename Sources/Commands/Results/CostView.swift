package import Contract

/// Costs for people: the sum, what makes it up, and what will come.
package enum CostView {
  package static func lines(_ costs: ResultsCosts.Result) -> [StyledText] {
    let runs = costs.runs == 1 ? "1 run" : "\(NumberText.count(costs.runs)) runs"
    var lines: [StyledText] = [
      "\(NumberText.dollars(costs.totalUSD), .bold) since \(TimeText.minute(costs.since)), \(runs), "
        + "\(NumberText.dollars(costs.averageUSD)) a run of known price."
    ]
    if let forecast = costs.forecast {
      lines.append("By the end of the month about \(NumberText.dollars(forecast.usd)), if what comes regularly goes on.")
    }
    if !costs.groups.isEmpty { lines += [""] + groups(costs.groups) }
    if let schedules = costs.forecast?.schedules, !schedules.isEmpty {
      lines += ["", StyledText("Runs that come regularly", .bold)] + self.schedules(schedules)
    }
    return lines
  }

  private static func groups(_ groups: [CostGroup]) -> [StyledText] {
    var table = Table([.left("SUITE"), .left("MODEL"), .right("RUNS"), .right("COST"), .right("A RUN")])
    for group in groups {
      table.add([
        StyledText(group.suite), StyledText(group.model), StyledText(NumberText.count(group.runs)),
        StyledText(NumberText.dollars(group.usd)), StyledText(NumberText.dollars(group.averageUSD)),
      ])
    }
    return table.lines()
  }

  private static func schedules(_ schedules: [CostSchedule]) -> [StyledText] {
    var table = Table([
      .left("SUITE"), .left("MODEL"), .right("SAMPLES"), .right("EVERY"), .right("TO COME"), .right("A RUN"),
      .right("TOGETHER"),
    ])
    for schedule in schedules {
      table.add([
        StyledText(schedule.suite), StyledText(schedule.model), StyledText(NumberText.count(schedule.samples)),
        StyledText(NumberText.seconds(schedule.everySeconds)), StyledText(NumberText.count(schedule.runsLeft)),
        StyledText(NumberText.dollars(schedule.averageUSD)), StyledText(NumberText.dollars(schedule.usd)),
      ])
    }
    return table.lines()
  }
}
