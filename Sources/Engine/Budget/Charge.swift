package import Prices

/// What a call takes from a budget.
package struct Charge: Sendable, Equatable {
  package var money: Money
  package var tokens: Int

  package static let zero = Charge(money: .zero, tokens: 0)

  /// - Parameter tokens: at least 0.
  package init(money: Money, tokens: Int) {
    self.money = money
    self.tokens = tokens
  }

  package static func + (left: Charge, right: Charge) -> Charge {
    let (tokens, overflow) = left.tokens.addingReportingOverflow(right.tokens)
    return Charge(money: left.money + right.money, tokens: overflow ? .max : tokens)
  }

  package static func - (left: Charge, right: Charge) -> Charge {
    Charge(money: left.money - right.money, tokens: left.tokens - right.tokens)
  }
}
