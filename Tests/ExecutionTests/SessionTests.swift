import Execution
import Testing

@Suite(.timeLimit(.minutes(5)), .needs(.python)) struct SessionTests {
  @Test func `a program reads its input and prints`() async throws {
    let outcome = try await Machine.test("print(int(input()) * 2)", input: "21\n")
    #expect(outcome.ending == .finished(exitCode: 0))
    #expect(outcome.output == "42\n")
    #expect(outcome.cpuSeconds > 0)
    #expect(outcome.wallSeconds > 0)
    #expect((outcome.peakMemoryBytes ?? 0) > 1 << 20)
  }

  @Test(arguments: [
    ("import sys\nfor line in sys.stdin: print(line.strip()[::-1])", "cba\nfed\n"),
    ("import sys\nb = sys.stdin.buffer\nprint(b.readline(), b.readline())", "b'abc\\n' b'def\\n'\n"),
    ("print(open(0).read().split())", "['abc', 'def']\n"),
    ("print(open('/dev/stdin').read().split())", "['abc', 'def']\n"),
    ("import os\nprint(os.read(0, 100))", "b'abc\\ndef\\n'\n"),
    ("import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read())", "abc\ndef\n"),
    ("import os\nos.write(1, b'low')", "low"),
    ("from threading import Thread\nThread(target=lambda: print(input())).start()", "abc\n"),
    ("import atexit\natexit.register(print, 'end')\nprint('start')", "start\nend\n"),
    ("print('right')\nquit()\nprint('wrong')", "right\n"),
    ("print('right')\nexit(0)", "right\n"),
    (
      "import os\nif os.fork() == 0:\n  print('child', flush=True)\n  os._exit(0)\nos.wait()\nprint('parent')",
      "child\nparent\n"
    ),
    ("from __future__ import annotations\nprint(1)", "1\n"),
    ("x = 0\ndef add():\n  global x\n  x += 1\nadd()\nprint(x)", "1\n"),
    ("if __name__ == '__main__':\n  print('main')\nelse:\n  print('other')", "main\n"),
    (
      "print(gcd(12, 18), Counter('aab')['a'], inf, pow(2, 5, 7), bisect_left([1, 3], 2), List[int])",
      "6 2 inf 4 1 typing.List[int]\n"
    ),
    (
      "import dataclasses, pickle\n@dataclasses.dataclass\nclass A: x: int\nprint(pickle.loads(pickle.dumps(A(3))))",
      "A(x=3)\n"
    ),
    (
      "from functools import lru_cache\n@lru_cache(None)\ndef f(n): return n and f(n - 1) + 1\nprint(f(20000))",
      "20000\n"
    ),
    (
      "from multiprocessing import Pool\ndef f(x): return x * x\nwith Pool(2) as pool: print(pool.map(f, [1, 2]))",
      "[1, 4]\n"
    ),
    ("# -*- coding: latin-1 -*-\nprint(__file__, __doc__)", "/program/main.py None\n"),
  ])
  func `what the reference runner gets wrong comes out right`(source: String, output: String) async throws {
    let outcome = try await Machine.test(source, input: "abc\ndef\n")
    #expect(outcome.ending == .finished(exitCode: 0), "\(outcome.errors)")
    #expect(outcome.output == output)
  }

  @Test func `a function returns plain data`() async throws {
    let source = """
      import enum
      class Kind(enum.IntEnum): A = 7
      class Sly(int):
          def __eq__(self, other): return True
          def __add__(self, other): return 5
          __repr__ = lambda self: '9'
      class Any:
          def __eq__(self, other): return True
          def __repr__(self): return 'anything'
      def f(*a):
          return [None, True, 2 ** 100, -3, 1.5, float('inf'), 'ü\\ud800', b'x', (1,), {3}, Counter('aa'),
                  Kind.A, Sly(4), Any(), object, list(a), -0.0]
      """
    let outcome = try await Machine.test(
      source, entry: .function("f"), .arguments(["[1, 2]", "\"s\"", "{\"a\": null}", "1e3"]))
    #expect(outcome.ending == .finished(exitCode: 0), "\(outcome.errors)")
    #expect(
      outcome.value
        == .list([
          .null, .bool(true), .int("1267650600228229401496703205376"), .int("-3"), .float(1.5), .float(.infinity),
          .string("ü\u{FFFD}\u{FFFD}\u{FFFD}"), .bytes([120]), .tuple([.int("1")]), .set([.int("3")]),
          .dictionary([(.string("a"), .int("2"))]), .int("7"), .int("4"),
          .other(type: "Any", description: "anything", definesEquality: true),
          .other(type: "type", description: "<class 'object'>", definesEquality: false),
          .list([
            .list([.int("1"), .int("2")]), .string("s"), .dictionary([(.string("a"), .null)]), .float(1000),
          ]), .float(-0.0),
        ]))
  }

  @Test func `a method of Solution is called on a new object in each test`() async throws {
    let program = TestProgram(
      source:
        "class Solution:\n  calls = 0\n  def f(self, x: int):\n    Solution.calls += x\n    return Solution.calls",
      entry: .function("f"))
    try await Machine.executor(.python).withSession(testing: program) { session in
      #expect(session.runtime.hasPrefix("python 3."))
      for _ in 0..<3 {
        let outcome = try await session.run(ProgramTest(.arguments(["2"])))
        #expect(outcome.value == .int("2"))
      }
    }
  }

  @Test func `what went wrong has a name and a line`() async throws {
    let arguments = ProgramTest.Input.arguments(["0"])
    let raised = try await Machine.test("def f(x):\n  y = 1\n  return y / x", entry: .function("f"), arguments)
    #expect(
      raised.ending
        == .exception(
          RaisedException(className: "ZeroDivisionError", message: "division by zero", line: 3, stage: .run)))
    #expect(raised.errors.hasPrefix("Traceback"))
    #expect(!raised.errors.contains("driver.py"))
    let early = try await Machine.test("import nothing_here", entry: .function("f"), arguments)
    guard case .exception(let error) = early.ending else {
      Issue.record("\(early)")
      return
    }
    #expect(error.className == "ModuleNotFoundError")
    #expect(error.stage == .load)
    let invalid = try await Machine.test("def f(x):\n  return (", entry: .function("f"), arguments)
    guard case .compileError(let error) = invalid.ending else {
      Issue.record("\(invalid)")
      return
    }
    #expect(error.className == "SyntaxError")
    #expect(error.line == 2)
    guard case .noFunction = try await Machine.test("def g(x): pass", entry: .function("f"), arguments).ending else {
      Issue.record("there is no f")
      return
    }
    #expect(
      try await Machine.test("import sys\ndef f(x): sys.exit(3)", entry: .function("f"), arguments).ending
        == .exitedEarly(exitCode: 3))
    #expect(
      try await Machine.test("import os\ndef f(x): os._exit(0)", entry: .function("f"), arguments).ending
        == .exitedEarly(exitCode: 0))
    #expect(try await Machine.test("raise SystemExit('bye')").ending == .finished(exitCode: 1))
    #expect(try await Machine.test("import os, signal\nos.kill(os.getpid(), 11)").ending == .signal(11))
    guard case .exception(let error) = try await Machine.test("\n\nint('x')").ending else {
      Issue.record("int takes no letters")
      return
    }
    #expect(error.line == 3)
  }

  @Test func `a script passes when its end was reached`() async throws {
    let source = "def add(a, b):\n  return a + b"
    let checks = "def check(f):\n  assert f(1, 2) == 3\ncheck(add)"
    #expect(try await Machine.test(source, entry: .script, .checks(checks)).ending == .finished(exitCode: 0))
    let wrong = try await Machine.test("def add(a, b):\n  pass", entry: .script, .checks(checks))
    guard case .exception(let error) = wrong.ending else {
      Issue.record("\(wrong)")
      return
    }
    #expect(error.className == "AssertionError")
    for exit in ["raise SystemExit(0)", "import os; os._exit(0)", "import sys; sys.exit()", "exit()"] {
      let outcome = try await Machine.test("def add(a, b):\n  \(exit)", entry: .script, .checks(checks))
      #expect(outcome.ending == .exitedEarly(exitCode: 0), "\(exit)")
    }
  }

  @Test func `tests of one program know nothing of each other`() async throws {
    let program = TestProgram(
      source: """
        import builtins, os, sys, json
        print(os.listdir('/tmp'), hasattr(builtins, 'left'), 'left' in sys.modules, json.loads('1'))
        builtins.left = sys.modules['left'] = 1
        builtins.print = json.loads = os.listdir = None
        os.makedirs('/tmp/a/b'); open('/tmp/a/b/c', 'w').write('x'); os.symlink('/', '/tmp/link'); os.chmod('/tmp/a', 0)
        if os.fork() == 0:
            import time
            os.setsid()
            time.sleep(1000)
        """, entry: .standardInput)
    try await Machine.executor(.python).withSession(testing: program) { session in
      for _ in 0..<4 {
        let outcome = try await session.run(ProgramTest(.standardInput([])))
        #expect(outcome.output == "[] False False 1\n", "\(outcome.errors)")
        #expect(outcome.ending == .finished(exitCode: 0))
      }
    }
  }

  @Test func `input larger than a pipe comes through, and output up to the limit`() async throws {
    let input = String(repeating: "0123456789\n", count: 400_000)
    let outcome = try await Machine.test(
      "import sys\nsys.stdout.write(sys.stdin.read())", input: input,
      limits: ExecutionLimits(cpuSeconds: 20, wallSeconds: 60, outputBytes: input.utf8.count))
    #expect(outcome.output == input)
    #expect(outcome.ending == .finished(exitCode: 0))
    let over = try await Machine.test(
      "import sys\nsys.stdout.write(sys.stdin.read() + 'x')", input: input,
      limits: ExecutionLimits(cpuSeconds: 20, wallSeconds: 60, outputBytes: input.utf8.count))
    #expect(over.ending == .outputLimit)
    #expect(over.output == input)
  }

  @Test func `a test has limits of its own`() async throws {
    let program = TestProgram(source: "for _ in range(int(input())): pass", entry: .standardInput)
    try await Machine.executor(.python).withSession(testing: program) { session in
      let loop = ProgramTest.Input.standardInput(Array("1000000000000".utf8))
      let long = try await session.run(ProgramTest(loop, cpuSeconds: 0.3))
      #expect(long.ending == .cpuTime)
      let short = try await session.run(ProgramTest(.standardInput(Array("3".utf8))))
      #expect(short.ending == .finished(exitCode: 0))
    }
    let sleeper = TestProgram(source: "import time\ntime.sleep(float(input()))", entry: .standardInput)
    try await Machine.executor(.python).withSession(testing: sleeper) { session in
      let outcome = try await session.run(ProgramTest(.standardInput(Array("1000".utf8)), wallSeconds: 0.3))
      #expect(outcome.ending == .wallTime)
      #expect(outcome.cpuSeconds < 0.3)
    }
  }

  @Test func `a test that does not fit its program is refused`() async throws {
    let executor = try await Machine.executor(.python)
    let program = TestProgram(source: "", entry: .standardInput)
    let session = try await executor.openSession(testing: program, limits: ExecutionLimits())
    await #expect { try await session.run(ProgramTest(.checks(""))) } throws: {
      ($0 as? ExecutionError)?.code == .invalidRequest
    }
    await session.close()
    for name in ["", "a b", "a\nb", String(repeating: "a", count: 300)] {
      let nameless = TestProgram(source: "", entry: .function(name))
      await #expect { try await executor.openSession(testing: nameless, limits: ExecutionLimits()) } throws: {
        ($0 as? ExecutionError)?.code == .invalidRequest
      }
    }
  }

  @Test func `cancelling ends the session, and closing it twice does nothing`() async throws {
    let executor = try await Machine.executor(.python)
    let session = try await executor.openSession(
      testing: TestProgram(source: "import time\ntime.sleep(1000)", entry: .standardInput),
      limits: ExecutionLimits(cpuSeconds: 300, wallSeconds: 300))
    let run = Task { try await session.run(ProgramTest(.standardInput([]))) }
    try await Task.sleep(for: .milliseconds(100))
    run.cancel()
    await #expect { try await run.value } throws: { ($0 as? ExecutionError)?.code == .cancelled }
    await session.close()
    await session.close()
    await #expect { try await session.run(ProgramTest(.standardInput([]))) } throws: {
      ($0 as? ExecutionError)?.code == .cancelled
    }
    #expect(try await Machine.test("print(1)").output == "1\n")
  }
}
