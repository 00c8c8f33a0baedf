"""Small problems of our own, and programs that answer them in the ways in which models and graders part company.

PROGRAMS is a list of (name, problem, code). Nothing here says what is right: compare.py asks both graders.
"""


def stdin(*pairs):
    return [{"input": i, "output": o, "testtype": "stdin"} for i, o in pairs]


def function(name, *pairs):
    import json

    return name, [
        {"input": "\n".join(json.dumps(a) for a in i), "output": json.dumps(o), "testtype": "functional"} for i, o in pairs
    ]


# problem -> (name of the function or None, tests)
PROBLEMS = {
    "sum": (None, stdin(("3\n1 2 3\n", "6\n"), ("1\n5\n", "5\n"), ("4\n-1 -2 3 10\n", "10\n"))),
    "rows": (None, stdin(("2\n1 2\n3 4\n", "3\n7\n"), ("1\n5 5\n", "10\n"), ("3\n0 0\n1 0\n0 1\n", "0\n1\n1\n"))),
    "half": (None, stdin(("1\n", "0.5\n"), ("4\n", "2.0\n"), ("7\n", "3.5\n"))),
    "word": (None, stdin(("abc\n", "CBA\n"), ("x\n", "X\n"))),
    "yes": (None, stdin(("2\n", "YES\n"), ("3\n", "NO\n"))),
    "total": function("total", ([[1, 2, 3]], 6), ([[]], 0), ([[5]], 5)),
    "pairs": function("pairs", ([[1, 2, 3]], [[1, 2], [2, 3]]), ([[1]], [])),
    "mean": function("mean", ([[1, 2]], 1.5), ([[4]], 4.0)),
    "count": function("count", (["aab"], {"a": 2, "b": 1}), ([""], {})),
    "flip": function("flip", ([True], False), ([False], True)),
    "power": function("power", ([3], 8), ([100], 2**100)),
    "name": function("name", (["ann", 3], "ann-3"), (["bo", 0], "bo-0")),
}

SUM = "input()\nprint(sum(map(int, input().split())))\n"
METHOD = "class Solution:\n    def total(self, nums: List[int]) -> int:\n        return sum(nums)\n"
PROGRAMS = []


def program(name, problem, code):
    PROGRAMS.append((name, problem, code))


# ---- standard input, read in every way
program("input", "sum", SUM)
program("sys.stdin.readline", "sum", "import sys\nsys.stdin.readline()\nprint(sum(map(int, sys.stdin.readline().split())))\n")
program("input = sys.stdin.readline", "sum", "import sys\ninput = sys.stdin.readline\ninput()\nprint(sum(map(int, input().split())))\n")
program("sys.stdin.read once", "sum", "import sys\ndata = sys.stdin.read().split()\nprint(sum(map(int, data[1:])))\n")
program("sys.stdin.read twice", "sum", "import sys\ndata = sys.stdin.read().split()\nrest = sys.stdin.read()\nprint(sum(map(int, data[1:])) + len(rest))\n")
program("sys.stdin.readlines", "sum", "import sys\nlines = sys.stdin.readlines()\nprint(sum(map(int, lines[1].split())))\n")
program("readline then read", "sum", "import sys\nn = int(sys.stdin.readline())\nprint(sum(map(int, sys.stdin.read().split())))\n")
program("for line in sys.stdin", "rows", "import sys\nnext(sys.stdin)\nfor line in sys.stdin:\n    print(sum(map(int, line.split())))\n")
program("iter(input)", "sum", "lines = []\nwhile True:\n    try:\n        lines.append(input())\n    except EOFError:\n        break\nprint(sum(map(int, lines[1].split())))\n")
program("stdin.buffer.read", "sum", "import sys\ndata = sys.stdin.buffer.read().split()\nprint(sum(map(int, data[1:])))\n")
program("stdin.buffer.readline", "sum", "import sys\nsys.stdin.buffer.readline()\nprint(sum(map(int, sys.stdin.buffer.readline().split())))\n")
program("stdin.buffer iterated", "rows", "import sys\nlines = list(sys.stdin.buffer)\nfor line in lines[1:]:\n    print(sum(map(int, line.split())))\n")
program("open(0)", "sum", "data = open(0).read().split()\nprint(sum(map(int, data[1:])))\n")
program("open('/dev/stdin')", "sum", "data = open('/dev/stdin').read().split()\nprint(sum(map(int, data[1:])))\n")
program("os.read", "sum", "import os\ndata = os.read(0, 100000).split()\nprint(sum(map(int, data[1:])))\n")
program("io.BytesIO of os.read", "sum", "import os, io, sys\ninput = io.BytesIO(os.read(0, os.fstat(0).st_size or 65536)).readline\ninput()\nprint(sum(map(int, input().split())))\n")
program("fileinput", "rows", "import fileinput\nlines = list(fileinput.input())\nfor line in lines[1:]:\n    print(sum(map(int, line.split())))\n")
program("sys.stdin.readline to the end", "rows", "import sys\nsys.stdin.readline()\nwhile True:\n    line = sys.stdin.readline()\n    if not line:\n        break\n    print(sum(map(int, line.split())))\n")
program("stdin.isatty", "sum", "import sys\nassert not sys.stdin.isatty()\n" + SUM)
program("reads nothing", "sum", "print(6)\n")
program("reads too much", "sum", SUM + "input()\n")
program("map(input) prompt", "sum", "input('n? ')\nprint(sum(map(int, input().split())))\n")

# ---- standard output, written in every way
program("sys.stdout.write", "sum", "import sys\ninput()\nsys.stdout.write(str(sum(map(int, input().split()))) + '\\n')\n")
program("stdout.buffer.write", "sum", "import sys\ninput()\nsys.stdout.buffer.write(str(sum(map(int, input().split()))).encode())\n")
program("os.write", "sum", "import os\ninput()\nos.write(1, str(sum(map(int, input().split()))).encode())\n")
program("print to stderr", "sum", "import sys\ninput()\nprint(sum(map(int, input().split())), file=sys.stderr)\n")
program("print end", "rows", "for _ in range(int(input())):\n    print(sum(map(int, input().split())), end=' \\n')\n")
program("print flush", "sum", "input()\nprint(sum(map(int, input().split())), flush=True)\n")
program("print twice", "sum", SUM + "print()\n")
program("print a list", "sum", "input()\nprint([sum(map(int, input().split()))])\n")
program("sys.stdout replaced", "sum", "import sys, io\nout = io.StringIO()\nold, sys.stdout = sys.stdout, out\ninput()\nprint(sum(map(int, input().split())))\nsys.stdout = old\nprint(out.getvalue())\n")
program("debug line first", "sum", "print('debug')\n" + SUM)
program("nothing printed", "sum", "pass\n")
program("no output but right type", "yes", "n = int(input())\n'YES' if n % 2 == 0 else 'NO'\n")

# ---- comparison of what was printed
program("integer for a decimal", "half", "n = int(input())\nprint(n / 2 if n % 2 else n // 2)\n")
program("two decimals", "half", "print('%.2f' % (int(input()) / 2))\n")
program("scientific", "half", "print('%e' % (int(input()) / 2))\n")
program("comma for a point", "half", "print(str(int(input()) / 2).replace('.', ','))\n")
program("rounded", "half", "print(round(int(input()) / 2))\n")
program("Fraction", "half", "from fractions import Fraction\nprint(Fraction(int(input()), 2))\n")
program("Decimal", "half", "from decimal import Decimal\nprint(Decimal(int(input())) / 2)\n")
program("plus sign", "sum", "input()\nprint('%+d' % sum(map(int, input().split())))\n")
program("leading zeros", "sum", "input()\nprint('%03d' % sum(map(int, input().split())))\n")
program("underscore in a number", "sum", "input()\nprint(str(sum(map(int, input().split()))) + '_')\n")
program("tabs and spaces around", "sum", "input()\nprint('\\t', sum(map(int, input().split())), '  ')\n")
program("no-break space around", "sum", "input()\nprint('\\u00a0%d\\u00a0' % sum(map(int, input().split())))\n")
program("carriage returns", "rows", "for _ in range(int(input())):\n    print(sum(map(int, input().split())), end='\\r\\n')\n")
program("all on one line", "rows", "print(*[sum(map(int, input().split())) for _ in range(int(input()))])\n")
program("blank line between", "rows", "for _ in range(int(input())):\n    print(sum(map(int, input().split())), end='\\n\\n')\n")
program("full-width digits", "sum", "input()\nprint(str(sum(map(int, input().split()))).translate({48 + i: 0xff10 + i for i in range(10)}))\n")
program("lower case", "yes", "print('yes' if int(input()) % 2 == 0 else 'no')\n")
program("NUL behind", "yes", "print('YES\\0' if int(input()) % 2 == 0 else 'NO\\0')\n")
program("upper by unicode", "word", "print(input()[::-1].upper())\n")

# ---- endings
program("exit()", "sum", SUM + "exit()\n")
program("exit(0) early", "sum", "import sys\ninput()\nprint(sum(map(int, input().split())))\nsys.exit(0)\nprint('never')\n")
program("sys.exit(1) after", "sum", SUM + "import sys\nsys.exit(1)\n")
program("quit()", "sum", SUM + "quit()\n")
program("os._exit(0)", "sum", SUM + "import os, sys\nsys.stdout.flush()\nos._exit(0)\n")
program("raise SystemExit", "sum", SUM + "raise SystemExit\n")
program("exception after", "sum", SUM + "raise ValueError('late')\n")
program("exception before", "sum", "raise ValueError('early')\n")
program("division by zero", "sum", "print(1 // 0)\n")
program("index error", "sum", "print([][0])\n")
program("recursion", "sum", "def f(n):\n    return n if n == 0 else 1 + f(n - 1)\ninput()\nf(20000)\nprint(sum(map(int, input().split())))\n")
program("bare except around all", "sum", "try:\n    input()\n    print(sum(map(int, input().split())))\nexcept:\n    pass\n")
program("assert false", "sum", "assert False, 'no'\n")
program("atexit prints", "sum", "import atexit\ninput()\nx = sum(map(int, input().split()))\natexit.register(lambda: print(x))\n")
program("thread joined", "sum", "import threading\ndef main():\n    input()\n    print(sum(map(int, input().split())))\nt = threading.Thread(target=main)\nt.start()\nt.join()\n")
program("thread not joined", "sum", "import threading, time\ndef main():\n    time.sleep(0.1)\n    input()\n    print(sum(map(int, input().split())))\nthreading.Thread(target=main).start()\n")
program("stack size thread", "sum", "import sys, threading\nthreading.stack_size(1 << 26)\nsys.setrecursionlimit(1 << 20)\ndef main():\n    input()\n    print(sum(map(int, input().split())))\nt = threading.Thread(target=main)\nt.start()\nt.join()\n")
program("forever", "sum", "while True:\n    pass\n")
program("syntax error", "sum", "print(sum(map(int, input().split()))\n")
program("indentation error", "sum", "if True:\nprint(1)\n")
program("empty", "sum", "")
program("only a comment", "sum", "# nothing\n")
program("return outside", "sum", "return 5\n")
program("null byte", "sum", "print(1)\0\n")

# ---- shapes of programs
program("main guard", "sum", "def main():\n    input()\n    print(sum(map(int, input().split())))\n\nif __name__ == '__main__':\n    main()\n")
program("main guard, double quotes", "sum", "def main():\n    input()\n    print(sum(map(int, input().split())))\n\nif __name__ == \"__main__\":\n    main()\n")
program("main guard reversed", "sum", "def main():\n    input()\n    print(sum(map(int, input().split())))\n\nif '__main__' == __name__:\n    main()\n")
program("main guard not last", "sum", "def main():\n    input()\n    print(sum(map(int, input().split())))\n\nif __name__ == '__main__':\n    main()\nx = 1\n")
program("main called", "sum", "def main():\n    input()\n    print(sum(map(int, input().split())))\nmain()\n")
program("global in a function", "sum", "total = 0\ndef add(x):\n    global total\n    total += x\ninput()\nfor x in map(int, input().split()):\n    add(x)\nprint(total)\n")
program("global at the margin", "sum", "global total\ntotal = 0\ninput()\nfor x in map(int, input().split()):\n    total += x\nprint(total)\n")
program("recursive function", "sum", "def f(a):\n    return a[0] + f(a[1:]) if a else 0\ninput()\nprint(f(list(map(int, input().split()))))\n")
program("comprehension over names", "sum", "n = int(input())\na = list(map(int, input().split()))\nprint(sum(a[i] for i in range(n)))\n")
program("class with state", "sum", "class S:\n    t = 0\n    def add(self, x):\n        S.t += x\ns = S()\ninput()\nfor x in map(int, input().split()):\n    s.add(x)\nprint(S.t)\n")
program("future import", "sum", "from __future__ import annotations\n" + SUM)
program("import in the middle", "sum", "input()\nimport math\nprint(sum(map(int, input().split())))\n")
program("exec", "sum", "exec('input()\\nprint(sum(map(int, input().split())))')\n")
program("eval of input", "sum", "eval('input()')\nprint(eval('sum(map(int, input().split()))'))\n")
program("prelude: accumulate", "sum", "input()\nprint(list(accumulate(map(int, input().split())))[-1])\n")
program("prelude: math's pow", "sum", "input()\nprint(sum(map(int, input().split())) * pow(2, 3, 7))\n")
program("walrus and match", "sum", "input()\nmatch (s := sum(map(int, input().split()))):\n    case _:\n        print(s)\n")
program("lambda main", "sum", "(lambda: (input(), print(sum(map(int, input().split())))))()\n")
program("signal.alarm(0)", "sum", "import signal\nsignal.alarm(0)\n" + SUM)
program("numpy", "sum", "import numpy as np\ninput()\nprint(np.array(input().split(), dtype=int).sum())\n")
program("modifies sys.argv", "sum", "import sys\nsys.argv = ['x']\n" + SUM)
program("str digits", "sum", "x = str(10 ** 5000)\n" + SUM)
program("many str digits", "sum", "x = str(10 ** 60000)\n" + SUM)
program("decorated with lru_cache", "sum", "from functools import lru_cache\n@lru_cache(None)\ndef f(i):\n    return i\ninput()\nprint(sum(f(int(x)) for x in input().split()))\n")
program("function named wrapped_function", "sum", "def wrapped_function():\n    input()\n    print(sum(map(int, input().split())))\nwrapped_function()\n")

# ---- functions
program("method", "total", METHOD)
program("function", "total", "def total(nums):\n    return sum(nums)\n")
program("method without self's class", "total", "class Answer:\n    def total(self, nums):\n        return sum(nums)\n")
program("another name", "total", "class Solution:\n    def totals(self, nums):\n        return sum(nums)\n")
program("class Solution in a comment", "total", "# class Solution\ndef total(nums):\n    return sum(nums)\n")
program("prints its result", "total", "class Solution:\n    def total(self, nums):\n        print(sum(nums))\n")
program("noise on standard output", "total", "print('loading')\n" + METHOD.replace("return", "print('x')\n        return"))
program("float for an integer", "total", METHOD.replace("sum(nums)", "float(sum(nums))"))
program("text for an integer", "total", METHOD.replace("sum(nums)", "str(sum(nums))"))
program("None for nothing", "total", METHOD.replace("sum(nums)", "sum(nums) or None"))
program("wrong on the last test", "total", METHOD.replace("sum(nums)", "sum(nums) + (len(nums) == 1)"))
program("raises on one test", "total", METHOD.replace("sum(nums)", "sum(nums) if nums else nums[0]"))
program("too few parameters", "total", "class Solution:\n    def total(self):\n        return 0\n")
program("static method", "total", "class Solution:\n    @staticmethod\n    def total(nums):\n        return sum(nums)\n")
program("constructor needs arguments", "total", "class Solution:\n    def __init__(self, x):\n        pass\n    def total(self, nums):\n        return sum(nums)\n")
program("state of the instance", "total", "class Solution:\n    def __init__(self):\n        self.t = 0\n    def total(self, nums):\n        self.t += sum(nums)\n        return self.t\n")
program("state of the module", "total", "seen = []\nclass Solution:\n    def total(self, nums):\n        seen.append(1)\n        return sum(nums) if len(seen) == 1 else -1\n")
program("state in a default", "total", "class Solution:\n    def total(self, nums, seen=[]):\n        seen += nums\n        return sum(seen)\n")
program("mutates its argument", "total", METHOD.replace("return sum(nums)", "nums.append(1)\n        return sum(nums) - 1"))
program("sys.exit in a function", "total", "import sys\nclass Solution:\n    def total(self, nums):\n        sys.exit(0)\n")
program("forever in a function", "total", "class Solution:\n    def total(self, nums):\n        while True:\n            pass\n")
program("fails at load", "total", "raise ValueError\n" + METHOD)
program("tests itself at load", "total", METHOD + "\nassert Solution().total([1]) == 1\n")
program("reads input at load", "total", "n = input()\n" + METHOD)
program("generator", "pairs", "class Solution:\n    def pairs(self, a):\n        for x, y in zip(a, a[1:]):\n            yield [x, y]\n")
program("list of lists", "pairs", "class Solution:\n    def pairs(self, a):\n        return [[x, y] for x, y in zip(a, a[1:])]\n")
program("list of tuples", "pairs", "class Solution:\n    def pairs(self, a):\n        return list(zip(a, a[1:]))\n")
program("tuple of lists", "pairs", "class Solution:\n    def pairs(self, a):\n        return tuple([x, y] for x, y in zip(a, a[1:]))\n")
program("deque", "pairs", "class Solution:\n    def pairs(self, a):\n        return deque([[x, y] for x, y in zip(a, a[1:])])\n")
program("list subclass", "pairs", "class L(list):\n    pass\nclass Solution:\n    def pairs(self, a):\n        return L([x, y] for x, y in zip(a, a[1:]))\n")
program("None for an empty list", "pairs", "class Solution:\n    def pairs(self, a):\n        return [[x, y] for x, y in zip(a, a[1:])] or None\n")
program("equal to everything", "pairs", "class Yes:\n    def __eq__(self, other):\n        return True\nclass Solution:\n    def pairs(self, a):\n        return Yes()\n")
program("equal to everything, inside", "pairs", "class Yes(list):\n    def __eq__(self, other):\n        return True\nclass Solution:\n    def pairs(self, a):\n        return [Yes() for _ in a[1:]]\n")
program("mean", "mean", "class Solution:\n    def mean(self, a):\n        return sum(a) / len(a)\n")
program("mean as Fraction", "mean", "from fractions import Fraction\nclass Solution:\n    def mean(self, a):\n        return Fraction(sum(a), len(a))\n")
program("mean as Decimal", "mean", "from decimal import Decimal\nclass Solution:\n    def mean(self, a):\n        return Decimal(sum(a)) / len(a)\n")
program("mean off by little", "mean", "class Solution:\n    def mean(self, a):\n        return sum(a) / len(a) + 1e-12\n")
program("mean nan", "mean", "class Solution:\n    def mean(self, a):\n        return float('nan')\n")
program("Counter", "count", "class Solution:\n    def count(self, s):\n        return Counter(s)\n")
program("defaultdict", "count", "class Solution:\n    def count(self, s):\n        d = defaultdict(int)\n        for c in s:\n            d[c] += 1\n        return d\n")
program("dict in another order", "count", "class Solution:\n    def count(self, s):\n        return {c: s.count(c) for c in sorted(set(s), reverse=True)}\n")
program("dict items", "count", "class Solution:\n    def count(self, s):\n        return list(Counter(s).items())\n")
program("not", "flip", "class Solution:\n    def flip(self, b):\n        return not b\n")
program("integer for a boolean", "flip", "class Solution:\n    def flip(self, b):\n        return 1 - b\n")
program("text for a boolean", "flip", "class Solution:\n    def flip(self, b):\n        return str(not b)\n")
program("big integer", "power", "class Solution:\n    def power(self, n):\n        return 2 ** n\n")
program("big float", "power", "class Solution:\n    def power(self, n):\n        return 2.0 ** n\n")
program("big float, off by one", "power", "class Solution:\n    def power(self, n):\n        return 2 ** n + (n > 60)\n")
program("IntEnum", "flip", "from enum import IntEnum\nclass B(IntEnum):\n    NO = 0\n    YES = 1\nclass Solution:\n    def flip(self, b):\n        return B(1 - b)\n")
program("text", "name", "class Solution:\n    def name(self, a, b):\n        return f'{a}-{b}'\n")
program("str subclass", "name", "class S(str):\n    pass\nclass Solution:\n    def name(self, a, b):\n        return S(f'{a}-{b}')\n")
program("bytes", "name", "class Solution:\n    def name(self, a, b):\n        return f'{a}-{b}'.encode()\n")
program("reads expected from frames", "name", "import sys, gc\nclass Solution:\n    def name(self, a, b):\n        f = sys._getframe()\n        while f:\n            if 'gt_out' in f.f_locals:\n                return f.f_locals['gt_out']\n            f = f.f_back\n        return None\n")
