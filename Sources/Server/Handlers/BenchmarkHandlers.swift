import Contract
import Engine
import JSON
import JSONRPC

struct BenchmarkHandlers: Sendable {
  let engine: Engine

  func register(in registry: inout MethodRegistry) {
    registry.registerConstant(BenchmarkList.self) {
      BenchmarkList.Result(suites: engine.suiteDescriptors)
    }
    registry.register(BenchmarkPlan.self) { params, _ in try await engine.plan(params) }
    registry.register(BenchmarkRun.self) { params, request in
      try finished(try await engine.run(params.request, observer: RunProgressForwarder(request: request)))
    }
    registry.register(BenchmarkResume.self) { params, request in
      let forwarder = RunProgressForwarder(verb: "Resuming", request: request)
      return try finished(try await engine.resume(params, observer: forwarder))
    }
    registry.register(BenchmarkAttach.self) { params, request in
      try await engine.attach(params, observer: RunProgressForwarder(request: request))
    }
    registry.register(BenchmarkCancel.self) { params, _ in try await engine.cancel(params) }
    registry.register(BenchmarkRescore.self) { params, request in
      try await engine.rescore(params, observer: RescoreForwarder(request: request))
    }
    registry.register(BenchmarkCheck.self) { params, _ in try await engine.check(params) }
  }

  /// A cancelled request ends with an error, as the protocol has it; the error says what can be resumed.
  private func finished(_ summary: RunSummary) throws -> RunSummary {
    guard summary.status == .cancelled else { return summary }
    throw ServiceError(
      .cancelled,
      "The run \(summary.runId) was cancelled; \(summary.completedSamples) of \(summary.plannedSamples) samples are "
        + "stored. Go on with: llmbench resume \(summary.runId)",
      details: [
        "runId": .string(summary.runId), "completedSamples": .integer(Int64(summary.completedSamples)),
        "plannedSamples": .integer(Int64(summary.plannedSamples)),
      ])
  }
}
