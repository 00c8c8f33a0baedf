package import ArgumentParser
import Client
import Contract
import Dashboard
import JSON

package struct ProtocolCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "protocol",
    abstract: "Print the protocol as an OpenRPC document.",
    discussion: """
      Every method and notification that 'llmbench serve' knows, with the JSON Schema of its parameters and its result, \
      its errors with what to do about them, and a real example. It is what a server answers to 'rpc.discover', and what \
      Protocol/openrpc.json holds; Protocol/README.md explains the framing and the life cycle.

      EXAMPLES
        llmbench protocol > openrpc.json
        llmbench protocol --openapi > openapi.json
        llmbench protocol --json | jq -r '.methods[].name'
        llmbench protocol --json | jq '.components.schemas.RunSummary'
        llmbench protocol --json | jq -r '."x-errors"[] | "\\(.code) \\(.whatToDo)"'
        llmbench protocol --connect tcp://127.0.0.1:7077 > server.json
      """)

  @Flag(name: .customLong("openapi"), help: "The dashboard's HTTP API instead, as an OpenAPI document.")
  package var isOpenAPI = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let document = try await context.withClient { client in
      isOpenAPI ? try await OpenAPIDocument.make(client) : try await client.call(Discover.self, Empty())
    }
    context.console.printJSON(document, indentation: common.json ? nil : 2)
    return .success
  }
}
