package import JSON
import Synchronization

/// Sends parts of a result as `$/progress` under the `partialResultToken` of a request, none of which is left out.
///
/// A peer that reads slowly is waited for, so that what it does not read does not pile up here.
package final class PartialResultSender: Sendable {
  /// Where the parts go.
  struct Output: Sendable {
    var encode: @Sendable (JSONValue) -> [UInt8]
    /// Sends a body unless much is unread already.
    var send: @Sendable ([UInt8]) -> OutputWriter.Outcome
    /// Waits until a body of so many bytes may be sent, until the connection ends or the task is cancelled.
    var waitForRoom: @Sendable (Int) async -> Void
  }

  /// The peer's token, a string or an integer; nil when it asked for none.
  package let token: JSONValue?
  private let isOpen: Mutex<Bool>
  private let output: Output

  init(token: JSONValue?, output: Output) {
    self.token = token
    isOpen = Mutex(token != nil)
    self.output = output
  }

  /// For requests whose peer asked for no parts.
  static let silent = PartialResultSender(
    token: nil, output: Output(encode: { _ in [] }, send: { _ in .closed }, waitForRoom: { _ in }))

  /// Whether anybody listens.
  package var isWanted: Bool { token != nil }

  /// Sends one part once the peer has room for it. Nothing is sent after the response of the request, on a connection
  /// that has ended, or when the task is cancelled while it waits.
  package func send(_ value: JSONValue) async {
    guard isWanted else { return }
    let body = output.encode(value)
    while trySend(body) == .full, !Task.isCancelled { await output.waitForRoom(body.count) }
  }

  private func trySend(_ body: [UInt8]) -> OutputWriter.Outcome {
    isOpen.withLock { $0 ? output.send(body) : .closed }
  }

  func close() { isOpen.withLock { $0 = false } }
}
