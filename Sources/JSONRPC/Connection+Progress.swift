import JSON

extension Connection {
  /// Opens a progress that belongs to no request, as of a run that another client started.
  ///
  /// - Parameter onCancel: called once when the peer sends `window/workDoneProgress/cancel`.
  /// - Returns: nil when the peer did not say in `initialize` that it shows such progress.
  /// - Throws: what ``request(_:_:onProgress:onPartialResult:)`` throws when the peer refuses.
  package func openProgress(
    title: String, onCancel: @escaping @Sendable () -> Void = {}
  ) async throws -> ProgressReporter? {
    guard clientCapabilities?["window"]?["workDoneProgress"] == true else { return nil }
    let token = state.withLock { state -> String in
      state.lastProgressNumber += 1
      let token = "server-progress-\(state.lastProgressNumber)"
      state.progressCancellations[token] = onCancel
      return token
    }
    do {
      _ = try await request("window/workDoneProgress/create", ["token": .string(token)])
    } catch {
      state.withLock { _ = $0.progressCancellations.removeValue(forKey: token) }
      throw error
    }
    let reporter = ProgressReporter(
      token: .string(token), defaultTitle: title, interval: options.progressInterval, time: options.timeSource
    ) { [weak self] value, delivery in
      self?.sendOwnProgress(token, value, delivery)
    }
    reporter.begin(title: title)
    return reporter
  }

  private func sendOwnProgress(_ token: String, _ value: JSONValue, _ delivery: Delivery) {
    notify("$/progress", ["token": .string(token), "value": value], delivery: delivery)
    guard value["kind"] == "end" else { return }
    state.withLock { _ = $0.progressCancellations.removeValue(forKey: token) }
  }

  /// Of a token that is unknown, or was cancelled before, nothing is made.
  func receiveProgressCancellation(_ params: JSONValue?) {
    guard let token = params?["token"]?.stringValue else { return }
    state.withLock { $0.progressCancellations.removeValue(forKey: token) }?()
  }
}
