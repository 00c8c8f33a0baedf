/// What is known of a problem without reading its text and tests: light enough to hold thousands.
package struct ProblemEntry: Sendable, Equatable {
  /// Unlike any other's in the dataset.
  package let id: String
  package var title: String
  /// Where it comes from, such as `leetcode` or `atcoder`; nil where the dataset does not say.
  package var platform: String?
  package var contestID: String?
  package var date: ContestDate?
  /// `easy`, `medium` or `hard` in LiveCodeBench; nil where the dataset does not say.
  package var difficulty: String?
  package var kind: ProblemKind
  /// The number of the release's part that brought it, 1…; nil where that is not known.
  package var part: Int?
  /// Where it stands.
  package var path: String
  /// From 1; nil for a problem that has a folder of its own.
  package var line: Int?
}

/// How an answer to a problem is judged.
package enum ProblemKind: Sendable, Equatable {
  /// The program reads a test's input from standard input and prints its output.
  case standardInput
  /// A function, or a method of the class `Solution`, is called with a test's arguments.
  case function(String)
  /// A script that calls the function and ends with an exception where a result is wrong.
  case script(entryPoint: String?)

  package var name: String {
    switch self {
    case .standardInput: "standardInput"
    case .function: "function"
    case .script: "script"
    }
  }

  /// The function that an answer has to define.
  package var functionName: String? {
    switch self {
    case .standardInput: nil
    case .function(let name): name
    case .script(let name): name
    }
  }
}

/// What a model is told of a problem.
package struct ProblemText: Sendable, Equatable {
  package var statement: String
  /// What an answer begins with; empty for none.
  package var starterCode: String
  /// SHA-256 of what the dataset has of the problem, tests included; of members beyond 1 MiB the length alone counts.
  package var fingerprint: String
}

/// What an answer to a problem is judged by.
package enum ProblemTests: Sendable, Equatable {
  /// Inputs with the outputs that they should give, public ones first.
  case exchanges([Exchange])
  case script(CheckScript)

  package struct Exchange: Sendable, Equatable {
    /// For a function: one argument a line, as JSON.
    package var input: String
    /// For a function: its result as JSON.
    package var output: String
    package var isPublic: Bool

    package init(input: String, output: String, isPublic: Bool = false) {
      self.input = input
      self.output = output
      self.isPublic = isPublic
    }
  }

  package var count: Int {
    switch self {
    case .exchanges(let list): list.count
    case .script(let script): script.checks.count
    }
  }
}

/// Answers to a problem whose worth is known.
package struct KnownSolutions: Sendable, Equatable {
  package struct Solution: Sendable, Equatable {
    package var name: String
    package var code: String
  }

  package var right: [Solution] = []
  package var wrong: [Solution] = []
}
