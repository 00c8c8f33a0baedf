package import Execution
package import JSON

/// What a snippet made of an event file.
package struct EventProgramResult: Sendable {
  /// Why there is no result.
  package enum Failure: String, Sendable, Codable {
    /// The event file could not be read. Not the snippet's fault.
    case loadFailed
    /// The snippet threw an error.
    case snippetFailed
    /// The snippet is not valid code, or ended the program itself.
    case programFailed
    /// The snippet ran to its end and left no result.
    case noResult
    case resultTooLarge
    /// A limit ended the run: the verdict says which.
    case limitReached
    /// The program did not start. Not the snippet's fault.
    case sandboxFailed
  }

  /// The result as JSON has it: NaN and the infinities as null.
  package var result: JSONValue?
  package var failure: Failure?
  /// The failure in words, in part the snippet's.
  package var message: String?
  /// Events in the file; nil when it was not read.
  package var rows: Int?
  /// Time to read the event file, inside the program.
  package var loadSeconds: Double?
  /// Time of the snippet alone.
  package var computeSeconds: Double?
  package var execution: ExecutionResult
}
