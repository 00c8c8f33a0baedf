"""What the benchmark drivers share: running llmbench and reporting a measurement."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_LLMBENCH = ROOT / ".build" / "release" / "llmbench"


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def add_llmbench_option(parser) -> None:
    parser.add_argument("--llmbench", type=Path, default=DEFAULT_LLMBENCH, metavar="PATH",
                        help="the release build to measure (default: .build/release/llmbench)")


def require_llmbench(path: Path) -> Path:
    if not os.access(path, os.X_OK):
        sys.exit(f"{path} is not there; build it with: swift build -c release --product llmbench")
    return path.resolve()


def run_json(command: list) -> dict:
    """Runs a command that prints one JSON value; its other messages are shown when it fails."""
    completed = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if completed.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with code {completed.returncode}:\n"
                 f"{completed.stderr[-4000:]}{completed.stdout[-1000:]}")
    return json.loads(completed.stdout)


def median(values: list[float]) -> float:
    return statistics.median(values)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]


def report(benchmark: str, *, unit: str, llmbench: float, peer: str | None = None, peer_value: float | None = None,
           ratio: float | None = None, target: str | None = None, met: bool | None = None, **details) -> None:
    """Prints one measurement as a line of JSON; Benchmarks/run makes a table of them.

    `ratio` is how many times better llmbench is than the peer; `met` whether the target is reached.
    """
    print(json.dumps({"benchmark": benchmark, "unit": unit, "llmbench": llmbench, "peer": peer,
                      "peerValue": peer_value, "ratio": ratio, "target": target, "met": met, "details": details}),
          flush=True)
