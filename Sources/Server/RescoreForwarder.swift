import Contract
import Engine
import JSON
import JSONRPC

/// Passes on how far the judging of stored answers is, and each flip, to the peer that asked for it.
struct RescoreForwarder: RescoreObserver {
  let request: RequestContext

  func began(_ run: RunSummary, total: Int) {
    request.progress.begin(
      title: "Scoring \(run.suite) \(run.runId) again", message: "0 of \(total)", percentage: 0,
      data: data(RunProgress(runId: run.runId, completed: 0, total: total, passed: 0, errors: 0)))
  }

  func flipped(_ flip: ScoreFlip) async {
    guard request.partialResults.isWanted, let value = try? JSONValueEncoder().encode(flip) else { return }
    await request.partialResults.send(value)
  }

  func advanced(_ progress: RunProgress) {
    request.progress.report(
      message: "\(progress.completed) of \(progress.total)",
      percentage: progress.total == 0 ? 100 : min(100, 100 * Double(progress.completed) / Double(progress.total)),
      data: data(progress))
  }

  private func data(_ progress: RunProgress) -> JSONObject {
    guard request.progress.isWanted else { return [:] }
    return (try? JSONValueEncoder().encode(progress))?.objectValue ?? [:]
  }
}
