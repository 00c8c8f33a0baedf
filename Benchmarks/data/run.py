#!/usr/bin/env python3
"""Compares `llmbench data` with its peers on the same file in the same run, and prints ratios.

    Benchmarks/data/run.py --llmbench .build/release/llmbench --avsc PATH/TO/avsc --polars-python PATH/TO/python

Peers: polars (any Python that can import it, by default the one that runs this) and avsc (a checkout of
https://github.com/mtth/avsc; plain JavaScript, nothing to build). A peer that is missing is left out with a note.

Each figure is the best of several runs, in turns, so that a busy moment of the machine does not hit one side alone.
"work" is what a program says it spent on the work, "process" the wall time of the whole process with its start.
llmbench starts anew for each run; the peers' "best" is of a process that is already warm, "first" of one that is not.
All results are compared with each other. Exit code 1 if results differ, or with --check if a target is missed.
"""

import argparse
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGETS = {"process / polars": 5.0, "process / avsc": 40.0, "generate / avsc": 20.0}
MEMORY_TARGET_MIB = 64


def measure(command):
    """Runs a command: (its output as JSON, wall seconds, peak memory in MiB)."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=output)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{command[0]} failed with exit code {child.returncode}: {' '.join(map(str, command))}")
        output.seek(0)
        scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return json.load(output), seconds, usage.ru_maxrss / scale


class Figures:
    """The best of each figure over all rounds."""

    def __init__(self):
        self.best = {}

    def add(self, name, value):
        self.best[name] = min(value, self.best.get(name, math.inf))

    def __getitem__(self, name):
        return self.best[name]

    def __contains__(self, name):
        return name in self.best


def same_groups(left, right):
    return len(left) == len(right) and all(
        a["id"] == b["id"] and a["count"] == b["count"] and math.isclose(a["average"], b["average"], rel_tol=1e-9)
        for a, b in zip(sorted(left, key=lambda g: g["id"]), sorted(right, key=lambda g: g["id"])))


def round_of(options, folder, figures, memory, results):
    """One run of everybody."""
    for old in folder.glob("*.avro"):
        old.unlink()
    answer, seconds, peak = measure(
        [options.llmbench, "data", "generate", "--sizes", options.size, "--seed", "7", "--out", folder, "--json"])
    file = answer["files"][0]["path"]
    figures.add("llmbench generate", answer["files"][0]["seconds"])
    figures.add("llmbench generate process", seconds)
    memory["llmbench generate"] = max(peak, memory.get("llmbench generate", 0))
    rows = answer["files"][0]["rows"]

    answer, seconds, peak = measure([options.llmbench, "data", "process", file, "--json"])
    figures.add("llmbench process", answer["readSeconds"] + answer["processSeconds"])
    figures.add("llmbench process process", seconds)
    memory["llmbench process"] = max(peak, memory.get("llmbench process", 0))
    results["llmbench"] = answer["groups"]

    if options.polars_python:
        answer, _, peak = measure([options.polars_python, HERE / "polars_worker.py", file, options.repeat])
        figures.add("polars process", answer["best"])
        figures.add("polars process first", answer["first"])
        memory["polars process"] = max(peak, memory.get("polars process", 0))
        results["polars"] = answer["groups"]
    if options.avsc:
        answer, seconds, peak = measure([options.node, HERE / "avsc.js", options.avsc, "process", file, 3])
        figures.add("avsc process", answer["best"])
        figures.add("avsc process first", answer["first"])
        memory["avsc process"] = max(peak, memory.get("avsc process", 0))
        results["avsc"] = answer["groups"]
        target = folder / "peer.tmp"
        answer, _, peak = measure([options.node, HERE / "avsc.js", options.avsc, "generate", target, rows, 3])
        target.unlink()
        figures.add("avsc generate", answer["best"])
        figures.add("avsc generate first", answer["first"])
        memory["avsc generate"] = max(peak, memory.get("avsc generate", 0))


def report(figures, memory):
    """Prints figures and ratios; says whether every target was met."""
    print(f"{'':34}{'ms':>10}")
    for name, value in sorted(figures.best.items()):
        print(f"{name:34}{value * 1000:10.2f}")
    print(f"\n{'peak memory':34}{'MiB':>10}")
    for name, value in sorted(memory.items()):
        print(f"{name:34}{value:10.1f}")
    print(f"\n{'times faster than the peer':34}{'ratio':>10}{'target':>10}")
    met = memory["llmbench process"] < MEMORY_TARGET_MIB
    for name, target in TARGETS.items():
        work, peer = name.split(" / ")
        if f"{peer} {work}" not in figures:
            continue
        for kind in ("", " first"):
            ratio = figures[f"{peer} {work}{kind}"] / figures[f"llmbench {work}"]
            print(f"{name + kind:34}{ratio:10.1f}{target:10.0f}")
        met = met and figures[f"{peer} {work} first"] / figures[f"llmbench {work}"] >= target
    return met


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--llmbench", default=".build/release/llmbench", help="the release binary")
    parser.add_argument("--size", default="1m", help="rows, as llmbench writes sizes (default 1m)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=5, help="runs of a warm polars in each round")
    parser.add_argument("--avsc", help="a checkout of avsc")
    parser.add_argument("--node", default=shutil.which("node"))
    parser.add_argument("--polars-python", default=sys.executable, help="a Python that can import polars")
    parser.add_argument("--folder", help="where to put the files (default: a temporary folder)")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")
    return parser.parse_args()


def main():
    options = arguments()
    if not shutil.which(options.llmbench):
        sys.exit(f"{options.llmbench} is missing: build it with swift build -c release, or give --llmbench")
    if subprocess.run([options.polars_python, "-c", "import polars"], capture_output=True).returncode != 0:
        print(f"note: {options.polars_python} cannot import polars; its comparison is left out")
        options.polars_python = None
    if options.avsc and not (pathlib.Path(options.avsc) / "lib" / "index.js").exists():
        print(f"note: {options.avsc} is no checkout of avsc; its comparison is left out")
        options.avsc = None
    elif options.avsc and not options.node:
        print("note: there is no node; the comparison with avsc is left out")
        options.avsc = None
    elif not options.avsc:
        print("note: no --avsc; its comparison is left out")

    figures, memory, results = Figures(), {}, {}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for _ in range(options.rounds):
            round_of(options, pathlib.Path(folder), figures, memory, results)
    met = report(figures, memory)
    for peer, groups in results.items():
        if not same_groups(results["llmbench"], groups):
            sys.exit(f"the results of llmbench and {peer} differ")
    if options.check and not met:
        sys.exit("a target was missed")


if __name__ == "__main__":
    main()
