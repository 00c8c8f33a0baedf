#!/usr/bin/env python3
"""Type checks of Vue components by `validate.vue` in a running worker, against a process of the same compiler that is
started for each file."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import ROOT, add_llmbench_option, median, note, percentile, report, require_llmbench  # noqa: E402

TARGET_MILLISECONDS = 50
TARGET_RATIO = 30


def components() -> list[str]:
    """The hand-made cases and what the fixtures expect, each a component of its own."""
    cases = (ROOT / "Fixtures" / "vue-cases.txt").read_text().split("\n=== ")
    texts = [case.split("\n", 1)[1] for case in cases]
    return texts + [path.read_text() for path in sorted((ROOT / "Fixtures" / "vue").glob("*/expected.vue"))]


class Server:
    def __init__(self, llmbench: Path, database: Path):
        self.process = subprocess.Popen(
            [str(llmbench), "serve", "--stdio", "--database", str(database)], cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.number = 0

    def validate(self, source: str) -> dict:
        self.number += 1
        request = {"jsonrpc": "2.0", "id": self.number, "method": "validate.vue", "params": {"source": source}}
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "result" not in answer or answer["result"]["status"] in ("unavailable", "crashed"):
            sys.exit(f"validate.vue failed: {json.dumps(answer)[:1000]}")
        return answer["result"]

    def worker_megabytes(self) -> float:
        """The most memory that a child of the server has had."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        peaks = [0.0]
        for child in children:
            for line in Path(f"/proc/{child}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    peaks.append(int(line.split()[1]) / 1024)
        return max(peaks)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)


def cold_milliseconds(node: str, typescript: str, folder: Path) -> float:
    file = folder / "cold.ts"
    file.write_text("interface Props { title: string; count: number }\nexport const twice = (p: Props): number => p.count * 2\n")
    start = time.perf_counter()
    subprocess.run([node, str(Path(__file__).with_name("cold.cjs")), typescript, str(file)], check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_llmbench_option(parser)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    llmbench = require_llmbench(options.llmbench)
    texts = components()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(llmbench, Path(folder) / "vue.sqlite")
        start = time.perf_counter()
        first = server.validate(texts[0])
        started = (time.perf_counter() - start) * 1000
        for text in texts[:20]:
            server.validate(text)
        warm, cold = [], []
        for round_number in range(options.rounds):
            for index, text in enumerate(texts):
                # A comment makes each one new: nothing is answered from a cache.
                start = time.perf_counter()
                server.validate(f"{text}\n<!-- {round_number}.{index} -->\n")
                warm.append((time.perf_counter() - start) * 1000)
            cold.append(cold_milliseconds("node", first["engine"]["typescriptPath"], Path(folder)))
        megabytes = server.worker_megabytes()
        server.close()
    ratio = median(cold) / median(warm)
    note(f"a component: median {median(warm):.1f} ms, p95 {percentile(warm, 0.95):.1f} ms, n {len(warm)}; the first one "
         f"{started:.0f} ms; a cold process {median(cold):.0f} ms; worker {megabytes:.0f} MB")
    report("type check of a Vue component", unit="ms", llmbench=median(warm), peer="cold TypeScript process",
           peer_value=median(cold), ratio=ratio, target=f"≤ {TARGET_MILLISECONDS} ms and ≥ {TARGET_RATIO}×",
           met=median(warm) <= TARGET_MILLISECONDS and ratio >= TARGET_RATIO, p95=percentile(warm, 0.95), first=started,
           workerMegabytes=megabytes, n=len(warm))


if __name__ == "__main__":
    main()
