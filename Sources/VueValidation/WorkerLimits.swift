/// What a worker may use.
package struct WorkerLimits: Sendable {
  /// Processor time of one request, in seconds. A busy machine does not change it.
  package var requestCPUSeconds = 10.0
  /// Time on the clock of one request, in seconds: the backstop.
  package var requestWallSeconds = 60.0
  /// Time on the clock until a worker is ready, in seconds.
  package var startSeconds = 60.0
  /// JavaScript's heap, in bytes. A check that needs more ends its worker.
  package var heapBytes = 512 << 20
  /// A worker that has more memory than this after a request, in bytes, is replaced.
  package var residentBytes = 700 << 20
  /// A worker that has answered so many requests is replaced.
  package var requests = 500
  /// The longest answer, in bytes.
  package var answerBytes = 16 << 20
  /// Workers at one time.
  package var workers = 2

  package init() {}
}
