import Engine
import Prices
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct BudgetLedgerTests {
  /// What was written, and what has been sent so far at most.
  private final class Book: Sendable {
    private struct State {
      var written = Charge.zero
      var sent = Charge.zero
      var mostSent = Charge.zero
      var shortfalls = 0
      var writes = 0
    }

    private let state = Mutex(State())
    private let limits: BudgetLimits

    init(_ limits: BudgetLimits) { self.limits = limits }

    func write(_ charge: Charge) {
      state.withLock { state in
        state.written = charge
        state.writes += 1
      }
    }

    /// A call goes out that may take `worst`.
    func send(_ worst: Charge) {
      state.withLock { state in
        state.sent = state.sent + worst
        state.mostSent.money = max(state.mostSent.money, state.sent.money)
        state.mostSent.tokens = max(state.mostSent.tokens, state.sent.tokens)
        let isShort =
          limits.money != nil && state.written.money < state.sent.money
          || limits.tokens != nil && state.written.tokens < state.sent.tokens
        if isShort { state.shortfalls += 1 }
      }
    }

    /// It took no more than `real`, and what it did not take no longer counts.
    func receive(_ worst: Charge, real: Charge) { state.withLock { $0.sent = $0.sent - worst + real } }

    var mostSent: Charge { state.withLock { $0.mostSent } }
    var shortfalls: Int { state.withLock { $0.shortfalls } }
    var writes: Int { state.withLock { $0.writes } }
  }

  private func charge(_ picodollars: Int, _ tokens: Int = 0) -> Charge {
    Charge(money: Money(picodollars: Int128(picodollars)), tokens: tokens)
  }

  @Test(arguments: 0..<20)
  func `a hundred calls at once never take more than there is, and what they may take is written before`(
    round: Int
  ) async throws {
    let limits = BudgetLimits(
      money: round % 3 == 1 ? nil : Money(picodollars: Int128(Int.random(in: 0...2_000_000))),
      tokens: round % 3 == 2 ? nil : Int.random(in: 1...200_000))
    let book = Book(limits)
    let ledger = BudgetLedger(limits: limits, spent: .zero) { charge in
      await Task.yield()
      book.write(charge)
    }
    await withTaskGroup { group in
      for _ in 0..<100 {
        group.addTask {
          for _ in 0..<20 {
            let worst = self.charge(Int.random(in: 0...5000), Int.random(in: 1...500))
            let real = self.charge(
              Int.random(in: 0...Int(worst.money.picodollars)), Int.random(in: 0...worst.tokens))
            do { try await ledger.reserve(worst) } catch { continue }
            book.send(worst)
            for _ in 0..<Int.random(in: 0...3) { await Task.yield() }
            // In the order that keeps the book on the safe side.
            book.receive(worst, real: real)
            ledger.end(worst, spent: real)
          }
        }
      }
    }
    if let money = limits.money { #expect(book.mostSent.money <= money) }
    if let tokens = limits.tokens { #expect(book.mostSent.tokens <= tokens) }
    #expect(book.shortfalls == 0)
    #expect(ledger.spentAtMost.money <= limits.money ?? ledger.spentAtMost.money)
    #expect(book.writes <= 2000)
  }

  @Test func `what does not fit now waits for what others release`() async throws {
    let ledger = BudgetLedger(limits: BudgetLimits(tokens: 100), spent: .zero) { _ in }
    try await ledger.reserve(charge(0, 80))
    let waiting = Task { try await ledger.reserve(self.charge(0, 60)) }
    await Task.yield()
    ledger.end(charge(0, 80), spent: charge(0, 40))
    try await waiting.value
    #expect(ledger.spentAtMost == charge(0, 100))
  }

  @Test func `what would not fit even then ends it for all, but for calls that cost nothing`() async throws {
    let ledger = BudgetLedger(limits: BudgetLimits(money: Money(picodollars: 100)), spent: charge(50)) { _ in }
    try await ledger.reserve(charge(40))
    let waiting = Task { try await ledger.reserve(self.charge(45)) }
    await Task.yield()
    let exhausted = await #expect(throws: BudgetExhausted.self) { try await ledger.reserve(self.charge(51)) }
    #expect(exhausted?.description.contains("is left") == true)
    await #expect(throws: BudgetExhausted.self) { try await waiting.value }
    await #expect(throws: BudgetExhausted.self) { try await ledger.reserve(self.charge(1)) }
    try await ledger.reserve(charge(0, 1000))
    #expect(ledger.spentAtMost == charge(90, 1000))
  }

  @Test func `a call that gives up waiting has reserved nothing`() async throws {
    let ledger = BudgetLedger(limits: BudgetLimits(tokens: 10), spent: .zero) { _ in }
    try await ledger.reserve(charge(0, 10))
    let waiting = Task { try await ledger.reserve(self.charge(0, 5)) }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    ledger.end(charge(0, 10), spent: .zero)
    try await ledger.reserve(charge(0, 10))
  }

  @Test func `nothing is sent when the budget cannot be written`() async throws {
    struct Full: Error {}
    let ledger = BudgetLedger(limits: BudgetLimits(tokens: 10), spent: .zero) { _ in throw Full() }
    await #expect(throws: Full.self) { try await ledger.reserve(self.charge(0, 5)) }
    #expect(ledger.spentAtMost == .zero)
  }
}
