package import Contract

extension VueValidator {
  /// What there is to check and to mount components with; starts the compiler to be sure.
  package func checks(mounting behaviours: BehaviourRunner) async -> [SystemDoctor.Check] {
    let missing = await behaviours.missing()
    let mounting = SystemDoctor.Check(
      name: "vue behaviour", status: missing == nil ? .ok : .warning,
      detail: missing ?? "Components can be mounted, with Vue, jsdom and the sandbox.",
      remedy: missing.map { _ in MountTools.remedy })
    return await compilerChecks() + [mounting]
  }

  private func compilerChecks() async -> [SystemDoctor.Check] {
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
