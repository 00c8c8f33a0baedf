import Contract
import GPUMetrics
import Models

/// One sample's calls: tried again a bounded number of times, with growing, jittered pauses, for failures that can
/// heal, within a deadline for the attempt and one for the sample.
///
/// The sample's deadline counts its attempts and the pauses between them. Waiting for a turn, for the budget or for the
/// network is not its own.
struct RetryingCall {
  private let client: any ModelClient
  private let gate: LaneGate
  private let time: Timekeeper
  private let retries: Int
  private let attemptSeconds: Double
  private let sampleSeconds: Double
  private let budget: CallBudget?
  private let gpu: GPUMeter?
  private(set) var attempts = 0
  /// What the GPUs did during the attempt that brought the answer; nil where that was not measured.
  private(set) var gpuUse: GPUUse?

  /// What became of one attempt.
  private enum Outcome {
    case answer(ModelResponse, GPUUse?)
    case failure(ModelError, LaneState.Blame, seconds: Double)
  }

  /// A provider that limits the rate is asked so many times more often than one that fails: it says no to what it would
  /// do later.
  private static let rateRetryFactor = 10

  /// - Parameter budget: nil for a run without one.
  init(
    client: any ModelClient, request: RunRequest, gate: LaneGate, time: Timekeeper, budget: CallBudget?,
    gpu: GPUMeter? = nil
  ) {
    self.gpu = gpu
    self.client = client
    self.gate = gate
    self.time = time
    self.budget = budget
    retries = request.retries ?? 3
    attemptSeconds = request.attemptTimeoutSeconds ?? 300
    sampleSeconds = request.sampleTimeoutSeconds ?? 900
  }

  /// - Throws: ``Models/ModelError`` of the last attempt; ``BudgetExhausted``, ``LaneClosed``, `CancellationError`, or
  ///   what keeps the budget from being written.
  mutating func complete(_ request: ModelRequest, identity: CallIdentity) async throws -> ModelResponse {
    var left = sampleSeconds
    var failures = 0
    var refusals = 0
    while true {
      attempts += 1
      switch try await attempt(request, identity, seconds: max(0.001, min(attemptSeconds, left))) {
      case .answer(let response, let use):
        gpuUse = use
        return response
      case .failure(_, .network, _):
        // The lane waits until there is a way again, and has an end to it.
        try Task.checkCancellation()
      case .failure(let error, let blame, let seconds):
        let isRefusal = blame == .rate
        if isRefusal { refusals += 1 } else { failures += 1 }
        let isAllowed = isRefusal ? refusals <= retries * Self.rateRetryFactor : failures <= retries
        // The lane waits as long as the provider asks.
        let asked = isRefusal ? nil : error.retryAfterSeconds
        let pause = Self.pause(afterAttempt: isRefusal ? refusals : failures, serverAsksFor: asked)
        left -= seconds
        guard error.isRetryable, isAllowed, pause < left, !Task.isCancelled else { throw error }
        do { try await time.sleep(.seconds(pause)) } catch { throw CancellationError() }
        left -= pause
      }
    }
  }

  private func attempt(
    _ request: ModelRequest, _ identity: CallIdentity, seconds: Double
  ) async throws -> Outcome {
    var started: Duration?
    var blame = LaneState.Blame.call
    var use: GPUUse?
    let send = { () async throws -> ModelResponse in
      let turn = try await gate.turn()
      started = time.now()
      let span = gpu?.beginSpan()
      do throws(ModelError) {
        let timeouts = ModelTimeouts(idle: nil, total: .seconds(seconds))
        let response = try await client.complete(request, call: identity, timeouts: timeouts)
        gate.end(turn, answered: response)
        if let span { use = await gpu?.end(span) }
        return response
      } catch {
        if let span { gpu?.abandon(span) }
        blame = gate.end(turn, failed: error)
        throw error
      }
    }
    do {
      let response: ModelResponse
      if let budget {
        response = try await budget.attempt(request, send)
      } else {
        response = try await send()
      }
      return .answer(response, use)
    } catch let error as ModelError {
      return .failure(error, blame, seconds: started.map { (time.now() - $0).inSeconds } ?? 0)
    }
  }

  /// Seconds: 1, 2, 4… up to 60, of which a random half is taken off, so that clients do not return in step; never
  /// less than the server asked for.
  static func pause(afterAttempt attempt: Int, serverAsksFor asked: Double?) -> Double {
    let base = min(60, Double(1 << min(attempt - 1, 6)))
    return max(base * Double.random(in: 0.5...1), asked ?? 0)
  }
}
