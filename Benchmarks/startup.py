"""Time from the start of `llmbench serve --stdio` to its answer to `initialize`."""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from harness import add_llmbench_option, median, note, percentile, report, require_llmbench

TARGET_MILLISECONDS = 50
LIMIT_SECONDS = 20
REQUEST = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"clientInfo": {"name": "startup-benchmark", "version": "1"}, "capabilities": {}},
}


def framed(message: dict) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def read_message(stream) -> dict:
    length = None
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if length is None:
        sys.exit(f"the server closed its output, or was killed after {LIMIT_SECONDS} seconds, without an answer")
    return json.loads(stream.read(length))


def measure(llmbench: Path, database: Path) -> float:
    """Milliseconds until the answer to `initialize`; the server is then shut down as the protocol says."""
    start = time.perf_counter()
    process = subprocess.Popen([str(llmbench), "serve", "--stdio", "--database", str(database)],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # A server that does not answer is killed, which ends its output and so the wait for it.
    watchdog = threading.Timer(LIMIT_SECONDS, process.kill)
    watchdog.start()
    process.stdin.write(framed(REQUEST))
    process.stdin.flush()
    answer = read_message(process.stdout)
    elapsed = (time.perf_counter() - start) * 1000
    if "result" not in answer:
        watchdog.cancel()
        process.kill()
        sys.exit(f"initialize failed: {answer}")
    process.stdin.write(framed({"jsonrpc": "2.0", "id": 2, "method": "shutdown"}))
    process.stdin.write(framed({"jsonrpc": "2.0", "method": "exit"}))
    process.stdin.flush()
    process.communicate()
    watchdog.cancel()
    if process.returncode != 0:
        sys.exit(f"the server ended with code {process.returncode} after shutdown and exit")
    return elapsed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_llmbench_option(parser)
    parser.add_argument("--repeats", type=int, default=20)
    options = parser.parse_args()
    llmbench = require_llmbench(options.llmbench)

    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "startup.sqlite"
        # The first start makes the database and reads the program from the disk: it is reported, not counted.
        first = measure(llmbench, database)
        times = [measure(llmbench, database) for _ in range(options.repeats)]
    p95 = percentile(times, 0.95)
    note(f"initialize: median {median(times):.1f} ms, p95 {p95:.1f} ms, first {first:.1f} ms")
    report("start to the answer to initialize", unit="ms", llmbench=median(times), target=f"≤ {TARGET_MILLISECONDS}",
           met=median(times) <= TARGET_MILLISECONDS, p95=p95, first=first, repeats=options.repeats)


if __name__ == "__main__":
    main()
