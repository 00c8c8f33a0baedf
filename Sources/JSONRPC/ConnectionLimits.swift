/// What one connection may use up. Every field may be changed before the connection starts.
package struct ConnectionLimits: Sendable, Equatable {
  /// Longest message accepted, in bytes without header.
  package var maximumMessageBytes = 16 << 20
  /// Deepest nesting of a message, 1…1024.
  package var maximumDepth = 128
  /// Most messages in one batch.
  package var maximumBatchItems = 100
  /// Most requests received and not answered.
  package var maximumInFlight = 256
  /// Most bytes written for a peer that does not read them. Beyond it the connection is closed.
  package var maximumUnreadOutputBytes = 64 << 20
  /// Longest single response, or array of responses, in bytes. A longer one becomes an error.
  package var maximumResponseBytes = 48 << 20
  /// Longest header section of a frame, in bytes.
  package var maximumHeaderBytes = 8 << 10
  /// Most lines in a header section.
  package var maximumHeaderLines = 32

  package init() {}
}
