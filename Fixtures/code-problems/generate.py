#!/usr/bin/env python3
"""Writes the datasets of this folder anew: small problems of our own, in the formats of the published sets.

    Fixtures/code-problems/generate.py
"""

import base64
import gzip
import json
import os
import pathlib
import pickle
import zlib

HERE = pathlib.Path(__file__).parent


def packed(tests, protocol=4):
    """Private tests as LiveCodeBench packs them."""
    return base64.b64encode(zlib.compress(pickle.dumps(json.dumps(tests), protocol=protocol))).decode()


def stdin(*pairs):
    return [{"input": i, "output": o, "testtype": "stdin"} for i, o in pairs]


def functional(*pairs):
    return [{"input": "\n".join(json.dumps(a) for a in i), "output": json.dumps(o), "testtype": "functional"} for i, o in pairs]


def problem(question_id, title, content, platform, difficulty, date, public, private, starter="", function=None):
    return {
        "question_title": title,
        "question_content": content,
        "platform": platform,
        "question_id": question_id,
        "contest_id": question_id.split("_")[0],
        "contest_date": date,
        "starter_code": starter,
        "difficulty": difficulty,
        "public_test_cases": json.dumps(public),
        "private_test_cases": private,
        "metadata": json.dumps({"func_name": function} if function else {}),
    }


def problems():
    numbers = list(range(1, 20_001))
    return [
        problem(
            "own100_a", "Sum of a line", "Given whole numbers on one line, print their sum.",
            "atcoder", "easy", "2024-05-04T21:00:00",
            stdin(("1 2 3\n", "6\n"), ("0\n", "0\n")), packed(stdin(("-5 5\n", "0"), ("10 20 30 40\n", "100")))),
        problem(
            "own100_b", "Halves", "For each of the n numbers that follow n, one a line, print its half as a decimal.",
            "codeforces", "medium", "2024-08-01T00:00:00",
            stdin(("2\n1\n4\n", "0.5\n2.0\n")), packed(stdin(("1\n7\n", "3.5"), ("3\n2\n2\n3\n", "1.0\n1\n1.50")), 2)),
        problem(
            "2901", "running-total", "Return the list of running totals of nums.",
            "leetcode", "easy", "2024-08-31T19:30:00",
            functional(([[1, 2, 3]], [1, 3, 6])),
            packed(functional(([[]], []), ([numbers], [n * (n + 1) // 2 for n in numbers])), 5),
            "class Solution:\n    def runningTotal(self, nums: List[int]) -> List[int]:\n        ", "runningTotal"),
        problem(
            "2902", "power-of-two", "Return 2 to the power of n.",
            "leetcode", "hard", "2025-01-12T08:00:00",
            functional(([3], 8)), json.dumps(functional(([100], 2**100), ([0], 1))),
            "class Solution:\n    def powerOfTwo(self, n: int) -> int:\n        ", "powerOfTwo"),
        problem(
            "abc337_e", "Guess with a judge", "Ask the judge, who does not answer here.",
            "atcoder", "hard", "2024-01-20T21:00:00", stdin(("1\n", "1\n")), json.dumps([])),
    ]


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def broken():
    good = problems()[0]
    other = dict(good, question_id="own200_b")
    without = {k: v for k, v in good.items() if k != "private_test_cases"}
    text = lines([good, dict(good)])  # 1, 2: the same id twice
    text += json.dumps(dict(without, question_id="own200_c")) + "\n"  # 3: a member is missing
    text += json.dumps(other)[:200] + "\n"  # 4: cut short
    text += "\n"  # 5: blank
    text += lines([dict(good, question_id="own200_d", private_test_cases="@@@@")])  # 6: neither JSON nor base64
    evil = b"cos\nsystem\n(S'touch /tmp/llmbench-pickle-ran'\ntR."
    text += lines([dict(good, question_id="own200_e", private_test_cases=base64.b64encode(zlib.compress(b"\x80\x04" + evil)).decode())])  # 7
    text += lines([dict(good, question_id="own200_f", public_test_cases="[]", private_test_cases="[]")])  # 8: no test
    text += lines([dict(good, question_id="own200_g", contest_date="soon", difficulty="brutal")])  # 9: warnings
    text += "[1, 2]\n"  # 10: no object
    bomb = zlib.compress(pickle.dumps("[" + " " * 1000 + "]"))[:-4]
    text += lines([dict(good, question_id="own200_h", private_test_cases=base64.b64encode(bomb).decode())])  # 11: cut short
    return text


def human_eval():
    return [
        {
            "task_id": "Own/0", "entry_point": "double_all",
            "prompt": "from typing import List\n\n\ndef double_all(numbers: List[int]) -> List[int]:\n"
            "    \"\"\" Return a list of each number doubled.\n    >>> double_all([1, 2])\n    [2, 4]\n    \"\"\"\n",
            "canonical_solution": "    return [2 * n for n in numbers]\n",
            "test": "def check(candidate):\n    assert candidate([1, 2]) == [2, 4]\n    assert candidate([]) == []\n",
        },
        {
            "task_id": "Own/1", "entry_point": "is_even_sum",
            "prompt": "def is_even(n: int) -> bool:\n    return n % 2 == 0\n\n\n"
            "def is_even_sum(a: int, b: int) -> bool:\n    \"\"\" Whether a + b is even, by is_even. \"\"\"\n",
            "canonical_solution": "    return is_even(a + b)\n",
            "test": "def check(candidate):\n    assert candidate(1, 2) is False\n    assert candidate(2, 2) is True\n",
        },
    ]


def mbpp():
    return [
        {
            "text": "Write a function to square a number.", "task_id": 9001, "test_setup_code": "import math",
            "code": "def square(n):\n    return n * n\n", "challenge_test_list": [],
            "test_list": ["assert square(3) == 9", "assert math.isclose(square(0.5), 0.25)", "assert square(-2) == 4"],
        },
        {
            "text": "Write a function to reverse a text.", "task_id": 9002, "test_setup_code": "", "challenge_test_list": [],
            "code": "def backwards(text):\n    return text[::-1]\n",
            "test_list": ["assert backwards('abc') == 'cba'", "assert backwards('') == ''"],
        },
    ]


def folder():
    def write(name, text):
        path = HERE / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    write("greatest/statement.md", "# Greatest\n\nPrint the greatest of the numbers on the line.\n")
    write("greatest/problem.json", json.dumps({"title": "Greatest", "difficulty": "easy", "date": "2025-02-01"}) + "\n")
    write("greatest/tests/sample.in", "3 1 2\n")
    write("greatest/tests/sample.out", "3\n")
    write("greatest/tests/1-negative.in", "-3 -1 -2\n")
    write("greatest/tests/1-negative.out", "-1\n")
    write("greatest/right/max.py", "print(max(map(int, input().split())))\n")
    write("greatest/wrong/first.py", "print(input().split()[0])\n")
    write("greatest/wrong/abs.py", "print(max(map(int, input().split()), key=abs))\n")
    write("swap/statement.md", "Return the pair (a, b) as [b, a].\n")
    write("swap/problem.json", json.dumps({"title": "Swap", "function": "swap"}) + "\n")
    write("swap/starter.py", "def swap(a, b):\n    pass\n")
    write("swap/tests/1.in", "1\n\"x\"")
    write("swap/tests/1.out", "[\"x\", 1]\n")
    write("swap/right/swap.py", "def swap(a, b):\n    return b, a\n")
    write("swap/wrong/same.py", "def swap(a, b):\n    return a, b\n")


os.chdir(HERE)
(HERE / "lcb.jsonl").write_text(lines(problems()))
(HERE / "lcb-broken.jsonl").write_text(broken())
with open("humaneval.jsonl.gz", "wb") as file:
    with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed_file:
        packed_file.write(lines(human_eval()).encode())
(HERE / "mbpp.jsonl").write_text(lines(mbpp()))
(HERE / "mbpp-sanitized.json").write_text(json.dumps([
    {"source_file": "own", "task_id": 9001, "prompt": "Write a function to square a number.", "code": mbpp()[0]["code"],
     "test_imports": ["import math"], "test_list": mbpp()[0]["test_list"]}], indent=1) + "\n")
(HERE / "template.txt").write_text("Task ({{kind}}): {{statement}}\n")
folder()
