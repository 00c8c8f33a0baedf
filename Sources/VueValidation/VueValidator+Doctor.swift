package import Contract

extension VueValidator {
  /// What there is to check components with; starts the compiler to be sure.
  package func checks() async -> [SystemDoctor.Check] {
    let name = "vue components"
    let component =
      "<script setup lang=\"ts\">\nconst count: number = 1\n</script>\n\n<template>{{ count }}</template>\n"
    guard let result = try? await validate(ValidateVue.Params(source: component)) else { return [] }
    guard result.status == .ok, let engine = result.engine, let durations = result.durations else {
      return [
        SystemDoctor.Check(
          name: name, status: .warning,
          detail: "Vue components cannot be checked: \(result.reason ?? result.status.rawValue)", remedy: remedy)
      ]
    }
    let degraded = engine.degraded.isEmpty ? "" : "; without \(engine.degraded.joined(separator: ", "))"
    let seconds = (durations.totalSeconds * 10).rounded() / 10
    return [
      SystemDoctor.Check(
        name: name, status: .ok,
        detail: "TypeScript \(engine.typescript ?? "") on \(engine.runtime ?? "") (\(engine.typescriptPath ?? "")), "
          + "ready in \(seconds) s\(degraded)")
    ]
  }
}
