/// The script that judges an answer to a problem of HumanEval or MBPP, and how the answer is put before it.
package struct CheckScript: Sendable, Equatable {
  /// The beginning of the program that an answer may go on with: imports, helpers, the signature, the description.
  package var prompt: String
  /// What calls the function and raises where it is wrong: one script a test.
  package var checks: [String]
  package var entryPoint: String?

  package init(prompt: String, checks: [String], entryPoint: String?) {
    self.prompt = prompt
    self.checks = checks
    self.entryPoint = entryPoint
  }

  /// The prompt goes on with the answer, as the reference evaluator of HumanEval has it.
  package func program(completion: String) -> String { prompt + completion + "\n" }

  /// An answer that defines the function stands for itself, after what the prompt has above the signature; any other is
  /// the function's body.
  package func program(answer: String) -> String {
    guard let entryPoint, !prompt.isEmpty else { return prompt + answer + "\n" }
    guard Self.definition(of: entryPoint, in: answer) != nil else {
      return program(completion: Self.indented(answer))
    }
    let start = Self.definition(of: entryPoint, in: prompt) ?? prompt.endIndex
    return prompt[..<start] + "\n" + answer + "\n"
  }

  /// Where a line that begins with `def NAME(` does.
  private static func definition(of name: String, in code: String) -> String.Index? {
    for line in code.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let words = line.hasPrefix("async ") ? line.dropFirst(6).drop { $0 == " " } : line
      if words.hasPrefix("def ") {
        let rest = words.dropFirst(4).drop { $0 == " " }
        if rest.hasPrefix(name), let next = rest.dropFirst(name.count).first, next == "(" || next == " " || next == "["
        {
          return line.startIndex
        }
      }
    }
    return nil
  }

  /// A body that begins at the margin is moved in; one that is indented already stays.
  private static func indented(_ body: String) -> String {
    let lines = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }), let start = first.first,
      !start.isWhitespace
    else { return body }
    return lines.map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
  }
}
