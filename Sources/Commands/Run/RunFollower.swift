package import Client
package import Contract
package import JSON
import Synchronization

/// How a run ended for the one who waits for it.
package enum RunEnding: Sendable {
  case finished(RunSummary)
  /// Interrupted. The run as it is stored; nil when nothing of it is known.
  case stopped(RunSummary?)
  /// The watching was interrupted, and the run goes on. The run as it is stored; nil when that cannot be read.
  case left(RunSummary?)
}

/// Starts or watches a run, shows how it goes, and stops it, or the watching, when the user does.
package struct RunFollower: Sendable {
  private let context: CommandContext
  private let title: String
  private let keepsTitle: Bool
  private let isOnlooker: Bool

  /// - Parameters:
  ///   - title: what the run is called while it goes on.
  ///   - keepsTitle: whether it is called so also when the server gives it another title.
  ///   - isOnlooker: whether the run goes on when the user stops.
  package init(_ context: CommandContext, title: String, keepsTitle: Bool = false, isOnlooker: Bool = false) {
    self.context = context
    self.title = title
    self.keepsTitle = keepsTitle
    self.isOnlooker = isOnlooker
  }

  /// - Parameter onSample: asks for each sample as it is stored.
  package func follow<M: Method>(
    _ method: M.Type, _ params: M.Params, _ client: ServiceClient,
    onSample: (@Sendable (JSONValue) -> Void)? = nil
  ) async throws -> RunEnding where M.Result == RunSummary {
    let display = context.progressDisplay()
    let runId = Mutex<String?>(nil)
    do {
      let summary = try await withTaskCancellationHandler {
        try await display.during {
          let onProgress = { @Sendable (event: ProgressEvent) in
            if let id = event.runId { runId.withLock { $0 = id } }
            display.show(event, title: title, keepsTitle: keepsTitle)
          }
          return try await client.call(method, params, onProgress: onProgress, onPartial: onSample)
        }
      } onCancel: {
        display.finish()
        if !isOnlooker {
          context.hint("Stopping: waiting until what has ended is stored. Ctrl-C again ends at once.")
        }
      }
      let isStopped = summary.status == .cancelled && context.interruption.hasCome && !isOnlooker
      return isStopped ? .stopped(summary) : .finished(summary)
    } catch {
      let id = runId.withLock { $0 }
      if (error as? ServiceError)?.kind == .cancelled, context.interruption.hasCome {
        let run = await stored(id, client)
        return isOnlooker ? .left(run) : .stopped(run)
      }
      if let id, !isOnlooker { context.hint("What ended is stored. Go on with: \(context.resumeCommand(id))") }
      throw error
    }
  }

  /// The run as it is stored. Asked from a task of its own, because this one is cancelled.
  private func stored(_ id: String?, _ client: ServiceClient) async -> RunSummary? {
    guard let id else { return nil }
    return await Task { try? await client.call(ResultsGet.self, .init(runId: id)) }.value
  }
}

extension CommandContext {
  /// What to type to go on with a run.
  package func resumeCommand(_ runId: String) -> String {
    "llmbench resume \(ShellText.quoted(runId))\(locationOptions)"
  }

  /// What to type to watch a run.
  package func attachCommand(_ runId: String) -> String {
    "llmbench attach \(ShellText.quoted(runId))\(locationOptions)"
  }
}
