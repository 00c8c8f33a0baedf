import ArgumentParser
import JSONRPC

/// What peers of a server may use up.
package struct ServeLimits: ParsableArguments {
  private static let defaults = ConnectionLimits()

  @Option(help: ArgumentHelp("Longest message accepted, such as 4096, 64KB or 16MiB.", valueName: "size"))
  package var maxMessageBytes = ByteSize(bytes: defaults.maximumMessageBytes)

  @Option(help: ArgumentHelp("Deepest nesting of a message, 1…1024.", valueName: "n"))
  package var maxDepth = defaults.maximumDepth

  @Option(help: ArgumentHelp("Most messages in a batch.", valueName: "n"))
  package var maxBatch = defaults.maximumBatchItems

  @Option(help: ArgumentHelp("Most connections of a listener at a time.", valueName: "n"))
  package var maxConnections = 32

  @Option(help: ArgumentHelp("Most unanswered requests of a connection.", valueName: "n"))
  package var maxInFlight = defaults.maximumInFlight

  @Option(
    help: ArgumentHelp(
      "Most bytes that wait for a peer that does not read them; beyond it the connection is closed.", valueName: "size")
  )
  package var maxUnreadBytes = ByteSize(bytes: defaults.maximumUnreadOutputBytes)

  package init() {}

  package func validate() throws {
    // Room for `initialize` and its answer, or nobody could say a word.
    try Self.check("--max-message-bytes", maxMessageBytes.bytes, 1024...(1 << 30))
    try Self.check("--max-depth", maxDepth, 1...1024)
    try Self.check("--max-batch", maxBatch, 1...100_000)
    try Self.check("--max-connections", maxConnections, 1...10_000)
    try Self.check("--max-in-flight", maxInFlight, 1...100_000)
    try Self.check("--max-unread-bytes", maxUnreadBytes.bytes, 16_384...(1 << 34))
  }

  private static func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
    guard range.contains(value) else {
      throw ValidationError("\(name) is a number from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  var connectionLimits: ConnectionLimits {
    var limits = Self.defaults
    limits.maximumMessageBytes = maxMessageBytes.bytes
    limits.maximumDepth = maxDepth
    limits.maximumBatchItems = maxBatch
    limits.maximumInFlight = maxInFlight
    limits.maximumUnreadOutputBytes = maxUnreadBytes.bytes
    // An answer that a peer cannot take without being closed is told as too large instead.
    limits.maximumResponseBytes = min(limits.maximumResponseBytes, maxUnreadBytes.bytes / 4 * 3)
    return limits
  }
}
