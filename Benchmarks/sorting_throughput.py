"""Samples a second of `llmbench run sorting` on recorded answers, stored, against Inspect AI on the same prompts.

A server that really sorts answers once, while llmbench records; then each side works through the same prompts and
answers with no model behind it. llmbench's time is that of its whole process, start-up and the store included.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from harness import ROOT, add_llmbench_option, median, note, report, require_llmbench, run_json
from sorting_model import SortingModel

PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
TARGET_PER_SECOND = 10000


def record(options: argparse.Namespace, recording: Path, database: Path) -> list[tuple[str, str]]:
    """Makes the recording; returns the prompts with their right answers."""
    note(f"Recording {options.samples} answers …")
    with SortingModel() as model:
        result = run_json([
            options.llmbench, "run", "sorting", "--model", "local/sorter", "--base-url", model.base_url,
            *size_options(options), "--concurrency", "16", "--record", recording, "--database", database, "--json"])
        require_all_passed(result, options.samples, "the recording run")
        return list(model.answers.items())


def size_options(options: argparse.Namespace) -> list[str]:
    return ["--sizes", str(options.size), "--samples", str(options.samples), "--seed", "7"]


def require_all_passed(result: dict, samples: int, what: str) -> None:
    """A run that did not do all its work must not count as a fast one."""
    passed = result["models"][0]["passed"]
    if passed != samples:
        sys.exit(f"{what} passed {passed} of {samples} samples: {json.dumps(result)[:2000]}")


def measure_llmbench(options: argparse.Namespace, recording: Path, folder: Path) -> float:
    rates = []
    for number in range(options.repeats):
        database = folder / f"replay-{number}.sqlite"
        start = time.perf_counter()
        result = run_json([
            options.llmbench, "run", "sorting", "--model", f"replay/{recording}", *size_options(options),
            "--database", database, "--json"])
        rates.append(options.samples / (time.perf_counter() - start))
        require_all_passed(result, options.samples, "the replay")
        note(f"llmbench: {rates[-1]:,.0f} samples/s")
    return median(rates)


def measure_inspect(options: argparse.Namespace, pairs: list[tuple[str, str]], folder: Path) -> dict:
    if not PEER_PYTHON.exists():
        sys.exit("Inspect AI is not installed; Benchmarks/run installs it into .venv-bench")
    note(f"Running Inspect AI on {len(pairs)} samples, which takes a minute or two …")
    file = folder / "pairs.json"
    file.write_text(json.dumps(pairs))
    result = run_json([PEER_PYTHON, Path(__file__).with_name("inspect_sorting.py"), file])
    if result["samples"] != len(pairs) or result["accuracy"] != 1:
        sys.exit(f"Inspect AI did not pass every sample: {result}")
    note(f"Inspect AI: {result['samples'] / result['seconds']:,.0f} samples/s")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_llmbench_option(parser)
    parser.add_argument("--samples", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=10, help="numbers in each list")
    parser.add_argument("--repeats", type=int, default=3, help="runs of llmbench, of which the median counts")
    options = parser.parse_args()
    options.llmbench = require_llmbench(options.llmbench)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording = folder / "sorting.jsonl"
        pairs = record(options, recording, folder / "record.sqlite")
        ours = measure_llmbench(options, recording, folder)
        peer = measure_inspect(options, pairs, folder)
    peer_rate = peer["samples"] / peer["seconds"]
    report("sorting samples, recorded and stored", unit="samples/s", llmbench=ours,
           peer=f"Inspect AI {peer['version']}", peer_value=peer_rate, ratio=ours / peer_rate,
           target=f"≥ {TARGET_PER_SECOND}", met=ours >= TARGET_PER_SECOND,
           samples=options.samples, repeats=options.repeats)


if __name__ == "__main__":
    main()
