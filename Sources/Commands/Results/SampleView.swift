package import Contract
import JSON

/// Samples of a run: a line each, or each in full.
package enum SampleView {
  package static func lines(_ samples: [SampleRecord]) -> [StyledText] {
    let hasModels = Set(samples.map(\.model)).count > 1
    let hasEpochs = samples.contains { $0.epoch > 1 }
    var columns: [Table.Column] = [.left("SAMPLE")]
    if hasEpochs { columns.append(.right("EPOCH")) }
    if hasModels { columns.append(.left("MODEL")) }
    columns += [
      .left("OUTCOME"), .right("SCORE"), .right("LATENCY"), .right("TOKENS IN"), .right("TOKENS OUT"), .left("REASON"),
    ]
    var table = Table(columns)
    for sample in samples {
      var row: [StyledText] = [StyledText(sample.sampleId)]
      if hasEpochs { row.append(StyledText(String(sample.epoch))) }
      if hasModels { row.append(StyledText(sample.model)) }
      row += [
        outcome(sample.outcome), StyledText(NumberText.score(sample.score)),
        sample.cached ? "cached" : StyledText(NumberText.milliseconds(sample.latencyMilliseconds)),
        StyledText(NumberText.count(sample.promptTokens)), StyledText(NumberText.count(sample.completionTokens)),
        StyledText(sample.reason ?? ""),
      ]
      table.add(row)
    }
    return table.lines()
  }

  /// What a provider told of the call, in a line; nil where that is nothing worth reading.
  private static func telemetry(_ telemetry: CallTelemetry) -> String? {
    func part(_ name: String, _ value: String?) -> String? { value.map { "\(name) \($0)" } }
    let parts = [
      part("cached", telemetry.cachedPromptTokens.map { NumberText.count($0) }),
      part("reasoning", telemetry.reasoningTokens.map { NumberText.count($0) }),
      part("load", telemetry.loadMilliseconds.map { NumberText.milliseconds($0) }),
      part("prompt", telemetry.promptMilliseconds.map { NumberText.milliseconds($0) }),
      part("generation", telemetry.generationMilliseconds.map { NumberText.milliseconds($0) }),
      telemetry.generationTokensPerSecond.map { "\(NumberText.fixed($0, 1)) tokens/s" },
      part("left out", telemetry.omittedParameters?.joined(separator: ", ")),
    ]
    let told = parts.compactMap(\.self)
    return told.isEmpty ? nil : "Told by the provider: \(told.joined(separator: ", "))"
  }

  /// Everything that a person may want to read of one sample.
  package static func full(_ sample: SampleRecord) -> [StyledText] {
    var lines: [StyledText] = [
      "\(sample.sampleId, .bold) (epoch \(sample.epoch), \(sample.model)): \(outcome(sample.outcome)), "
        + "score \(NumberText.score(sample.score))"
    ]
    if let reason = sample.reason { lines.append("Reason: \(reason)\(sample.detail.map { ": \($0)" } ?? "")") }
    lines.append(
      "Latency \(NumberText.milliseconds(sample.latencyMilliseconds)), "
        + "first token \(NumberText.milliseconds(sample.timeToFirstTokenMilliseconds)), "
        + "\(NumberText.count(sample.promptTokens)) tokens in, \(NumberText.count(sample.completionTokens)) out"
        + "\(sample.tokensEstimated ? " (estimated)" : ""), cost \(NumberText.dollars(sample.costUSD)), "
        + "calls \(sample.attempts), stop reason \(sample.stopReason ?? NumberText.unknown)")
    lines += sample.telemetry.flatMap(telemetry).map { [StyledText($0)] } ?? []
    if let gpu = sample.telemetry?.gpu {
      let phrase = GPUView.phrase(
        mean: gpu.meanUtilization, peak: gpu.peakUtilization, memory: gpu.peakMemoryUsedBytes,
        watts: gpu.meanPowerWatts, joules: gpu.energyJoules, tokensPerJoule: gpu.tokensPerJoule)
      lines.append("GPU (\(gpu.source), \(gpu.readings) readings): \(phrase)")
    }
    if sample.cached {
      lines.append(
        "From the cache: no call was made; the one that brought it took "
          + "\(NumberText.milliseconds(sample.originalLatencyMilliseconds)).")
    }
    for earlier in sample.earlierScores {
      lines.append(
        "Scoring \(earlier.revision) said: \(outcome(earlier.outcome)), score \(NumberText.score(earlier.score))"
          + "\(earlier.reason.map { ", \($0)" } ?? "")")
    }
    for part in sample.parts {
      lines.append(
        "Part \(part.name): \(outcome(part.outcome)), score \(NumberText.score(part.score)), "
          + "ran \(NumberText.milliseconds(part.executionMilliseconds))\(part.reason.map { ", \($0)" } ?? "")")
    }
    lines += block("Prompt", sample.prompt)
    lines += sample.reasoning.map { block("Reasoning", $0) } ?? []
    lines += block("Answer", sample.response ?? NumberText.unknown)
    if let extracted = sample.extracted { lines += block("Understood as", text(extracted)) }
    return lines + block("Expected", text(sample.expected)) + [""]
  }

  package static func outcome(_ outcome: Outcome) -> StyledText {
    switch outcome {
    case .passed: StyledText("passed", .green)
    case .failed: StyledText("failed", .red)
    case .partial: StyledText("partial", .yellow)
    case .truncated: StyledText("truncated", .yellow)
    case .modelError: StyledText("malformed", .red)
    case .infrastructureError: StyledText("error", .yellow)
    case .cancelled: StyledText("cancelled", .dim)
    }
  }

  private static func text(_ value: JSONValue) -> String { value.stringValue ?? value.description }

  private static func block(_ title: String, _ text: String) -> [StyledText] {
    let lines = TerminalText.multiLine(text).split(separator: "\n", omittingEmptySubsequences: false)
    return [StyledText("\(title):", .dim)] + lines.map { $0.isEmpty ? "" : "  \($0)" }
  }
}
