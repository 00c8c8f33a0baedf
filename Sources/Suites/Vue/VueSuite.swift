package import Benchmark
package import Contract
import JSON
package import VueValidation

/// Has components rewritten in TypeScript, type-checks them, and watches what they do.
package struct VueSuite: Suite {
  private let validator: VueValidator
  private let behaviours: BehaviourRunner

  package init(validator: VueValidator, behaviours: BehaviourRunner) {
    self.validator = validator
    self.behaviours = behaviours
  }

  package let descriptor = SuiteDescriptor(
    name: "vue", version: "1",
    summary: "Has Vue components rewritten in TypeScript; type-checks them, looks at their syntax trees, mounts them.",
    options: [
      OptionDescriptor(
        "fixture", .stringList, default: .array([]),
        "Tasks, all by default: \(VueFixtures.all.map(\.name).joined(separator: ", "))."),
      OptionDescriptor(
        "seed", .integer, default: 0,
        "Changes nothing: the tasks are not made by chance. A choice among them has its seed in sample.seed."),
      OptionDescriptor(
        "behaviour", .string, default: "auto",
        "Whether components are mounted: on, off, or auto, which is on where Vue, jsdom and the sandbox are here."),
    ],
    dimension: "fixture", executesCode: true)

  package func plan(options: SuiteOptions) async throws -> any SuitePlan {
    let fixtures = try fixtures(options)
    let choice = try options.string("behaviour", oneOf: ["auto", "on", "off"])
    try await requireCompiler()
    let missing = choice == "off" ? nil : await behaviours.missing()
    if choice == "on", let missing {
      throw ServiceError(.runtimeMissing, "Components cannot be mounted here. \(missing)")
    }
    let mounts = choice != "off" && missing == nil
    return VuePlan(fixtures: fixtures, scorer: VueScorer(validator: validator, behaviours: mounts ? behaviours : nil))
  }

  private func fixtures(_ options: SuiteOptions) throws(ServiceError) -> [VueFixture] {
    let names = (options.values["fixture"]?.arrayValue ?? []).compactMap(\.stringValue)
    guard !names.isEmpty else { return VueFixtures.all }
    guard Set(names).count == names.count else { throw options.error("fixture", "a fixture stands twice") }
    var chosen: [VueFixture] = []
    for name in names {
      guard let fixture = VueFixtures.all.first(where: { $0.name == name }) else {
        throw options.error("fixture", "\"\(name)\" is none of \(VueFixtures.all.map(\.name).joined(separator: ", "))")
      }
      chosen.append(fixture)
    }
    return chosen
  }

  /// Better before a model is paid than after.
  private func requireCompiler() async throws {
    let result = try await validator.validate(ValidateVue.Params(source: "<template>x</template>\n"))
    guard result.status == .unavailable else { return }
    throw ServiceError(.runtimeMissing, result.reason ?? "Nothing here checks Vue components.")
  }
}
