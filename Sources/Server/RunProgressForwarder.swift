import Contract
import Engine
import JSON
import JSONRPC

/// Passes a run's progress and finished samples on to the peer that asked for them.
struct RunProgressForwarder: RunObserver {
  let title: String
  let request: RequestContext

  func runBegan(_ progress: RunProgress) {
    request.progress.begin(
      title: title, message: "\(progress.completed) of \(progress.total)", percentage: percentage(progress),
      data: data(progress))
  }

  func sampleFinished(_ record: SampleRecord, _ progress: RunProgress) {
    request.progress.report(
      message: "\(progress.completed) of \(progress.total)", percentage: percentage(progress), data: data(progress))
    if request.partialResults.isWanted, let value = try? JSONValueEncoder().encode(record) {
      request.partialResults.send(value)
    }
  }

  private func percentage(_ progress: RunProgress) -> Double {
    progress.total == 0 ? 100 : 100 * Double(progress.completed) / Double(progress.total)
  }

  private func data(_ progress: RunProgress) -> JSONObject {
    guard request.progress.isWanted else { return [:] }
    return (try? JSONValueEncoder().encode(progress))?.objectValue ?? [:]
  }
}
