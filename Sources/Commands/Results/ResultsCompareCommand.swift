package import ArgumentParser
import Client
package import Contract

package struct ResultsCompareCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare runs, or the models of one run, sample by sample, and say which differences are real.",
    discussion: """
      Give the run that the others are held against first. Samples are paired by id and epoch; the test is McNemar's \
      exact one where each sample is right or wrong, else the sign-flip test, corrected for all pairs by Holm's method.

      EXAMPLES
        llmbench results compare 20261121-112150-e9ujsv latest
        llmbench results compare latest                      # the models of one run
        llmbench results compare A B C --alpha 0.01 --flips 50
        llmbench results compare A B --metric latencyMilliseconds
        llmbench results compare A B --difference 0.02       # how many samples would show 2 points?
      """)

  @Argument(help: "Runs: ids, starts of ids, or 'latest'.")
  package var runs: [String]

  @Option(name: .customLong("model"), help: ArgumentHelp("Only these models; may be repeated.", valueName: "ref"))
  package var models: [String] = []

  @Option(help: "What is compared. Default: the reducer that all of the runs asked for, else score.")
  package var metric: ComparisonMetric?

  @Option(help: ArgumentHelp("The k of --metric passAtK and passHatK.", valueName: "n"))
  package var k: Int?

  @Option(help: ArgumentHelp("Chance of a false claim, over all pairs. Default 0.05.", valueName: "p"))
  package var alpha: Double?

  @Option(help: ArgumentHelp("Say how many samples would show this difference.", valueName: "x"))
  package var difference: Double?

  @Option(help: "Which sides are compared: all, or each model with itself in the other runs.")
  package var pairing: ComparisonPairing?

  @Option(help: ArgumentHelp("Most flipped samples shown for each pair, 0…1000. Default 20.", valueName: "n"))
  package var flips: Int?

  @Option(help: ArgumentHelp("Where the list of flipped samples before ended.", valueName: "text"))
  package var cursor: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func validate() throws {
    if let alpha, !(alpha > 0 && alpha < 1) { throw ValidationError("--alpha is above 0 and below 1.") }
    if let flips, !(0...1000).contains(flips) { throw ValidationError("--flips is from 0 to 1000.") }
    if let metric, metric.takesK, k == nil { throw ValidationError("--metric \(metric.rawValue) needs --k.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = ResultsCompare.Params(runs: runs)
    params.models = models.isEmpty ? nil : models
    params.metric = metric
    params.k = k
    params.alpha = alpha
    params.difference = difference
    params.pairing = pairing
    params.limit = flips
    params.cursor = cursor
    let request = params
    let comparison = try await context.withClient { try await $0.call(ResultsCompare.self, request) }
    try context.render(comparison) { ComparisonView.lines($0) }
    if !common.json, let next = comparison.pairs.compactMap(\.nextCursor).first {
      context.hint("More samples flipped: --flips 1000, or --cursor \(ShellText.quoted(next))")
    }
    return .success
  }
}

extension ComparisonMetric: ExpressibleByArgument {}
extension ComparisonPairing: ExpressibleByArgument {}
