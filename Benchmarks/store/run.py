#!/usr/bin/env python3
"""Time that questions to a large results store take, from the request on standard input to the whole answer.

    Benchmarks/store/run.py [--runs 1000] [--samples 1000] [--database PATH] [--repeats 50]

The store is filled first (Benchmarks/store/fill.py); with --database PATH it is kept there, and taken as it is when it is
there already. The server is one process; every question is asked once before it is measured, and then in turn with the
others.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness import add_llmbench_option, median, note, percentile, report, require_llmbench  # noqa: E402
from store.fill import MODELS, SUITES, fill  # noqa: E402

TARGET_MILLISECONDS = 20
YEARS = {"days": 10_000, "until": "2027-01-01T00:00:00Z"}


class Server:
    """llmbench on standard streams, a JSON line each."""

    def __init__(self, llmbench: Path, database: Path):
        self.process = subprocess.Popen(
            [str(llmbench), "serve", "--stdio", "--database", str(database)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.number = 0

    def ask(self, method: str, params: dict) -> tuple[dict, float, int]:
        """The result, the milliseconds that it took and its size in bytes."""
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}
        line = (json.dumps(message) + "\n").encode()
        start = time.perf_counter()
        self.process.stdin.write(line)
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        elapsed = (time.perf_counter() - start) * 1000
        value = json.loads(answer)
        if "result" not in value:
            sys.exit(f"{method} {params}: {value.get('error')}")
        return value["result"], elapsed, len(answer)

    def resident_bytes(self) -> int | None:
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
        return int(line.split()[1]) * 1024 if line else None

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)


def page_after(server: Server, method: str, params: dict, pages: int) -> dict:
    """The parameters for a page far down a list."""
    for _ in range(pages):
        result, _, _ = server.ask(method, params)
        if not result["nextCursor"]:
            break
        params = {**params, "cursor": result["nextCursor"]}
    return params


def questions(server: Server) -> dict[str, tuple[str, dict]]:
    runs, _, _ = server.ask("results.query", {"limit": 500})
    run = runs["runs"][len(runs["runs"]) // 2]["runId"]
    query, samples, trends = "results.query", "results.samples", "results.trends"
    found = {
        "newest 50 runs": (query, {}),
        "50 runs of a suite": (query, {"suite": SUITES[1]}),
        "50 runs of a model": (query, {"model": MODELS[2]}),
        "50 completed runs of a suite and a model": (
            query, {"suite": SUITES[1], "model": MODELS[2], "status": "completed"}),
        "50 runs, page 15": (query, page_after(server, query, {}, 14)),
        "one run": ("results.get", {"runId": run}),
        "100 samples": (samples, {"runId": run}),
        "100 samples, page 8": (samples, page_after(server, samples, {"runId": run}, 7)),
        "100 failed samples": (samples, {"runId": run, "outcome": "failed"}),
        "samples with errors": (samples, {"runId": run, "outcome": "infrastructureError"}),
        "trends of all runs": (trends, YEARS),
        "trends of a suite": (trends, {**YEARS, "suite": SUITES[1]}),
        "trends of a model": (trends, {**YEARS, "model": MODELS[0]}),
        "trends of 30 days": (trends, {"days": 30, "until": "2026-04-01T00:00:00Z"}),
    }
    return found


def measure(server: Server, repeats: int) -> dict[str, tuple[list[float], int]]:
    asked = questions(server)
    for method, params in asked.values():
        server.ask(method, params)
    times = {name: ([], 0) for name in asked}
    for _ in range(repeats):
        for name, (method, params) in asked.items():
            _, elapsed, size = server.ask(method, params)
            times[name][0].append(elapsed)
            times[name] = (times[name][0], size)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_llmbench_option(parser)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--samples", type=int, default=1000, help="samples of each run")
    parser.add_argument("--database", type=Path, help="keep the store here")
    parser.add_argument("--repeats", type=int, default=50)
    options = parser.parse_args()
    llmbench = require_llmbench(options.llmbench)

    with tempfile.TemporaryDirectory() as folder:
        database = options.database or Path(folder) / "store.sqlite"
        if not database.exists():
            start = time.perf_counter()
            fill(llmbench, database, Path(folder), options.runs, options.samples)
            seconds = time.perf_counter() - start
            report("store: filled by import", unit="samples/s", llmbench=options.runs * options.samples / seconds,
                   seconds=seconds, bytes=database.stat().st_size)
        server = Server(llmbench, database)
        times = measure(server, options.repeats)
        peak = server.resident_bytes()
        server.close()
    for name, (values, size) in times.items():
        middle, p95 = median(values), percentile(values, 0.95)
        note(f"{name}: median {middle:.2f} ms, p95 {p95:.2f} ms, {size / 1000:.0f} kB")
        report(f"store: {name}", unit="ms", llmbench=middle, target=f"≤ {TARGET_MILLISECONDS}",
               met=middle <= TARGET_MILLISECONDS, p95=p95, bytes=size, repeats=options.repeats)
    if peak:
        report("store: memory of the server, at most", unit="MB", llmbench=peak / 1e6, target="≤ 100",
               met=peak <= 100e6)


if __name__ == "__main__":
    main()
