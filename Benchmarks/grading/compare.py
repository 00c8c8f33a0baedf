#!/usr/bin/env python3
"""Has our grader and LiveCodeBench's own judge the same programs, and says where and why they differ.

    Benchmarks/grading/compare.py [--llmbench PATH] [--reference TESTING_UTIL.py] [--json]

The reference is testing_util.py of the package nvidia-livecodebench (Benchmarks/requirements-alone.txt), or the file of
LiveCodeBench's repository given with --reference, which also knows sys.stdin.buffer. It runs each program as its own
harness does: in a fresh process, with a time limit of TIMEOUT seconds a test. Programs are harmless ones of our own
(programs.py); the reference is no sandbox.

Ours judges the same programs in both modes. The exit code is 1 where the official mode gives another verdict than the
reference for a reason that EXPLAINED does not name.
"""

import argparse
import importlib.util
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import tempfile

import programs

TIMEOUT = 2
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# Programs on which the official mode and a reference differ, and why.
OLD_INPUT = "the package's stand-in for standard input is older than the repository's, which the official mode follows"
EXPLAINED = {
    ("sys.stdin.read twice", "sum"): OLD_INPUT,
    ("readline then read", "sum"): OLD_INPUT,
    ("for line in sys.stdin", "rows"): OLD_INPUT,
    ("stdin.buffer.read", "sum"): OLD_INPUT,
    ("fileinput", "rows"): "the module remembers the first test in the reference's process; what it opens is real in ours",
    ("numpy", "sum"): "numpy is not in the sandbox: programs have the standard library",
    ("equal to everything, inside", "pairs"): "a subclass of list is taken for the list that it is: plain data leave the sandbox",
    ("reads expected from frames", "name"): "what a test should give is not in the sandbox to be read",
}


def dataset():
    lines = []
    for name, (function, tests) in programs.PROBLEMS.items():
        lines.append({
            "question_id": name, "question_title": name, "question_content": name, "platform": "atcoder", "contest_id": "c",
            "contest_date": "2024-01-01T00:00:00", "starter_code": "", "difficulty": "easy",
            "public_test_cases": json.dumps(tests), "private_test_cases": "[]",
            "metadata": json.dumps({"func_name": function} if function else {}),
        })
    return lines


def ours(llmbench, mode):
    with tempfile.TemporaryDirectory() as folder:
        data, answers = pathlib.Path(folder, "problems.jsonl"), pathlib.Path(folder, "answers.jsonl")
        data.write_text("".join(json.dumps(line) + "\n" for line in dataset()))
        answers.write_text("".join(
            json.dumps({"question_id": problem, "code": code}) + "\n" for _, problem, code in programs.PROGRAMS))
        done = subprocess.run(
            [llmbench, "grade", "--dataset", data, "--answers", answers, "--mode", mode, "--json", "--quiet",
             "--cpu-seconds", str(TIMEOUT), "--first-failure"], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{llmbench} failed: {done.stderr}{done.stdout}")
        graded = {(r["questionId"], r["index"]): r for r in json.loads(done.stdout)["results"]}
    seen, results = {}, []
    for _, problem, _ in programs.PROGRAMS:
        index = seen[problem] = seen.get(problem, -1) + 1
        results.append(graded[(problem, index)])
    return results


def run_reference(path, sample, code, connection):
    """In a process of its own: what testing_util does to this process stays in it."""
    sys.set_int_max_str_digits(50000)
    spec = importlib.util.spec_from_file_location("testing_util", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    results, metadata = module.run_test(sample, test=code, timeout=TIMEOUT)
    connection.send(([bool(r) if r in (True, False) else int(r) for r in results], str(metadata)[:300]))


def reference(path, problem, code):
    function, tests = programs.PROBLEMS[problem]
    sample = {"input_output": json.dumps({
        "inputs": [t["input"] for t in tests], "outputs": [t["output"] for t in tests], "fn_name": function})}
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=run_reference, args=(path, sample, code, sender))
    process.start()
    sender.close()
    try:
        results, metadata = receiver.recv() if receiver.poll((TIMEOUT + 1) * len(tests) + 5) else ([-1], "no answer")
    except EOFError:
        results, metadata = [-5], "the grader ended without a result"
    process.kill()
    process.join()
    passed = len(results) == len(tests) and all(r is True for r in results)
    return {"passed": passed, "code": None if passed else -2 if results[-1] is False else results[-1], "detail": metadata}


def installed_reference():
    spec = importlib.util.find_spec("livecodebench")
    if spec is None:
        sys.exit("nvidia-livecodebench is missing: pip install --no-deps nvidia-livecodebench numpy, or give --reference")
    return str(pathlib.Path(spec.origin).parent / "evaluation" / "testing_util.py")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llmbench", default=str(ROOT / ".build/release/llmbench"))
    parser.add_argument("--reference")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    path = arguments.reference or installed_reference()
    official, strict = ours(arguments.llmbench, "official"), ours(arguments.llmbench, "strict")
    rows, unexplained, agreed, same_code = [], 0, 0, 0
    for (name, problem, code), mine, honest in zip(programs.PROGRAMS, official, strict):
        theirs = reference(path, problem, code)
        agreed += theirs["passed"] == mine["passed"]
        same_code += theirs["passed"] == mine["passed"] and theirs["code"] == mine["officialCode"]
        why = EXPLAINED.get((name, problem))
        if theirs["passed"] != mine["passed"] and not why:
            unexplained += 1
        rows.append({
            "program": name, "problem": problem, "reference": theirs, "official": mine["verdict"],
            "officialCode": mine["officialCode"], "strict": honest["verdict"],
            "toldByStrict": honest["officialVerdict"], "officialDetail": mine["detail"], "why": why,
        })
    if arguments.json:
        json.dump(rows, sys.stdout, indent=1)
        return unexplained > 0
    for row in rows:
        theirs = row["reference"]
        says = "passes" if theirs["passed"] else str(theirs["code"])
        differs = theirs["passed"] != (row["official"] == "accepted")
        other_code = not differs and theirs["code"] != row["officialCode"]
        mark = "≠" if differs else "~" if other_code else " "
        line = f"{mark} {row['problem']:6} {row['program']:34} reference {says:7} official {row['official']:14} strict {row['strict']}"
        print(line + (f"   # {row['why']}" if row["why"] else ""))
        if differs and not row["why"]:
            print(f"      reference: {theirs['detail']}\n      ours: {row['officialDetail']}")
    strict_differs = sum(r["reference"]["passed"] != (r["strict"] == "accepted") for r in rows)
    print(f"{len(rows)} programs: the official mode agrees with the reference on {agreed} (same code on {same_code}), "
          f"{len(rows) - agreed - unexplained} differences explained, {unexplained} not; the strict mode judges "
          f"{strict_differs} otherwise")
    return unexplained > 0


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    sys.exit(main())
