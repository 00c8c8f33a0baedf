import Models
import Prices

/// What one model's calls take from the budget of their run.
struct CallBudget: Sendable {
  let ledger: BudgetLedger
  let bound: PromptBound
  /// nil for a model whose price is unknown.
  let rates: TokenRates?

  /// Makes an attempt within the budget.
  ///
  /// What came of it is charged: the tokens that the provider counted; nothing for a failure that no provider bills; and
  /// the worst case where the usage is not known, as of an answer without one, of a connection that broke in the middle
  /// of it, or of a call that was cancelled.
  ///
  /// - Parameter send: throws a ``Models/ModelError`` for a call that failed, and another error before it is sent.
  /// - Throws: ``BudgetExhausted``, `CancellationError`, or what keeps the budget from being written: nothing was sent
  ///   then; what `send` throws.
  func attempt(
    _ request: ModelRequest, _ send: () async throws -> ModelResponse
  ) async throws -> ModelResponse {
    let worstCase = WorstCase.charge(request, bound, rates)
    try await ledger.reserve(worstCase)
    do {
      let response = try await send()
      ledger.end(worstCase, spent: response.usage.isEstimate ? worstCase : charge(response.usage))
      return response
    } catch {
      // Another error came before anything was sent.
      let mayBeBilled = (error as? ModelError)?.mayBeBilled ?? false
      ledger.end(worstCase, spent: mayBeBilled ? worstCase : .zero)
      throw error
    }
  }

  private func charge(_ usage: TokenUsage) -> Charge {
    let (tokens, overflow) = max(0, usage.promptTokens).addingReportingOverflow(max(0, usage.completionTokens))
    return Charge(money: rates?.cost(of: usage) ?? .zero, tokens: overflow ? .max : tokens)
  }
}
