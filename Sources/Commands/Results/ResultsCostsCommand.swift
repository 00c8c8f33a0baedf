package import ArgumentParser
import Client
package import Contract
import HTTP
import JSON

package struct ResultsCostsCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "costs",
    abstract: "Add up what runs cost, and foresee the rest of the month.",
    discussion: """
      Of this month (UTC), unless --since says otherwise. Runs of models whose price is not known are counted apart.

      EXAMPLES
        llmbench results costs
        llmbench results costs --above 50                    # exit code 100 above 50 US dollars
        llmbench results costs --above 50 --webhook https://hooks.example.org/T0/B0
        llmbench results costs --since 2026-01-01 --model openai/gpt-5.1 --json
      """)

  @Option(help: "Only runs of this suite.")
  package var suite: String?

  @Option(help: ArgumentHelp("Only this model.", valueName: "ref"))
  package var model: String?

  @Option(help: ArgumentHelp("Only runs started then or later. Default: the first of this month.", valueName: "time"))
  package var since: Timestamp?

  @Option(help: ArgumentHelp("Only runs started before. Default: now.", valueName: "time"))
  package var until: Timestamp?

  @Option(help: ArgumentHelp("Exit with 100 when they cost more than this.", valueName: "usd"))
  package var above: Double?

  @Option(
    help: ArgumentHelp(
      "With --above: tell this address of it.",
      discussion: "A POST of JSON: {\"text\", \"totalUSD\", \"limitUSD\", \"since\", \"until\"}; chat services show the text.",
      valueName: "url"))
  package var webhook: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func validate() throws {
    if let above, !(above >= 0 && above.isFinite) { throw ValidationError("--above must be 0 or more.") }
    guard let webhook else { return }
    if above == nil { throw ValidationError("--webhook tells of what is above a limit: give --above.") }
    guard webhook.hasPrefix("https://") || webhook.hasPrefix("http://") else {
      throw ValidationError("--webhook takes an address that begins with https:// or http://.")
    }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = ResultsCosts.Params()
    params.suite = suite
    params.model = model
    params.since = since
    params.until = until
    let request = params
    let costs = try await context.withClient { try await $0.call(ResultsCosts.self, request) }
    try context.render(costs) { CostView.lines($0) }
    if costs.unpricedRuns > 0 {
      let runs = costs.unpricedRuns == 1 ? "1 run" : "\(NumberText.count(costs.unpricedRuns)) runs"
      context.hint("Of \(runs) the price is not known, as of local models: --prices gives it when they are run.")
    }
    guard let above, costs.totalUSD > above else { return .success }
    let text = "The runs since \(costs.since.description.prefix(10)) cost \(NumberText.dollars(costs.totalUSD)), "
      + "more than \(NumberText.dollars(above))."
    context.console.note("\("above:", .red) \(text)")
    if context.environment["GITHUB_ACTIONS"] == "true" {
      context.console.note(StyledText(GitHubAnnotation.error("llmbench", text)))
    }
    if let webhook { try await tell(webhook, text, costs, above) }
    return .belowThreshold
  }

  private func tell(_ address: String, _ text: String, _ costs: ResultsCosts.Result, _ limit: Double) async throws {
    let body: JSONValue = [
      "text": .string("llmbench: \(text)"), "totalUSD": .double(costs.totalUSD), "limitUSD": .double(limit),
      "since": .string(costs.since.description), "until": .string(costs.until.description),
    ]
    let request = HTTPRequest(
      .post, address, headers: HTTPHeaders(["Content-Type": "application/json"]), body: JSONWriter.data(body),
      timeouts: HTTPTimeouts(connect: .seconds(10), total: .seconds(30)), maximumBodyBytes: 1 << 20)
    do throws(HTTPError) {
      let status = try await HTTPClient().send(request).head.status
      guard (200..<300).contains(status) else {
        throw HTTPError(code: .other, message: "it answered with status \(status)")
      }
    } catch {
      // The address may hold a secret: it is not repeated.
      throw ServiceError(.requestFailed, "The webhook could not be told: \(error.message).")
    }
  }
}
