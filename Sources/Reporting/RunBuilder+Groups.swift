import Contract
import JSON

extension RunBuilder {
  /// The figures by size, or whatever the suite's dimension is.
  func groups(_ model: ModelSummary) -> [Block] {
    guard let dimension = model.groups.first?.dimension else { return [] }
    let names = Set(model.groups.flatMap(\.metrics.keys)).sorted()
    var table = Document.Table(
      columns: [
        .init(title: dimension.prefix(1).uppercased() + dimension.dropFirst(), isNumeric: isNumeric(model.groups)),
        .init(title: "Score (95 % interval)"), .init(title: "n"), .init(title: "Passed"),
        .init(title: "Truncated"), .init(title: "Score if all those wrong, right"), .init(title: "Errors"), .init(title: "Tokens in"), .init(title: "Tokens out"),
        .init(title: "Latency"), .init(title: "Execution"), .init(title: "Cost"),
      ] + names.map { .init(title: VisibleText.shortened($0, to: 60)) })
    for group in model.groups {
      table.rows.append(
        [
          Self.label(group.value), .text(Figure.percent(group.score, group.low, group.high)),
          "\(Figure.count(group.n))", "\(Figure.count(group.passed))", "\(Figure.count(group.truncated))",
          .text(Self.bounds(group)), "\(Figure.count(group.errors))",
          .text(Figure.mean(group.meanPromptTokens)), .text(Figure.mean(group.meanCompletionTokens)),
          .text(Figure.time(milliseconds: group.meanLatencyMilliseconds)),
          .text(Figure.time(milliseconds: group.meanExecutionMilliseconds)), .text(Figure.dollars(group.costUSD)),
        ] + names.map { .text(Figure.measure(group.metrics[$0])) })
    }
    table.removeColumns { column in
      switch column {
      case 4, 5: model.groups.allSatisfy { $0.truncated == 0 }
      case 10: model.groups.allSatisfy { $0.meanExecutionMilliseconds == nil }
      default: false
      }
    }
    return [section("By \(dimension): ", .code(model.model))] + chart(model, dimension) + [.table(table)] + cliff(model)
  }

  private func chart(_ model: ModelSummary, _ dimension: String) -> [Block] {
    let series = Self.series(model.model, model.groups)
    guard series.points.count > 1 else { return [] }
    return [
      .chart(
        Chart(
          title: "Score of \(model.model) by \(dimension), with 95 % intervals", kind: .lines, series: [series],
          axis: 0...1, reference: nil, format: { Figure.percent($0) }))
    ]
  }

  /// The scores of groups; of numbers each at its own place, of anything else in their order.
  static func series(_ name: String, _ groups: [GroupSummary]) -> Chart.Series {
    let points = groups.enumerated().compactMap { index, group -> Chart.Point? in
      guard let score = group.score else { return nil }
      let label =
        switch label(group.value) {
        case .text(let text), .code(let text): text
        }
      return Chart.Point(
        x: group.value.doubleValue ?? Double(index), label: label, value: score, low: group.low, high: group.high)
    }
    return Chart.Series(name: name, points: points)
  }

  private static func bounds(_ group: GroupSummary) -> String {
    guard let wrong = group.scoreIfUnknownWrong, let right = group.scoreIfUnknownRight else { return Figure.unknown }
    return "\(Figure.percent(wrong)), \(Figure.percent(right))"
  }

  private func isNumeric(_ groups: [GroupSummary]) -> Bool { groups.allSatisfy { $0.value.doubleValue != nil } }

  static func label(_ value: JSONValue) -> Span {
    if let whole = value.intValue { return .text(Figure.count(whole)) }
    if let number = value.doubleValue { return .text(Figure.measure(number)) }
    return .code(VisibleText.shortened(value.stringValue ?? JSONWriter.string(value), to: 60))
  }

  private func cliff(_ model: ModelSummary) -> [Block] {
    guard let fit = model.cliff else { return [] }
    func size(_ size: Double?, _ low: Double?, _ high: Double?) -> String? {
      guard let size else { return nil }
      let interval =
        switch (low, high) {
        case (let low?, let high?): "95 % interval \(Figure.size(low)) to \(Figure.size(high))"
        case (let low?, nil): "95 % interval from \(Figure.size(low)) up"
        case (nil, let high?): "95 % interval up to \(Figure.size(high))"
        case (nil, nil): "no interval"
        }
      return "\(Figure.size(size)) (\(interval))"
    }
    var sentences: [String] = []
    let half = size(fit.sizeAt50, fit.sizeAt50Low, fit.sizeAt50High)
    let most = size(fit.sizeAt95, fit.sizeAt95Low, fit.sizeAt95High)
    if let most { sentences.append("95 % of the samples pass at size \(most).") }
    if let half { sentences.append("Half of the samples pass at size \(half).") }
    if let note = fit.note { sentences.append(note.prefix(1).uppercased() + note.dropFirst() + ".") }
    // Without a size there may have been no fit at all; the note says why.
    if half != nil || most != nil { sentences.append("From a logistic fit to \(Figure.count(fit.n)) results.") }
    guard !sentences.isEmpty else { return [] }
    return [.paragraph(["The cliff of ", .code(model.model), ": \(sentences.joined(separator: " "))"])]
  }
}
