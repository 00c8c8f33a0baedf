package import Contract
package import Execution
import JSON

/// Mounts components in the sandbox and watches what they do.
package struct BehaviourRunner: Sendable {
  private let validator: VueValidator
  private let executor: @Sendable () async throws(ExecutionError) -> CodeExecutor
  private let environment: [String: String]

  package init(
    validator: VueValidator, environment: [String: String],
    executor: @escaping @Sendable () async throws(ExecutionError) -> CodeExecutor
  ) {
    self.validator = validator
    self.environment = environment
    self.executor = executor
  }

  /// What is missing here to mount components; nil when nothing is.
  package func missing(root: String? = nil) async -> String? {
    guard MountTools.find(environment: environment, root: root) != nil else {
      return "Vue or jsdom is missing: \(MountTools.remedy)"
    }
    do throws(ExecutionError) {
      guard try await executor().catalog.runtime(named: .node) != nil else {
        return "Node is missing: apt-get install nodejs"
      }
      return nil
    } catch {
      return error.message
    }
  }

  /// Runs the cases on a component that compiles.
  ///
  /// - Throws: ``BehaviourUnavailable``; `CancellationError`. A component that does something else, hangs or breaks is a result.
  package func run(_ test: BehaviourTest, on params: ValidateVue.Params) async throws -> BehaviourReport {
    guard let tools = MountTools.find(environment: environment, root: params.root) else {
      throw BehaviourUnavailable.missing("Vue or jsdom is missing: \(MountTools.remedy)")
    }
    let modules = try await validator.compile(params)
    let mark = "llmbench-\(UInt64.random(in: 0 ... .max))"
    var job = modules
    job["vue"] = "/input/vue.esm.mjs"
    job["jsdom"] = .string(tools.jsdom)
    job["nodePath"] = .string(tools.modules)
    job["mark"] = .string(mark)
    job["cases"] = .array(test.cases.map(\.job))
    let result = try await mount(job, tools)
    return try report(result, test, mark)
  }

  private func mount(_ job: JSONObject, _ tools: MountTools) async throws -> ExecutionResult {
    do throws(ExecutionError) {
      let found = try await executor()
      guard var node = found.catalog.runtime(named: .node) else {
        throw ExecutionError(.runtimeMissing, "Node is missing: apt-get install nodejs")
      }
      if !tools.modules.hasPrefix("/usr/") { node.paths.append(tools.modules) }
      let executor = CodeExecutor(catalog: RuntimeCatalog(runtimes: [node]), sandbox: found.sandbox)
      let request = ExecutionRequest(
        language: .javascript, code: EmbeddedFile.mount, standardInput: JSONWriter.data(.object(job)),
        inputs: [InputFile(.hostFile(tools.vue), at: "/input/vue.esm.mjs")],
        limits: ExecutionLimits(cpuSeconds: 20, wallSeconds: 60, memoryBytes: 768 << 20, outputBytes: 4 << 20))
      return try await executor.run(request)
    } catch {
      switch error.code {
      case .cancelled: throw CancellationError()
      case .runtimeMissing, .sandboxUnavailable: throw BehaviourUnavailable.missing(error.message)
      default: throw BehaviourUnavailable.failed(error.message)
      }
    }
  }

  // MARK: - What was seen

  private func report(_ result: ExecutionResult, _ test: BehaviourTest, _ mark: String) throws -> BehaviourReport {
    func all(_ why: String) -> BehaviourReport {
      BehaviourReport(verdicts: test.cases.map { .init(name: $0.name, passed: false, why: why) })
    }
    let output = String(decoding: result.standardOutput, as: UTF8.self)
    switch result.verdict {
    case .cpuTimeLimit, .wallTimeLimit: return all("The component did not come to an end.")
    case .memoryLimit: return all("The component used too much memory.")
    case .outputLimit: return all("The component wrote too much.")
    case .sandboxFailure:
      throw BehaviourUnavailable.failed(String(decoding: result.standardError.suffix(500), as: UTF8.self))
    case .ok, .nonZeroExit, .signaled: break
    }
    // The component cannot know the mark, and so cannot write the report in place of the harness.
    guard let range = output.split(separator: "\n").lastIndex(of: Substring(mark)),
      let value = try? JSONParser(maximumDepth: 256).parse(String(output.split(separator: "\n")[range + 1]))
    else { return all("The component ended the program.") }
    if let problem = value["problem"]?.stringValue { throw BehaviourUnavailable.failed(problem) }
    let seen = value["cases"]?.arrayValue ?? []
    return BehaviourReport(
      verdicts: test.cases.enumerated().map { index, expected in
        Self.verdict(expected, index < seen.count ? seen[index] : .null)
      })
  }

  private static func verdict(_ test: BehaviourTest.Case, _ seen: JSONValue) -> BehaviourReport.Verdict {
    let observations = seen["observations"]?.arrayValue ?? []
    for index in test.expected.keys.sorted() {
      guard let wanted = test.expected[index] else { continue }
      guard index < observations.count else { break }
      if observations[index] != wanted {
        let step = index < test.steps.count ? test.steps[index].description : ""
        return .init(
          name: test.name, passed: false,
          why: "step \(index + 1) \(step): expected \(wanted), got \(observations[index])")
      }
    }
    let problem = seen["problem"]?.stringValue ?? seen["errors"]?.arrayValue?.first?.stringValue
    guard observations.count == test.steps.count, problem == nil else {
      let first = (problem ?? "it broke off").split(separator: "\n").first.map(String.init) ?? ""
      return .init(name: test.name, passed: false, why: first)
    }
    return .init(name: test.name, passed: true, why: nil)
  }
}
