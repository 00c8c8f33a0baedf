package import Contract

/// What a model is.
package enum ModelFactsView {
  package static func lines(_ facts: ModelsInspect.Result) -> [StyledText] {
    if let recorded = facts.recordedModel { return ["\(facts.model, .bold): answers of \(recorded)"] }
    var lines: [StyledText] = [StyledText(facts.model, .bold)]
    var table = Table([.left("FACT"), .left("VALUE")])
    let server = [facts.server, facts.serverVersion].compactMap(\.self).joined(separator: " ")
    for (name, value) in [
      ("server", server), ("architecture", facts.architecture ?? NumberText.unknown), ("kind", kind(facts)),
      ("parameters", parameters(facts)), ("quantisation", facts.quantization ?? NumberText.unknown),
      ("context", context(facts)), ("weights", NumberText.bytes(facts.fileBytes)), ("loaded", loaded(facts)),
      ("slots", NumberText.count(facts.slots)),
      ("capabilities", facts.capabilities?.joined(separator: ", ") ?? NumberText.unknown),
      ("digest", facts.digest ?? NumberText.unknown),
    ] {
      table.add([StyledText(name), StyledText(value)])
    }
    lines += table.lines()
    return lines
  }

  private static func kind(_ facts: ModelsInspect.Result) -> String {
    switch facts.isMixtureOfExperts {
    case nil: NumberText.unknown
    case false?: "dense"
    case true?:
      "mixture of experts: \(NumberText.count(facts.expertsUsed)) of \(NumberText.count(facts.experts)) for a token"
    }
  }

  private static func parameters(_ facts: ModelsInspect.Result) -> String {
    guard let all = facts.parameters else { return NumberText.unknown }
    let text = short(all)
    guard facts.isMixtureOfExperts == true else { return text }
    return "\(text), of them active: \(facts.activeParameters.map { "~" + short($0) } ?? NumberText.unknown)"
  }

  /// "30.5 billion".
  private static func short(_ count: Int) -> String {
    switch count {
    case ..<1_000_000: NumberText.count(count)
    case ..<1_000_000_000: "\(NumberText.fixed(Double(count) / 1e6, 1)) million"
    default: "\(NumberText.fixed(Double(count) / 1e9, 2)) billion"
    }
  }

  private static func context(_ facts: ModelsInspect.Result) -> String {
    let trained = facts.contextLength.map { "\(NumberText.count($0)) tokens" } ?? NumberText.unknown
    guard let loaded = facts.loadedContextLength else { return trained }
    return "\(trained), loaded with \(NumberText.count(loaded))"
  }

  private static func loaded(_ facts: ModelsInspect.Result) -> String {
    guard let isLoaded = facts.isLoaded else { return NumberText.unknown }
    guard isLoaded, let bytes = facts.gpuMemoryBytes else { return isLoaded ? "yes" : "no" }
    return "yes, \(NumberText.bytes(bytes)) of it in GPU memory"
  }
}
