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
  systemLibrary("CSnappy", pkgConfig: nil, apt: "libsnappy-dev", brew: "snappy"),
  systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),
  systemLibrary("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev", brew: "zstd"),
  systemLibrary("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev", brew: "curl"),
]

let data: [[Target]] = [
  module("JSON", ["CJansson"]),
  module("Hashing"),
  module("SeededRandom"),
  module("Contract", ["JSON"], tests: ["JSON"]),
  module("Avro", ["CSnappy", "CZlib", "CZstd", "JSON"], tests: ["JSON", "SeededRandom"]),
  module("EventData", ["Avro", "JSON", "SeededRandom"], tests: ["Avro", "JSON", "SeededRandom"]),
]

let service: [[Target]] = [
  module("JSONRPC", ["JSON"], tests: ["SeededRandom"]),
  module("Client", ["Contract", "JSON", "JSONRPC"], tests: ["Contract", "JSON", "JSONRPC"]),
]

let execution: [[Target]] = [
  module("CSpawn", tests: nil),
  module("TypeStripper"),
  module("Execution", ["CSpawn", "TypeStripper"]),
]

let suites: [[Target]] = [
  module("EventPrograms", path: "Suites/EventPrograms", ["Execution", "JSON"]),
]

let testSupport: [[Target]] = [
  module("TestSupport", tests: nil),
]

let models: [[Target]] = [
  module("HTTP", ["CCurl"], tests: ["TestSupport"]),
  module("Models", ["JSON", "Hashing", "HTTP"], tests: ["TestSupport"]),
]

let results: [[Target]] = [
  module("Statistics", ["SeededRandom"], tests: ["SeededRandom"]),
  module(
    "Results", ["Contract", "JSON", "Hashing", "Statistics", .product(name: "GRDB", package: "GRDB.swift")],
    tests: ["Contract", "JSON", .product(name: "GRDB", package: "GRDB.swift")]),
  module("Reporting", ["Contract", "JSON"], tests: ["Contract", "JSON"]),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let commandLine: [[Target]] = [
  module(
    "Commands", ["Client", "Contract", "JSON", "JSONRPC", argumentParser],
    tests: ["llmbench", "Client", "Contract", "JSON", "JSONRPC", argumentParser]),
  [.executableTarget(name: "llmbench", dependencies: ["Commands", "Contract"])],
]

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let targets = [
  cLibraries, data, service, execution, suites, testSupport, models, results, commandLine,
].flatMap { $0.flatMap { $0 } }
for target in targets where target.type != .system { target.swiftSettings = settings }

let package = Package(
  name: "llmbench",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: targets
)
