/// A program that somebody else wrote and that tests are run against: one answer to one problem.
package struct TestProgram: Sendable, Equatable {
  /// What a test does with the program.
  package enum Entry: Sendable, Equatable {
    /// Runs it from its start with input on standard input; what counts is what it prints.
    case standardInput
    /// Calls a function by this name: a method of its class `Solution` if it has one, otherwise one of its own
    /// functions. What counts is what the function returns.
    case function(String)
    /// Runs it and then the test's own code in the same name space (HumanEval's and MBPP's assertions); what counts is
    /// whether the end was reached.
    case script
  }

  /// How close a test keeps to the reference runner of LiveCodeBench. Programs in other languages than Python have
  /// only `strict`.
  package enum Dialect: String, Codable, Sendable, CaseIterable {
    /// Each test in a process of its own, with real standard input and output.
    case strict
    /// All tests in one process one after another: the program is wrapped into a function and called again for each,
    /// standard input and output are stand-ins, `Solution` is made once. What a test leaves behind is there for the
    /// next. The time limit is ours all the same: it counts processor time and cannot be caught.
    case official
  }

  package var language: ProgramLanguage
  package var source: String
  package var entry: Entry
  package var dialect: Dialect
  /// Whether the names that LiveCodeBench's runner imports first (`List`, `Counter`, `gcd`, `inf`…) are there without
  /// an import. Python only.
  package var hasPrelude: Bool

  package init(
    language: ProgramLanguage = .python, source: String, entry: Entry, dialect: Dialect = .strict,
    hasPrelude: Bool = true
  ) {
    self.language = language
    self.source = source
    self.entry = entry
    self.dialect = dialect
    self.hasPrelude = hasPrelude
  }
}

/// One test of a program. What it should give stays with the caller: nothing of it enters the sandbox, except in
/// ``Input/checks(_:)``, where the test is code.
package struct ProgramTest: Sendable, Equatable {
  package enum Input: Sendable, Equatable {
    /// For ``TestProgram/Entry/standardInput``.
    case standardInput([UInt8])
    /// For ``TestProgram/Entry/function(_:)``: one JSON text for each argument.
    case arguments([String])
    /// For ``TestProgram/Entry/script``: code in the program's language.
    case checks(String)
  }

  package var input: Input
  /// Seconds of processor time for this test; nil for the session's limit.
  package var cpuSeconds: Double?
  /// Seconds on the clock for this test; nil for the session's limit.
  package var wallSeconds: Double?

  package init(_ input: Input, cpuSeconds: Double? = nil, wallSeconds: Double? = nil) {
    self.input = input
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
  }
}
