// swift-tools-version: 6.2
import PackageDescription

// One section a layer, lowest first. A target imports only what stands above it in this file:
// docs/Modules.md says in one sentence what each is for.

/// A C library behind a module map.
func systemLibrary(_ name: String, pkgConfig: String?, apt: String, brew: String) -> [Target] {
  [
    .systemLibrary(
      name: name, path: "Sources/\(name)", pkgConfig: pkgConfig,
      providers: [.apt([apt]), .brew([brew])])
  ]
}

/// A library target and its test target, which may import more than the target itself.
func module(
  _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [],
  tests: [Target.Dependency]? = []
) -> [Target] {
  let target = Target.target(name: name, dependencies: dependencies, path: "Sources/\(path ?? name)")
  guard let tests else { return [target] }
  let testTarget = Target.testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + tests, path: "Tests/\(name)Tests")
  return [target, testTarget]
}

let cLibraries: [[Target]] = [
  systemLibrary("CJansson", pkgConfig: "jansson", apt: "libjansson-dev", brew: "jansson"),
]

let data: [[Target]] = [
  module("JSON", ["CJansson"]),
  module("Hashing"),
  module("SeededRandom"),
  module("Contract", ["JSON"], tests: ["JSON"]),
]

let execution: [[Target]] = [
  module("CSpawn", tests: nil),
  module("TypeStripper"),
  module("Execution", ["CSpawn", "TypeStripper"]),
]

let suites: [[Target]] = [
  module("EventPrograms", path: "Suites/EventPrograms", ["Execution", "JSON"], tests: ["Execution", "JSON"]),
]

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let targets = [cLibraries, data, execution, suites].flatMap { $0.flatMap { $0 } }
for target in targets where target.type != .system { target.swiftSettings = settings }

let package = Package(
  name: "llmbench",
  platforms: [.macOS(.v15)],
  dependencies: [],
  targets: targets
)
