import Contract

/// A worker's answer to a check.
struct WorkerReport: Decodable {
  let compiles: Bool
  let diagnostics: [ValidateVue.Diagnostic]
  let truncated: Bool
  let checks: [ValidateVue.Check]
  let unsupported: [String]?
  let template: ValidateVue.Template?
  let naming: ValidateVue.Naming?
  let stubbedModules: [String]?
  let vueTypes: String?
  let isTypeScript: Bool?
  let generatedProblems: [String]?

  func fill(_ result: inout ValidateVue.Result) {
    result.diagnostics = diagnostics
    result.diagnosticsTruncated = truncated
    result.checks = checks
    result.template = template
    result.naming = naming
    result.stubbedModules = stubbedModules ?? []
    result.engine?.vueTypes = vueTypes
    if isTypeScript == false { result.engine?.degraded.append("JavaScript: its types are not checked") }
    if let problem = generatedProblems?.first { result.engine?.degraded.append("a part was not checked: \(problem)") }
    result.checkScore = checks.isEmpty ? nil : Self.points(checks)
    let unchecked = unsupported ?? []
    guard unchecked.isEmpty || !compiles else {
      result.status = .unavailable
      result.reason = "Nothing here checks \(unchecked.joined(separator: " and "))."
      return
    }
    result.status = compiles ? .ok : .failed
    result.compiles = compiles
    result.score = compiles ? result.checkScore ?? 10 : 0
  }

  /// 0…10, exactly 10 when all have passed.
  private static func points(_ checks: [ValidateVue.Check]) -> Double {
    if checks.allSatisfy(\.passed) { return 10 }
    let sum = checks.filter(\.passed).reduce(0) { $0 + $1.weight }
    return min(max((sum * 1e6).rounded() / 1e6, 0), 10)
  }
}
