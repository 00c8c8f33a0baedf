#!/usr/bin/env python3
"""Watches a run on a server that is running, and goes on where it was when the connection is lost.

    llmbench serve --tcp 127.0.0.1:7077 &
    python watch.py tcp://127.0.0.1:7077 20260131-080910-k3f9x2
    python watch.py tcp://127.0.0.1:7077            # the newest run

Ctrl-C ends the watching, not the run. Exit codes: 0 the run completed, 1 it did not, 130 interrupted.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from llmbench_client import AsyncClient, ConnectionLost, LLMBenchError, Progress, RunSummary, Sample

# Seconds between attempts to connect again: 1, 2, 4 … up to this.
LONGEST_PAUSE = 30.0


class Watcher:
    def __init__(self, address: str, run_id: str) -> None:
        self.address = address
        self.run_id = run_id
        self.last_sequence = 0
        self.pause = 1.0

    async def watch(self, attempts: int) -> RunSummary:
        """Attaches until the run has ended; gives up after so many attempts in a row without a sign of the server."""
        failures = 0
        while True:
            try:
                async with AsyncClient.connect(self.address) as bench:
                    failures, self.pause = 0, 1.0
                    # `latest` must stay the same run after a reconnection.
                    self.run_id = (await bench.summary(self.run_id)).run_id
                    return await bench.attach(
                        self.run_id,
                        after_sequence=self.last_sequence,
                        on_progress=self.show_progress,
                        on_sample=self.show_sample,
                    )
            except ConnectionLost as error:
                failures += 1
                if failures >= attempts:
                    raise
                print(f"{error} Again in {self.pause:.0f} s …", file=sys.stderr)
            await asyncio.sleep(self.pause)
            self.pause = min(2 * self.pause, LONGEST_PAUSE)

    def show_progress(self, progress: Progress) -> None:
        if progress.kind == "report":
            print(progress, file=sys.stderr)

    def show_sample(self, sample: Sample) -> None:
        # What was seen is not asked for again.
        self.last_sequence = max(self.last_sequence, sample.sequence or 0)
        reason = f": {sample.reason}" if sample.reason else ""
        print(f"#{sample.sequence} {sample.model} {sample.sample_id} {sample.outcome}{reason}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Watch a run.")
    parser.add_argument("address", metavar="ADDRESS", help="tcp://HOST:PORT or unix:///PATH of a running server")
    parser.add_argument("run", nargs="?", default="latest", help="the run's id (default: the newest run)")
    parser.add_argument("--attempts", type=int, default=10, help="to connect, before giving up (default: 10)")
    wanted = parser.parse_args()
    run = asyncio.run(Watcher(wanted.address, wanted.run).watch(wanted.attempts))
    for model in run.models:
        score = "no score" if model.score is None else f"{model.score:.3f} ({model.low:.3f} to {model.high:.3f})"
        print(f"{model.model}: {score}, n = {model.n}")
    print(f"Run {run.run_id} {run.status}. {run.message or ''}".rstrip())
    return 0 if run.status == "completed" else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (LLMBenchError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
