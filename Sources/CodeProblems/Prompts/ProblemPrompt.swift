import Hashing

/// What a model is asked for each kind of problem: our own words, or a template.
package struct ProblemPrompt: Sendable, Equatable {
  /// A text in which names in double braces are replaced.
  private let template: String?
  /// What may stand in a template.
  package static let placeholders = ["statement", "starter", "function", "title", "kind"]
  /// Where templates are kept they may hold much, but no book.
  private static let longestTemplate = 1 << 20

  /// Our own prompts.
  package init() { template = nil }

  /// - Throws: ``DatasetError`` for a template without the problem, or with a placeholder that is not known.
  package init(template: String) throws(DatasetError) {
    guard template.utf8.count <= Self.longestTemplate else { throw Self.error("is longer than 1 MiB") }
    for part in template.split(separator: "{{", omittingEmptySubsequences: false).dropFirst() {
      guard let name = part.split(separator: "}}", maxSplits: 1, omittingEmptySubsequences: false).first,
        part.contains("}}"), Self.placeholders.contains(name.trimmingSpaces)
      else {
        throw Self.error("has {{\(part.prefix(20))…, which is none of \(Self.list)")
      }
    }
    guard template.contains("{{statement}}") || template.contains("{{starter}}") else {
      throw Self.error("has neither {{statement}} nor {{starter}}: the model would not see the problem")
    }
    self.template = template
  }

  private static var list: String { placeholders.map { "{{\($0)}}" }.joined(separator: ", ") }
  private static func error(_ message: String) -> DatasetError {
    DatasetError("the prompt template \(message)", code: .invalidChoice)
  }

  /// Names the prompts: the first 16 hexadecimal digits of their SHA-256.
  package var hash: String {
    String(SHA256.hex(template ?? Self.ownTemplates.joined(separator: "\u{0}")).prefix(16))
  }

  package func text(_ entry: ProblemEntry, _ problem: ProblemText) -> String {
    let template = template ?? Self.ownTemplate(entry.kind, hasStarter: !problem.starterCode.isEmpty)
    let values = [
      "statement": problem.statement.trimmingBlankEnds, "starter": problem.starterCode.trimmingBlankEnds,
      "function": entry.kind.functionName ?? "", "title": entry.title, "kind": entry.kind.name,
    ]
    return Self.fill(template, values)
  }

  /// In one pass, so that braces in a statement stay what they are.
  private static func fill(_ template: String, _ values: [String: String]) -> String {
    var text = ""
    for (index, part) in template.split(separator: "{{", omittingEmptySubsequences: false).enumerated() {
      guard index > 0, let end = part.firstRange(of: "}}") else {
        text += part
        continue
      }
      text += (values[part[..<end.lowerBound].trimmingSpaces] ?? "") + part[end.upperBound...]
    }
    return text
  }

  // MARK: - Our own

  private static var ownTemplates: [String] { [standardInput, method, function, completion, assertions] }

  private static func ownTemplate(_ kind: ProblemKind, hasStarter: Bool) -> String {
    switch kind {
    case .standardInput: standardInput
    case .function: hasStarter ? method : function
    case .script: hasStarter ? completion : assertions
    }
  }

  private static let rules = """
    Think about the limits that the problem states: the program is judged by hidden tests, with a time limit. Give the \
    whole program in one fenced block of Python as the last thing in your answer. It must need nothing but the standard \
    library.
    """

  private static let standardInput = """
    Solve this programming problem in Python 3.

    {{statement}}

    The program reads the input from standard input and prints exactly the output that the problem describes, without \
    prompts or further text. It does not run the examples by itself.

    \(rules)
    """

  private static let method = """
    Solve this programming problem in Python 3.

    {{statement}}

    Complete this code; keep the names and the parameters as they are:

    ```python
    {{starter}}
    ```

    The code is called by the tests: it reads nothing, prints nothing and does not call itself on the examples.

    \(rules)
    """

  private static let function = """
    Solve this programming problem in Python 3.

    {{statement}}

    Define a function named `{{function}}` that takes the arguments in the order in which the problem gives them and \
    returns the result. It is called by the tests: the code reads nothing and prints nothing.

    \(rules)
    """

  private static let completion = """
    Complete this Python 3 function so that it does what its description says:

    ```python
    {{starter}}
    ```

    Give the whole function, with its signature and the imports that it needs, in one fenced block of Python as the last \
    thing in your answer.
    """

  private static let assertions = """
    Write a Python 3 function for this task:

    {{statement}}

    Give the whole function, with the imports that it needs, in one fenced block of Python as the last thing in your \
    answer, without the assertions.
    """
}

extension Substring {
  fileprivate var trimmingSpaces: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

extension String {
  /// Without blank lines and spaces at the end, and blank lines at the start.
  fileprivate var trimmingBlankEnds: String {
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex
    return String(self[..<end].drop(while: \.isNewline))
  }
}
