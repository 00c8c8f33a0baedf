/// Why a worker gave no answer.
enum WorkerFailure: Error, Equatable {
  /// It could not be started, or there is nothing to start.
  case unavailable(String)
  /// The request went over its limit of time or memory.
  case limit(String)
  /// It ended; the text is the end of what it wrote to standard error.
  case crashed(String)
  case cancelled
}
