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
  _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource]? = nil, tests: [Target.Dependency]? = []
) -> [Target] {
  let target = Target.target(
    name: name, dependencies: dependencies, path: "Sources/\(path ?? name)", exclude: exclude, resources: resources)
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
  module("CNVML", tests: nil),
  module("CSpawn", tests: nil),
  module("CVueFixtures", tests: nil),
  module("CVueWorker", exclude: ["mount", "types", "worker"], tests: nil),
  module(
    "CTokenizerData",
    exclude: ["LICENSE-tiktoken", "README.md", "character-classes", "cl100k_base.merges", "o200k_base.merges"],
    tests: nil),
]

// MARK: Values, formats, arithmetic

let values: [[Target]] = [
  module("JSON", ["CJansson"]),
  module("Hashing"),
  module("Threads", tests: nil),
  module("Files", tests: nil),
  module("SeededRandom"),
  module("Tokenization", ["CTokenizerData"], tests: ["Hashing", "JSON", "SeededRandom"]),
  module("Statistics", ["SeededRandom"], tests: ["JSON", "SeededRandom"]),
  module("Contract", ["JSON"], tests: ["JSON"]),
  module("DataFormats", ["Files", "JSON", .product(name: "Yams", package: "Yams")], tests: ["JSON", "SeededRandom"]),
  module("JSONSchema", ["JSON"], tests: ["JSON"]),
  module("Inflate", ["CZlib"]),
  module(
    "CodeProblems", ["Files", "Hashing", "Inflate", "JSON", "Statistics"], tests: ["JSON", "Statistics"]),
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
  module(
    "Models", ["Files", "Hashing", "HTTP", "JSON", "Tokenization"],
    tests: ["HTTP", "JSON", "TestSupport", "Tokenization"]),
  module(
    "Prices", ["Contract", "Models"], resources: [.embedInCode("prices.json")], tests: ["Contract", "JSON", "Models"]),
  module("GPUMetrics", ["CNVML", "CSpawn"]),
  module("TypeStripper"),
  module(
    "Execution", ["CSpawn", "TypeStripper"],
    resources: [.embedInCode("Testing/driver.py"), .embedInCode("Testing/harness.mjs")]),
  module(
    "CodeGrading", ["CodeProblems", "Contract", "Execution", "JSON"], tests: ["CodeProblems", "Execution", "JSON"]),
  module(
    "ProblemService",
    ["CodeGrading", "CodeProblems", "Contract", "Execution", "Files", "Hashing", "HTTP", "JSON", "Statistics", "Threads"],
    tests: ["Contract", "Execution", "Hashing", "HTTP", "JSON", "TestSupport"]),
  module(
    "VueValidation", ["Contract", "CSpawn", "CVueWorker", "Execution", "JSON"],
    tests: ["Contract", "Execution", "JSON", "TestSupport"]),
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
    "Engine",
    [
      "Benchmark", "Contract", "GPUMetrics", "Hashing", "JSON", "Models", "Prices", "Results", "SeededRandom",
      "Tokenization",
    ],
    tests: [
      "Benchmark", "Contract", "GPUMetrics", "JSON", "Models", "Prices", "Results",
      .product(name: "GRDB", package: "GRDB.swift"),
    ]),
  module(
    "SortingSuite", path: "Suites/Sorting", ["Benchmark", "Contract", "JSON", "Models", "SeededRandom"],
    tests: ["Benchmark", "Contract", "JSON"]),
  module(
    "ContextWindowSuite", path: "Suites/ContextWindow", ["Benchmark", "Contract", "JSON", "Models", "SeededRandom"],
    tests: ["Benchmark", "Contract", "JSON", "Models"]),
  module("EventPrograms", path: "Suites/EventPrograms", ["Execution", "JSON"], tests: ["Execution", "JSON"]),
  module(
    "EventsSuite", path: "Suites/Events",
    ["Benchmark", "Contract", "EventData", "EventPrograms", "Execution", "JSON", "Models", "SeededRandom", "Threads"],
    tests: ["Benchmark", "Contract", "EventData", "Execution", "JSON"]),
  module(
    "CodeProblemsSuite", path: "Suites/CodeProblems",
    ["Benchmark", "CodeGrading", "CodeProblems", "Contract", "Execution", "Files", "JSON", "Models", "Threads"],
    tests: ["Benchmark", "Contract", "Execution", "JSON"]),
  module(
    "VueSuite", path: "Suites/Vue", ["Benchmark", "Contract", "CVueFixtures", "JSON", "Models", "VueValidation"],
    tests: ["Benchmark", "Contract", "Execution", "JSON", "VueValidation"]),
]

// MARK: The service

let service: [[Target]] = [
  module(
    "OpenRPC", ["Contract", "JSON", "JSONRPC", "JSONSchema"], tests: ["Contract", "JSON", "JSONSchema", "TestSupport"]),
  module(
    "Server",
    [
      "AnswerValidation", "Avro", "CodeGrading", "CodeProblems", "Contract", "DataFormats", "Engine", "EventData",
      "Execution", "Files", "FormatData", "GPUMetrics", "JSON", "JSONRPC", "OpenRPC", "ProblemService", "Reporting",
      "Results", "RunArchive", "Threads", "Tokenization",
    ], tests: nil),
  module(
    "Assembly",
    [
      "Benchmark", "CodeProblemsSuite", "ContextWindowSuite", "Contract", "Engine", "EventsSuite", "Execution",
      "GPUMetrics", "HTTP", "JSON", "Models", "Prices", "ProblemService", "Results", "Server", "SortingSuite",
      "VueSuite", "VueValidation",
    ],
    tests: [
      "Contract", "EventData", "JSON", "JSONRPC", "JSONSchema", "OpenRPC", "SeededRandom", "Server", "TestSupport",
    ]),
  module("Client", ["Contract", "JSON", "JSONRPC"], tests: ["Contract", "JSON", "JSONRPC"]),
  module(
    "Dashboard",
    ["Client", "Contract", "CZlib", "Hashing", "JSON", "Reporting", .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HummingbirdCore", package: "hummingbird"),
    ],
    resources: [.embedInCode("Assets/style.css"), .embedInCode("Assets/app.js"), .embedInCode("Assets/icon.svg")],
    tests: ["Assembly", "Client", "Contract", "HTTP", "JSON", "Server", "TestSupport", "Threads"]),
]

// MARK: The command line

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let commandLine: [[Target]] = [
  module(
    "Commands", ["Client", "Contract", "Dashboard", "HTTP", "JSON", "JSONRPC", "Threads", argumentParser],
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
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: targets
)
