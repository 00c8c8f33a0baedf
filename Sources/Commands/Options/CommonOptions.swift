package import ArgumentParser
import JSONRPC

/// What every command takes.
package struct CommonOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Print exactly one JSON value on standard output.",
      discussion: "Diagnostics go to standard error; a failure is {\"error\": {\"kind\", \"message\", …}}."))
  package var json = false

  @Option(
    help: ArgumentHelp(
      "Use a running server instead of the engine in this process.",
      discussion: "tcp://HOST:PORT or unix://PATH, as 'llmbench serve' announces it.", valueName: "url"))
  package var connect: String?

  @Option(
    help: ArgumentHelp(
      "File that holds the token of a server or a listener.",
      discussion: "Without it the variable LLMBENCH_TOKEN is used, if set.", valueName: "path"),
    completion: .file())
  package var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "Where results are stored.",
      discussion: "Default: LLMBENCH_DATABASE, else llmbench/llmbench.sqlite in $XDG_DATA_HOME.", valueName: "path"),
    completion: .file())
  package var database: String?

  @Flag(help: "No progress and no hints on standard error.")
  package var quiet = false

  package init() {}

  package func validate() throws {
    guard let connect else { return }
    if database != nil {
      throw ValidationError(
        "--database belongs to the engine in this process; a server given with --connect has its own.")
    }
    do { _ = try ServerAddress(connect) } catch { throw ValidationError("--connect: \(error)") }
  }
}
