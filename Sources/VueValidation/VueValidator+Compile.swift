import Contract
import JSON

extension VueValidator {
  /// The component and its files as JavaScript modules, with the names that need no import.
  ///
  /// - Throws: ``BehaviourUnavailable``; ``ServiceError``; `CancellationError`.
  func compile(_ params: ValidateVue.Params) async throws -> JSONObject {
    let request = try ValidationRequest(params)
    guard case .success(let component) = request.component else {
      throw BehaviourUnavailable.failed("there is no component")
    }
    let answer = try await exchange(request.line(component, operation: "compile"), request)
    guard let message = try? JSONParser(maximumDepth: 64).parse(answer.line),
      let result = message["result"]?.objectValue
    else {
      throw BehaviourUnavailable.failed("the component could not be turned into JavaScript")
    }
    return result
  }

  private func exchange(_ line: [UInt8], _ request: ValidationRequest) async throws -> WorkerJob.Answer {
    guard let pool = pool(request.root) else { throw BehaviourUnavailable.missing(remedy) }
    do throws(WorkerFailure) {
      return try await pool.answer(line, cpuSeconds: request.timeoutSeconds)
    } catch {
      switch error {
      case .cancelled: throw CancellationError()
      case .unavailable(let reason): throw BehaviourUnavailable.missing(reason)
      case .limit(let reason), .crashed(let reason): throw BehaviourUnavailable.failed(reason)
      }
    }
  }
}
