import Files
import JSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Passes calls on to another client and writes each answer to a recording, from which ``ReplayClient`` gives it again.
///
/// Errors that the same request would meet again are recorded as well; passing ones are not. A line is written whole
/// or not at all. A recording that cannot be written loses no answer: the call succeeds, and ``close()`` tells.
package final class RecordingClient: ModelClient {
  private let client: any ModelClient
  private let path: String
  private let state: Mutex<State>

  private struct State {
    /// nil once closed.
    var file: FileDescriptor?
    var failure: ModelError?
  }

  /// Begins a recording, or goes on with one of the same model.
  ///
  /// - Throws: ``ModelError`` of kind `recordingUnusable` where the path cannot be written or holds something else.
  package init(wrapping client: any ModelClient, path: String, programVersion: String) throws(ModelError) {
    self.client = client
    self.path = path
    let file: FileDescriptor
    do throws(FileFailure) {
      file = try FileDescriptor(path, .append)
    } catch {
      throw ModelError(.recordingUnusable, "the recording \(path) cannot be written: \(error.text)")
    }
    state = Mutex(State(file: file))
    if file.size > 0 {
      try Self.resume(file, path, client.reference)
    } else {
      let header = RecordingHeader(
        model: client.reference.description, createdAt: Self.now(), program: "llmbench \(programVersion)")
      do throws(FileFailure) {
        try file.append(JSONWriter.data(header.json) + [0x0A])
      } catch {
        throw ModelError(.recordingUnusable, "the recording \(path) cannot be written: \(error.text)")
      }
    }
  }

  deinit {
    // Who cares for the outcome has called it already.
    try? close()
  }

  package var reference: ModelReference { client.reference }
  package var isLocal: Bool { client.isLocal }
  package var address: String? { client.address }
  package var defaultConcurrency: Int { client.defaultConcurrency }
  package var takesMoreConcurrency: Bool { client.takesMoreConcurrency }

  package func omittedParameters(of request: ModelRequest) -> [String] { client.omittedParameters(of: request) }

  package func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse {
    do throws(ModelError) {
      let response = try await client.complete(request, call: call, timeouts: timeouts)
      record(RecordingEntry(requestHash: request.requestHash, call: call, outcome: .success(response)))
      return response
    } catch {
      if error.isWorthRecording {
        record(RecordingEntry(requestHash: request.requestHash, call: call, outcome: .failure(error)))
      }
      throw error
    }
  }

  /// Writes the recording through to the disk and ends it; later calls are passed on unrecorded. Safe to call twice.
  ///
  /// - Throws: ``ModelError`` of kind `recordingUnusable` where a line could not be written.
  package func close() throws(ModelError) {
    let (file, failure) = state.withLock { state in
      defer { state.file = nil }
      return (state.file, state.failure)
    }
    if let failure { throw failure }
    guard let file else { return }
    do throws(FileFailure) {
      try file.synchronize()
    } catch {
      throw ModelError(.recordingUnusable, "the recording \(path) cannot be written: \(error.text)")
    }
  }

  private func record(_ entry: RecordingEntry) {
    let line = JSONWriter.data(entry.json) + [0x0A]
    state.withLock { state in
      guard let file = state.file else { return }
      do throws(FileFailure) {
        try file.append(line)
      } catch {
        state.failure = ModelError(
          .recordingUnusable, "the recording \(path) is incomplete, as a line could not be written: \(error.text)")
      }
    }
  }

  /// Checks that a file is a recording of this model and drops a line that was never finished.
  private static func resume(_ file: FileDescriptor, _ path: String, _ reference: ModelReference) throws(ModelError) {
    var end = 0
    do {
      var lines = LineScanner(file)
      var header: RecordingHeader?
      while let line = try lines.next() {
        if header == nil { header = try RecordingHeader(JSONParser().parse(line.bytes)) }
        if line.isComplete { end = line.offset + line.bytes.count + 1 }
      }
      guard header?.model == reference.description else {
        throw RecordingFormatError("it is one of \(header?.model ?? "nothing")")
      }
    } catch {
      throw ModelError(
        .recordingUnusable, "\(path) exists and is no recording of \(reference) (\(error)); give another path")
    }
    file.truncate(to: end)
  }

  /// The time as RFC 3339 has it, in UTC.
  private static func now() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ number: Int32, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return digits(parts.tm_year + 1900, 4) + "-" + digits(parts.tm_mon + 1, 2) + "-" + digits(parts.tm_mday, 2) + "T"
      + digits(parts.tm_hour, 2) + ":" + digits(parts.tm_min, 2) + ":" + digits(parts.tm_sec, 2) + "Z"
  }
}
