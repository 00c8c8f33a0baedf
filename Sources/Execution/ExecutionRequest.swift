/// A program to run once.
package struct ExecutionRequest: Sendable {
  package var language: ProgramLanguage
  /// The source text of the main file.
  package var code: String
  /// What the program reads from standard input, which ends after it.
  package var standardInput: [UInt8]
  /// Arguments after the program's name.
  package var arguments: [String]
  /// More files that the program may read.
  package var inputs: [InputFile]
  package var limits: ExecutionLimits

  package init(
    language: ProgramLanguage, code: String, standardInput: [UInt8] = [], arguments: [String] = [],
    inputs: [InputFile] = [], limits: ExecutionLimits = ExecutionLimits()
  ) {
    self.language = language
    self.code = code
    self.standardInput = standardInput
    self.arguments = arguments
    self.inputs = inputs
    self.limits = limits
  }
}

/// A file that a program finds in its sandbox and cannot change.
package struct InputFile: Sendable {
  /// Where the content comes from.
  package enum Source: Sendable {
    /// A file of this machine. It is bound, not copied, where the sandbox's user may read it.
    case hostFile(String)
    case bytes([UInt8])
  }

  package var source: Source
  /// Where the program finds it: a path below `/input/` or `/program/`.
  package var path: String

  package init(_ source: Source, at path: String) {
    self.source = source
    self.path = path
  }

  /// Whether the path stays below the two folders that input may be put in.
  var hasAcceptablePath: Bool {
    guard path.hasPrefix("/input/") || path.hasPrefix("/program/"), !path.utf8.contains(0) else { return false }
    let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}
