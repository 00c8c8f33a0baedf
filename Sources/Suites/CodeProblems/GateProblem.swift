import Benchmark
import CodeProblems
import JSON
import Models

/// A small problem of our own, with answers whose worth is known: proves that programs are run and compared here, whether
/// or not the dataset has solutions.
struct GateProblem: Sendable {
  let id: String
  let kind: ProblemKind
  let tests: ProblemTests
  private let right: [(name: String, code: String)]
  private let wrong: [(name: String, code: String)]

  static let all = [standardInput, function]

  private static let standardInput = GateProblem(
    id: "gate/sum", kind: .standardInput,
    tests: .exchanges([.init(input: "3\n1 2 3\n", output: "6\n"), .init(input: "2\n-5 5\n", output: "0\n")]),
    right: [
      ("a program on standard input", "input()\nprint(sum(map(int, input().split())))"),
      ("the same as a decimal, with space around", "input()\nprint(' %.1f \\n' % sum(map(int, input().split())))"),
    ],
    wrong: [
      ("a program that forgets a number", "input()\nprint(sum(map(int, input().split()[1:])))"),
      ("a program that prints too much", "input()\nprint(sum(map(int, input().split())))\nprint('done')"),
      ("a program that raises", "raise ValueError"), ("a program that prints nothing", "pass"),
      ("no program in Python", "def f(:"),
    ])

  private static let function = GateProblem(
    id: "gate/pairs", kind: .function("pairs"),
    tests: .exchanges([
      .init(input: "[1, 2, 3]", output: "[[1, 2], [2, 3]]"), .init(input: "[]", output: "[]"),
    ]),
    right: [
      ("a method", "class Solution:\n    def pairs(self, a):\n        return [list(p) for p in zip(a, a[1:])]"),
      ("a function", "def pairs(a):\n    return [[x, y] for x, y in zip(a, a[1:])]"),
    ],
    wrong: [
      ("a function that prints its result", "def pairs(a):\n    print([[x, y] for x, y in zip(a, a[1:])])"),
      ("a function of another name", "def couples(a):\n    return [[x, y] for x, y in zip(a, a[1:])]"),
      (
        "a result that calls itself equal to everything",
        "class Yes:\n    def __eq__(self, other):\n        return True\n\ndef pairs(a):\n    return [Yes()] if a else Yes()"
      ),
    ])

  /// - Parameter isStrict: the official grader falls for some answers that are wrong; these are left out for it.
  func answers(isStrict: Bool) -> [ReferenceAnswer] {
    let sample = Sample(
      id: id, messages: [ChatMessage(.user, "A problem that proves the grader.")], expected: .null, metadata: [:])
    return right.map { .right($0.name, to: sample, Self.fenced($0.code)) }
      + wrong.filter { isStrict || !$0.code.contains("__eq__") }.map {
        .wrong($0.name, to: sample, Self.fenced($0.code))
      }
  }

  /// An answer with a program, as a model gives it. Four backticks, for programs may hold three.
  static func fenced(_ code: String) -> String { "Here it is:\n\n````python\n\(code)\n````\n" }
}
