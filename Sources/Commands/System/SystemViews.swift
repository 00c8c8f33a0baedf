package import Contract
import JSON

/// The suites with their options.
package enum SuitesView {
  package static func lines(_ suites: [SuiteDescriptor]) -> [StyledText] {
    var lines: [StyledText] = []
    for suite in suites {
      let sandbox = suite.executesCode ? " Runs generated code in the sandbox." : ""
      lines.append("\(suite.name, .bold) (version \(suite.version)): \(suite.summary)\(sandbox)")
      var table = Table([.left("  OPTION"), .left("DEFAULT"), .left("MEANING")])
      for option in suite.options {
        table.add(["  \(option.name)", StyledText(text(option.defaultValue)), StyledText(option.summary)])
      }
      lines += table.lines() + [""]
    }
    return Array(lines.dropLast())
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: NumberText.unknown
    case .string(let text): text
    case .array(let elements): elements.map(text).joined(separator: ",")
    default: value.description
    }
  }
}

/// The providers with the variables that they read.
package enum ProvidersView {
  package static func lines(_ providers: [ModelsList.Provider]) -> [StyledText] {
    var table = Table([.left("PROVIDER"), .left("KEY"), .left("BASE URL"), .left("WHAT IT IS")])
    for provider in providers {
      let url = provider.baseURL ?? NumberText.unknown
      let place = provider.baseURLVariable.map { "\(url) (\($0))" } ?? url
      table.add([StyledText(provider.name, .bold), key(provider), StyledText(place), StyledText(provider.summary)])
    }
    return table.lines()
  }

  private static func key(_ provider: ModelsList.Provider) -> StyledText {
    guard let variable = provider.keyVariable else { return "none needed" }
    guard let isSet = provider.keyIsSet else { return StyledText(variable) }
    return "\(variable) \(isSet ? "is set" : "is not set", isSet ? .green : .yellow)"
  }
}

/// What is installed and what is missing.
package enum DoctorView {
  package static func lines(_ checks: [SystemDoctor.Check]) -> [StyledText] {
    var table = Table([.left("STATUS"), .left("CHECK"), .left("DETAIL")])
    for check in checks {
      table.add([status(check.status), StyledText(check.name), StyledText(check.detail)])
    }
    let remedies = checks.compactMap { check in check.remedy.map { "\(check.name): \($0)" } }
    guard !remedies.isEmpty else { return table.lines() }
    return table.lines() + ["", StyledText("What mends it", .bold)] + remedies.map { StyledText($0) }
  }

  private static func status(_ status: SystemDoctor.Check.Status) -> StyledText {
    switch status {
    case .ok: StyledText("ok", .green)
    case .missing: StyledText("missing", .red)
    case .warning: StyledText("warning", .yellow)
    }
  }
}
