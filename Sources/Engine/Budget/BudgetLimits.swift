package import Contract
package import Prices

/// What a run may spend on calls; nil for no limit of that kind. Its limit of time is the run's own affair.
package struct BudgetLimits: Sendable, Equatable {
  package var money: Money?
  package var tokens: Int?

  package init(money: Money? = nil, tokens: Int? = nil) {
    self.money = money
    self.tokens = tokens
  }

  package init(_ budget: Budget?) {
    money = budget?.usd.map { Money(usd: $0, rounded: .down) }
    tokens = budget?.tokens
  }

  package var isEmpty: Bool { money == nil && tokens == nil }

  /// Whether the total of `charges` stays within the limits.
  func allow(_ charges: Charge...) -> Bool {
    let total = charges.reduce(.zero, +)
    return money.map { total.money <= $0 } ?? true && tokens.map { total.tokens <= $0 } ?? true
  }

  /// Whether a charge takes anything that is limited.
  func concern(_ charge: Charge) -> Bool {
    (money != nil && charge.money > .zero) || (tokens != nil && charge.tokens > 0)
  }
}
