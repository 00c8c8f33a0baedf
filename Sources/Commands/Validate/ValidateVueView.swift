package import Contract

/// What was found about a component.
package enum ValidateVueView {
  package static func lines(_ result: ValidateVue.Result) -> [StyledText] {
    var lines: [StyledText] = [verdict(result)]
    lines += result.diagnostics.map { diagnostic in
      let place = "\(diagnostic.file):\(diagnostic.line):\(diagnostic.column)"
      return
        "\(place, .bold) \(diagnostic.code, .red) \(diagnostic.message) (\(diagnostic.stage.rawValue)\(diagnostic.own ? "" : ", not the component's own"))"
    }
    if result.diagnosticsTruncated { lines.append("… and more") }
    if !result.checks.isEmpty { lines += [""] + checks(result.checks) }
    lines += template(result) + naming(result)
    if !result.stubbedModules.isEmpty {
      lines.append("Taken for granted: \(result.stubbedModules.joined(separator: ", "))")
    }
    if let score = result.score {
      let part = result.checkScore.map { ", checks \(NumberText.fixed($0, 1))" } ?? ""
      lines.append("\("Score \(NumberText.fixed(score, 1)) of 10", .bold)\(part)")
    }
    if let engine = result.engine { lines.append(StyledText(Self.engine(engine))) }
    return lines
  }

  private static func verdict(_ result: ValidateVue.Result) -> StyledText {
    switch result.status {
    case .ok: "\("compiles", .green)"
    case .failed: "\("does not compile", .red)"
    case .unavailable, .timeout, .crashed:
      "\("not checked", .yellow) (\(result.status.rawValue)): \(result.reason ?? "")"
    }
  }

  private static func checks(_ checks: [ValidateVue.Check]) -> [StyledText] {
    var table = Table([.left("CHECK"), .right("WEIGHT"), .left("RESULT")])
    for check in checks {
      let line = check.line.map { " in line \($0)" } ?? ""
      table.add([
        StyledText(check.id), StyledText(NumberText.fixed(check.weight, 1)),
        check.passed ? "\("passed", .green)\(line)" : "\("failed", .red)\(line): \(check.why ?? "")",
      ])
    }
    return table.lines()
  }

  private static func template(_ result: ValidateVue.Result) -> [StyledText] {
    guard let template = result.template else { return [] }
    if template.unchanged { return ["The template is unchanged."] }
    return ["The template is changed:"]
      + template.differences.map { difference in
        "  \(difference.line.map { "line \($0): " } ?? "")\(difference.message)"
      }
  }

  private static func naming(_ result: ValidateVue.Result) -> [StyledText] {
    (result.naming?.violations ?? []).map { violation in
      "line \(violation.line): the \(violation.kind) \(violation.name) is not in \(violation.expected)"
    }
  }

  private static func engine(_ engine: ValidateVue.Engine) -> String {
    let typescript = engine.typescript.map { "TypeScript \($0)" } ?? engine.backend
    let types = engine.vueTypes.map { $0 == "real" ? ", Vue's own types" : ", own declarations of Vue" } ?? ""
    let degraded = engine.degraded.isEmpty ? "" : "; without \(engine.degraded.joined(separator: ", "))"
    return "Checked by \(typescript)\(engine.runtime.map { " on \($0)" } ?? "")\(types)\(degraded)"
  }
}
