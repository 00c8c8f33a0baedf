import Contract
import Prices

/// The next call might take more than is left of a budget.
package struct BudgetExhausted: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  /// - Parameters:
  ///   - next: what the call might take.
  ///   - spent: what is spent and cannot be released any more.
  init(_ next: Charge, spent: Charge, limits: BudgetLimits) {
    var parts: [String] = []
    if let money = limits.money, spent.money + next.money > money {
      parts.append(
        "the next call may cost up to \(Self.dollars(next.money)), and only "
          + "\(Self.dollars(max(.zero, money - spent.money))) of the budget of \(Self.dollars(money)) is left")
    }
    if let tokens = limits.tokens, (spent + next).tokens > tokens {
      parts.append(
        "the next call may take up to \(next.tokens) tokens, and only "
          + "\(max(0, tokens - spent.tokens)) of the budget of \(tokens) are left")
    }
    let text = parts.joined(separator: "; ")
    description = text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private static func dollars(_ money: Money) -> String {
    let text = "\(money.usd)"
    return "$" + (text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }
}
