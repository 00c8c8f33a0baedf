package import ArgumentParser

/// A command that does its work with a ``CommandContext``.
package protocol ServiceCommand: ParsableCommand, Sendable {
  var common: CommonOptions { get }

  /// Whether it only works with runs that are stored already: a wrong `--database` must not make an empty one.
  static var needsStoredRuns: Bool { get }

  /// Does the work: options, one call, one rendering.
  func execute(_ context: CommandContext) async throws -> ExitStatus
}

extension ServiceCommand {
  package static var needsStoredRuns: Bool { false }
}
