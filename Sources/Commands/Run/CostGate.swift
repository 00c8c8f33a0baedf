package import Contract

/// Lets a run begin whose cost is within what its user agreed to, or agrees to now.
package struct CostGate: Sendable {
  private let context: CommandContext
  private let limit: Double?
  private let isAgreed: Bool

  /// - Parameters:
  ///   - limit: US dollars above which the user is asked; nil to never ask.
  ///   - isAgreed: whether the user has agreed to any cost.
  package init(_ context: CommandContext, limit: Double?, isAgreed: Bool) {
    self.context = context
    self.limit = limit
    self.isAgreed = isAgreed
  }

  /// Whether the plan of a run is of use: to show it, or to decide by it.
  package var wantsPlan: Bool { limit != nil || (context.console.errorIsTerminal && !context.options.quiet) }

  /// What the cost cannot be told without.
  private static func missing(_ plan: BenchmarkPlan.Result) -> String {
    let unknown = plan.models.filter { $0.maximumCostUSD == nil }
    if unknown.contains(where: { $0.maximumCompletionTokens == nil }) {
      return "give --max-tokens, or nothing bounds the length of an answer"
    }
    return "no price is known of \(unknown.map(\.model).joined(separator: ", ")) (--prices FILE gives one)"
  }

  /// Shows the plan, and asks where it must.
  ///
  /// - Parameter budget: of the request: it costs no more.
  /// - Returns: whether the run may begin.
  /// - Throws: ``ServiceError`` of kind `requestFailed` where there is nobody to ask; `CancellationError`.
  package func lets(_ plan: BenchmarkPlan.Result, budget: Double?) async throws -> Bool {
    if context.console.errorIsTerminal, !context.options.quiet { PlanView.lines(plan).forEach(context.console.note) }
    guard let limit, !isAgreed else { return true }
    let cost = [plan.maximumCostUSD, budget].compactMap { $0 }.min()
    if let cost, cost <= limit { return true }
    let above = "above the \(NumberText.dollars(limit)) of --confirm-above"
    let question =
      cost.map { "The run may cost up to \(NumberText.dollars($0)), \(above)." }
      ?? "What the run may cost cannot be told, and may be \(above): \(Self.missing(plan))."
    guard context.console.canAsk else {
      throw ServiceError(
        .requestFailed, "\(question) There is no terminal to ask on: agree with --yes, or give a --budget.")
    }
    context.console.writeError("\(question) Begin? [y/N] ")
    let answer = await context.console.ask()
    try Task.checkCancellation()
    if ["y", "yes"].contains(answer?.lowercased() ?? "") { return true }
    context.console.note("Not begun: nothing was sent.")
    return false
  }
}
