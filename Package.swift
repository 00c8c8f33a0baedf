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
  _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
  tests: [Target.Dependency]? = []
) -> [Target] {
  let target = Target.target(
    name: name, dependencies: dependencies, path: "Sources/\(path ?? name)", resources: resources)
  guard let tests else { return [target] }
  let testTarget = Target.testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + tests, path: "Tests/\(name)Tests")
  return [target, testTarget]
}

// MARK: C libraries

let cLibraries: [[Target]] = [
  systemLibrary("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev", brew: "curl"),
  systemLibrary("CJansson", pkgConfig: "jansson", apt: "libjansson-dev", brew: "jansson"),
  systemLibrary("CSnappy", pkgConfig: nil, apt: "libsnappy-dev", brew: "snappy"),
  systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),
  systemLibrary("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev", brew: "zstd"),
  module("CSpawn", tests: nil),
]

// MARK: Values, formats, arithmetic

let values: [[Target]] = [
  module("JSON", ["CJansson"]),
  module("Hashing"),
  module("Threads", tests: nil),
  module("Files", tests: nil),
  module("SeededRandom"),
  module("Statistics", ["SeededRandom"], tests: ["JSON", "SeededRandom"]),
  module("Contract", ["JSON"], tests: ["JSON"]),
  module("JSONSchema", ["JSON"], tests: ["JSON"]),
  module("Avro", ["CSnappy", "CZlib", "CZstd", "JSON"], tests: ["JSON", "SeededRandom"]),
  module("EventData", ["Avro", "Contract", "JSON", "SeededRandom"], tests: ["Avro", "JSON", "SeededRandom"]),
  module("AnswerValidation", ["JSON"], tests: ["JSON", "SeededRandom"]),
  module(
    "FormatData", ["AnswerValidation", "Contract", "Files", "JSON", "SeededRandom"],
    tests: ["AnswerValidation", "Contract", "JSON"]),
]

// MARK: The outside world

let outside: [[Target]] = [
  module("TestSupport", ["CSpawn"], tests: nil),
  module("JSONRPC", ["JSON"], tests: ["JSON", "SeededRandom"]),
  module("HTTP", ["CCurl"], tests: ["TestSupport"]),
  module("Models", ["Files", "Hashing", "HTTP", "JSON"], tests: ["HTTP", "JSON", "TestSupport"]),
  module(
    "Prices", ["Contract", "Models"], resources: [.embedInCode("prices.json")], tests: ["Contract", "JSON", "Models"]),
  module("TypeStripper"),
  module("Execution", ["CSpawn", "TypeStripper"]),
  module(
    "Results", ["Contract", "Hashing", "JSON", "Statistics", .product(name: "GRDB", package: "GRDB.swift")],
    tests: ["Contract", "JSON", .product(name: "GRDB", package: "GRDB.swift")]),
  module("Reporting", ["Contract", "JSON", "Statistics"], tests: ["Contract", "JSON"]),
  module(
    "RunArchive", ["Contract", "Files", "Hashing", "JSON", "Results", "Statistics"],
    tests: ["Contract", "JSON", "Results"]),
]

// MARK: Benchmarks

let benchmarks: [[Target]] = [
  module("Benchmark", ["Contract", "JSON", "Models"], tests: nil),
  module(
    "Engine", ["Benchmark", "Contract", "Hashing", "JSON", "Models", "Prices", "Results", "SeededRandom"],
    tests: [
      "Benchmark", "Contract", "JSON", "Models", "Prices", "Results", .product(name: "GRDB", package: "GRDB.swift"),
    ]),
  module(
    "SortingSuite", path: "Suites/Sorting", ["Benchmark", "Contract", "JSON", "Models", "SeededRandom"],
    tests: ["Benchmark", "Contract", "JSON"]),
  module("EventPrograms", path: "Suites/EventPrograms", ["Execution", "JSON"], tests: ["Execution", "JSON"]),
  module(
    "EventsSuite", path: "Suites/Events",
    ["Benchmark", "Contract", "EventData", "EventPrograms", "Execution", "JSON", "Models", "SeededRandom", "Threads"],
    tests: ["Benchmark", "Contract", "EventData", "Execution", "JSON"]),
]

// MARK: The service

let service: [[Target]] = [
  module(
    "OpenRPC", ["Contract", "JSON", "JSONRPC", "JSONSchema"], tests: ["Contract", "JSON", "JSONSchema", "TestSupport"]),
  module(
    "Server",
    [
      "AnswerValidation", "Avro", "Contract", "Engine", "EventData", "Execution", "FormatData", "JSON", "JSONRPC",
      "OpenRPC", "Reporting", "Results", "RunArchive", "Threads",
    ], tests: nil),
  module(
    "Assembly",
    [
      "Benchmark", "Contract", "Engine", "EventsSuite", "Execution", "HTTP", "JSON", "Models", "Prices", "Results",
      "Server", "SortingSuite",
    ],
    tests: [
      "Contract", "EventData", "JSON", "JSONRPC", "JSONSchema", "OpenRPC", "SeededRandom", "Server", "TestSupport",
    ]),
  module("Client", ["Contract", "JSON", "JSONRPC"], tests: ["Contract", "JSON", "JSONRPC"]),
]

// MARK: The command line

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let commandLine: [[Target]] = [
  module(
    "Commands", ["Client", "Contract", "JSON", "JSONRPC", "Threads", argumentParser],
    tests: ["llmbench", "Client", "Contract", "JSON", "JSONRPC", "TestSupport", argumentParser]),
  [.executableTarget(name: "llmbench", dependencies: ["Assembly", "Commands", "Server"])],
  [
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "llmbench", "Client", "Contract", "JSON", "JSONRPC", "JSONSchema", "OpenRPC", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ])
  ],
]

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let targets = [cLibraries, values, outside, benchmarks, service, commandLine].flatMap { $0.flatMap { $0 } }
for target in targets where target.type != .system { target.swiftSettings = settings }

let package = Package(
  name: "llmbench",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "llmbench", targets: ["llmbench"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: targets
)
