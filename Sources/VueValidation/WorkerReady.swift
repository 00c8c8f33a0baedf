import JSON

/// What a worker says of itself when it is ready.
package struct WorkerReady: Sendable, Equatable {
  package let typescript: String
  package let runtime: String
  /// What this compiler cannot do that newer ones can.
  package let degraded: [String]
  package let source: TypeScriptSource

  init?(_ message: JSONValue, source: TypeScriptSource) {
    guard message["event"]?.stringValue == "ready", message["protocol"]?.intValue == 1,
      let typescript = message["typescript"]?.stringValue, let runtime = message["runtime"]?.stringValue
    else { return nil }
    self.typescript = typescript
    self.runtime = runtime
    degraded = (message["degraded"]?.arrayValue ?? []).compactMap(\.stringValue)
    self.source = source
  }
}
