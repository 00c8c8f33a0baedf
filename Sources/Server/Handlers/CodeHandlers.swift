import Contract
import Execution
import JSONRPC

struct CodeHandlers: Sendable {
  let executor: @Sendable () async throws(ExecutionError) -> CodeExecutor

  func register(in registry: inout MethodRegistry) {
    registry.register(CodeExecute.self) { params, _ in try await execute(params) }
  }

  private func execute(_ params: CodeExecute.Params) async throws -> CodeExecute.Result {
    guard let language = ProgramLanguage(rawValue: params.language) else {
      throw ServiceError.invalidParameter(
        "/language", "There is no language \"\(params.language)\": choose python, javascript or typescript.")
    }
    let request = ExecutionRequest(
      language: language, code: params.code, standardInput: Array((params.stdin ?? "").utf8),
      arguments: params.arguments ?? [], limits: try limits(params.limits))
    let result = try await executor().run(request)
    return CodeExecute.Result(
      verdict: result.verdict.rawValue, exitCode: result.exitCode, signal: result.signal,
      standardOutput: String(decoding: result.standardOutput, as: UTF8.self),
      standardError: String(decoding: result.standardError, as: UTF8.self), cpuSeconds: result.cpuSeconds,
      wallSeconds: result.wallSeconds, peakMemoryBytes: result.peakMemoryBytes, runtime: result.runtime)
  }

  private func limits(_ given: CodeExecute.Limits?) throws -> ExecutionLimits {
    let defaults = ExecutionLimits()
    for (name, value) in [("cpuSeconds", given?.cpuSeconds), ("wallSeconds", given?.wallSeconds)] {
      if let value, !(value > 0) {
        throw ServiceError.invalidParameter("/limits/\(name)", "A time limit is above 0 seconds.")
      }
    }
    return ExecutionLimits(
      cpuSeconds: given?.cpuSeconds ?? defaults.cpuSeconds, wallSeconds: given?.wallSeconds ?? defaults.wallSeconds,
      memoryBytes: given?.memoryBytes ?? defaults.memoryBytes, outputBytes: given?.outputBytes ?? defaults.outputBytes,
      processes: given?.processes ?? defaults.processes)
  }
}
