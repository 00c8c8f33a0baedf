import CodeProblems

/// Whether LiveCodeBench's own grader may judge a program otherwise than it deserves: only where it may is the program
/// run its way too.
///
/// Its stand-in for standard input knows `input()` and one reading by `sys.stdin`; its stand-in for standard output knows
/// `print`; it wraps programs into a function; tests share a process. A program with none of the words here in it runs
/// the same both ways.
enum OfficialDoubt {
  private static let words = [
    "stdin", "stdout", "buffer", "open(", "os.", "fileinput", "hread", "multiprocessing", "subprocess", "asyncio",
    "atexit", "signal", "gc.", "_getframe", "inspect", "ctypes", "__eq__", "__name__", "__main__", "__future__",
    "__file__", "globals(", "locals(", "global ", "nonlocal ", "exec(", "eval(", "exit", "quit", "except:",
    "BaseException", "SystemExit", "setrecursionlimit", "set_int_max_str_digits", "numpy", "pandas", "__hash__",
    "input =",
    "input=",
    "print =", "print=", "import *", "help", "\0",
  ]
  /// What outlives a call of a function.
  private static let memories = ["cache", "__init__", "hasattr(", "__class__", "Solution.", "__dict__"]

  static func arises(from source: String, kind: ProblemKind) -> Bool {
    if words.contains(where: { source.contains($0) }) { return true }
    guard case .function = kind else { return false }
    return memories.contains { source.contains($0) } || hasSharedState(source)
  }

  /// Whether something mutable is made once and found again by later tests: a value at the margin or in a class, or a
  /// parameter's default.
  private static func hasSharedState(_ source: String) -> Bool {
    let makers = [
      "=[", "= [", "={", "= {", "=set(", "= set(", "=dict(", "= dict(", "=list(", "= list(", "default", "deque(",
    ]
    var classIndentation: Int?
    for line in source.split(whereSeparator: \.isNewline) {
      let text = line.drop { $0 == " " || $0 == "\t" }
      let indentation = line.count - text.count
      if text.hasPrefix("class ") { classIndentation = indentation }
      let makes = makers.contains { text.contains($0) }
      if makes, text.hasPrefix("def ") { return true }
      if makes, indentation == 0 { return true }
      if let outer = classIndentation, makes, indentation > outer, indentation <= outer + 4 { return true }
    }
    return false
  }
}
