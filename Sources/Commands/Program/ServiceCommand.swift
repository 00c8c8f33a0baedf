package import ArgumentParser

/// A command that does its work with a ``CommandContext``.
package protocol ServiceCommand: ParsableCommand, Sendable {
  var common: CommonOptions { get }

  /// Does the work: options, one call, one rendering.
  func execute(_ context: CommandContext) async throws -> ExitStatus
}
