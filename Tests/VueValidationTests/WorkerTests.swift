import Contract
import Testing
import VueValidation

/// Workers of their own, because they are ended.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct WorkerTests {
  private static let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
  private static let bomb = """
    <script setup lang="ts">
    type Step<T extends unknown[]> = T['length'] extends 24 ? T : Step<[...T, 0]> | Step<[...T, 1]>
    const x: Step<[]> = []
    </script>

    <template>{{ x }}</template>

    """
  private static let good = "<script setup lang=\"ts\">\nconst n = 1\n</script>\n\n<template>{{ n }}</template>\n"

  @Test func `a type bomb ends in timeout for that request alone`() async throws {
    let validator = VueValidator(environment: Self.environment)
    defer { validator.close() }
    var params = ValidateVue.Params(source: Self.bomb)
    params.timeoutSeconds = 0.5
    async let bombed = validator.validate(params)
    async let first = validator.validate(ValidateVue.Params(source: Self.good))
    async let second = validator.validate(ValidateVue.Params(source: Self.good))
    #expect(try await (first.status, second.status) == (.ok, .ok))
    let result = try await bombed
    #expect(result.status == .timeout && result.score == nil && result.compiles == nil, "\(result)")
    #expect(try await validator.validate(ValidateVue.Params(source: Self.good)).status == .ok)
  }

  @Test func `ten at once each get their own answer`() async throws {
    let numbers = Array(0..<10)
    let found = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
      for number in numbers {
        group.addTask {
          let source = "<script setup lang=\"ts\">\nconst n = 1\n</script>\n<template>{{ other\(number) }}</template>\n"
          let result = try await sharedValidator.validate(ValidateVue.Params(source: source))
          return (number, result.diagnostics.first?.message)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for number in numbers { #expect(found[number]?.contains("'other\(number)'") == true) }
  }

  @Test func `a worker is replaced after its requests`() async throws {
    var limits = WorkerLimits()
    limits.requests = 3
    let validator = VueValidator(environment: Self.environment, limits: limits)
    defer { validator.close() }
    // The start and the first check count too.
    var cold: [Bool] = []
    for _ in 0..<3 {
      cold.append(try await validator.validate(ValidateVue.Params(source: Self.good)).durations?.cold ?? false)
    }
    #expect(cold == [true, true, true])
  }

  @Test func `without a runtime or a compiler it is unavailable, with what mends it`() async throws {
    let nothing = VueValidator(environment: [
      "PATH": "/nonexistent", "LLMBENCH_NODE": "/no/node", "LLMBENCH_DENO": "/no/deno",
    ])
    let result = try await nothing.validate(ValidateVue.Params(source: Self.good))
    #expect(result.status == .unavailable && result.score == nil && result.compiles == nil)
    #expect(result.reason?.contains("apt-get install nodejs") == true)
  }

  @Test(arguments: ["exit 1", "echo nonsense", "while :; do echo flood; done", "sleep 1000"])
  func `a program that is no runtime is unavailable`(_ script: String) async throws {
    let folder = try TemporaryScript("#!/bin/sh\n\(script)\n")
    var limits = WorkerLimits()
    limits.startSeconds = 1
    let validator = VueValidator(
      environment: ["PATH": "/usr/bin:/bin", "LLMBENCH_NODE": folder.path, "LLMBENCH_DENO": "/no/deno"], limits: limits)
    defer { validator.close() }
    let result = try await validator.validate(ValidateVue.Params(source: Self.good))
    #expect(result.status == .unavailable && result.reason != nil)
  }

  @Test func `cancelling gives the task back`() async throws {
    let validator = VueValidator(environment: Self.environment)
    defer { validator.close() }
    let task = Task { try await validator.validate(ValidateVue.Params(source: Self.bomb)) }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
