import Dispatch

/// Work that reads files or computes for long: kept off the threads that all tasks share.
package enum BlockingWork {
  private static let queue = DispatchQueue(label: "llmbench.blocking", attributes: .concurrent)

  /// Runs the work on a thread of its own. The work asks `checkCancellation` from time to time, which throws once the
  /// calling task is cancelled.
  package static func run<Value: Sendable>(
    _ work: @escaping @Sendable (_ checkCancellation: @escaping @Sendable () throws -> Void) throws -> Value
  ) async throws -> Value {
    let flag = CancellationFlag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async {
          continuation.resume(with: Result { try work { if flag.isSet { throw CancellationError() } } })
        }
      }
    } onCancel: {
      flag.set()
    }
  }
}
