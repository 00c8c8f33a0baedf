#!/usr/bin/env python3
"""The most memory that llmbench takes for runs of very many samples: what a run of a thousand takes it should take for one of
millions.

    Benchmarks/memory/run.py [--samples 200000,1000000,2000000] [--keep FOLDER]

Answers come from a recording that is made here. A run goes to its end; another is killed half way and resumed; its answers
are judged again; then the two are shown, compared, reported, exported and imported elsewhere. Memory is `VmHWM` of each
process, read from /proc until it ends.
"""

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness import add_llmbench_option, note, report, require_llmbench  # noqa: E402
from memory import recording  # noqa: E402

TARGET_BYTES = 100_000_000
LIST_SIZE = 3
# A suite makes at most so many; more come from asking each several times.
MOST_SAMPLES = 1_000_000


class Measured:
    """A process with its peak of resident memory, in bytes, and its time."""

    def __init__(self, command: list, kill_when=None):
        self.peak = 0
        start = time.perf_counter()
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen([str(part) for part in command], stdout=output, stderr=errors)
            while process.poll() is None:
                self.peak = max(self.peak, resident(process.pid))
                if kill_when is not None and kill_when():
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                time.sleep(0.01)
            self.seconds = time.perf_counter() - start
            self.code = process.returncode
            errors.seek(0)
            self.errors = errors.read()[-3000:].decode(errors="replace")
            output.seek(0)
            self.output = output.read(4_000_000)
        if self.code not in ((0, -signal.SIGKILL) if kill_when is not None else (0,)):
            sys.exit(f"{' '.join(map(str, command))}\nended with code {self.code}:\n{self.errors}")


def resident(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


class Scale:
    """All that is measured with runs of one number of samples."""

    def __init__(self, llmbench: Path, folder: Path, samples: int):
        self.llmbench = llmbench
        self.folder = folder
        self.samples = samples
        self.epochs = -(-samples // MOST_SAMPLES)
        self.database = folder / f"runs-{samples}.sqlite"
        self.recording = folder / f"sorting-{samples}.jsonl"

    def measure(self) -> None:
        if not self.recording.exists():
            note(f"Making {self.samples:,} answers …")
            recording.write(self.recording, LIST_SIZE, self.samples // self.epochs, self.epochs)
        self.step("run", self.run())
        first = self.run_ids()[0]
        Measured(self.command(*self.run()), kill_when=lambda: self.last_stored() > self.samples * 1.5)
        second = next(name for name in self.run_ids() if name != first)
        left = self.samples - self.stored(second)
        note(f"killed with {left:,} left")
        self.step("resume", ["resume", second], samples=left)
        self.check(second)
        self.step("rescore", ["rescore", second])
        self.step("show", ["results", "show", second])
        self.step("compare", ["results", "compare", first, second])
        self.step("compare latencies", ["results", "compare", first, second, "--metric", "latencyMilliseconds"])
        for kind in ("md", "html", "csv", "xml", "jsonl", "json"):
            self.step(f"report, {kind}", ["report", second, "--output", self.folder / f"report.{kind}"])
        exported = self.folder / "exported.jsonl"
        self.step("export", ["results", "export", second, "--output", exported])
        self.step("import", ["results", "import", exported], database=self.folder / "imported.sqlite")
        for path in self.folder.iterdir():
            if path.name.startswith(("report.", "exported", "imported", "runs-")):
                path.unlink()

    def run(self) -> list:
        return ["run", "sorting", "--model", f"replay/{self.recording}", "--sizes", LIST_SIZE, "--samples",
                self.samples // self.epochs, "--seed", recording.SEED, "--epochs", self.epochs]

    def command(self, *arguments, database: Path | None = None) -> list:
        return [self.llmbench, *arguments, "--database", database or self.database, "--quiet", "--json"]

    def step(self, name: str, arguments: list, database: Path | None = None, samples: int | None = None) -> Measured:
        done = Measured(self.command(*arguments, database=database))
        rate = (self.samples if samples is None else samples) / done.seconds
        note(f"{self.samples:,} samples, {name}: {done.peak / 1e6:.1f} MB, {done.seconds:.1f} s")
        report(f"memory: {self.samples:,} samples, {name}", unit="MB", llmbench=done.peak / 1e6, target="≤ 100",
               met=done.peak <= TARGET_BYTES, seconds=done.seconds, samplesPerSecond=rate)
        return done

    def query(self, text: str, *values) -> list:
        with sqlite3.connect(self.database) as store:
            return store.execute(text, values).fetchall()

    def run_ids(self) -> list[str]:
        return [row[0] for row in self.query("SELECT id FROM benchmark_runs ORDER BY started_at_ms, id")]

    def last_stored(self) -> int:
        return self.query("SELECT coalesce(max(id), 0) FROM problem_results")[0][0]

    def stored(self, run: str) -> int:
        return self.query("SELECT count(*) FROM problem_results WHERE run_id = ?", run)[0][0]

    def check(self, run: str) -> None:
        """A resumed run has every sample, and asked none that it had: a number is given to each that is stored."""
        count, last = self.query("SELECT count(*), max(sequence) FROM problem_results WHERE run_id = ?", run)[0]
        if count != self.samples or last != self.samples:
            sys.exit(f"the resumed run has {count:,} samples of {self.samples:,} and stored {last:,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_llmbench_option(parser)
    parser.add_argument("--samples", default="200000,1000000,2000000", help="sizes of the runs")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the recordings here")
    options = parser.parse_args()
    llmbench = require_llmbench(options.llmbench)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for samples in options.samples.split(","):
            Scale(llmbench, folder, int(samples)).measure()


if __name__ == "__main__":
    main()
