/// Why a program was not run. What a program does once it runs, be it a crash or an endless loop, is a result and
/// not an error.
package struct ExecutionError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The source text cannot be run as it is: TypeScript that no runtime here can take.
    case unsupportedLanguage
    /// No runtime for the language is installed.
    case runtimeMissing
    /// No sandbox can be had; programs are never run without one.
    case sandboxUnavailable
    /// The operating system refused to start the process.
    case spawnFailed
    /// An input file cannot be read, or a path or argument cannot be passed on.
    case invalidRequest
    case cancelled
  }

  package var code: Code
  /// What is wrong and what to do about it.
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
