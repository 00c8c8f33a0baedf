import Contract
import Engine
import JSON
import JSONRPC

/// Passes a run's progress and stored samples on to the peer that asked for them.
struct RunProgressForwarder: RunObserver {
  /// What is done with the run, before its name: "Resuming".
  var verb: String?
  let request: RequestContext

  var wantsSamples: Bool { request.partialResults.isWanted }

  func watchBegan(_ run: WatchedRun, _ progress: RunProgress) {
    let name = "\(run.suite) on \(run.models.joined(separator: ", "))"
    request.progress.begin(
      title: verb.map { "\($0) \(name)" } ?? name, message: "\(progress.completed) of \(progress.total)",
      percentage: percentage(progress), data: data(progress))
  }

  func sampleStored(_ record: SampleRecord) async {
    // What could not be encoded could not have been stored.
    guard let value = try? JSONValueEncoder().encode(record) else { return }
    await request.partialResults.send(value)
  }

  func runAdvanced(_ progress: RunProgress) {
    request.progress.report(
      message: "\(progress.completed) of \(progress.total)" + (progress.waiting.map { ", \($0)" } ?? ""),
      percentage: percentage(progress), data: data(progress))
  }

  private func percentage(_ progress: RunProgress) -> Double {
    progress.total == 0 ? 100 : 100 * Double(progress.completed) / Double(progress.total)
  }

  private func data(_ progress: RunProgress) -> JSONObject {
    guard request.progress.isWanted else { return [:] }
    return (try? JSONValueEncoder().encode(progress))?.objectValue ?? [:]
  }
}
