#!/usr/bin/env python3
"""Counts the tokens of the same texts with `llmbench serve` and with tiktoken, and prints ratios.

    Benchmarks/tokens/run.py [--llmbench PATH] [--rounds N]

The texts are JSON, prose and code of this machine: records and documents of this checkout, the help topics and the files
of Python's library. Both sides are warm and have the text ready: llmbench reads it from a file for each count
(`tokens.count`), tiktoken has it in memory (`encode_ordinary`, one thread). They take turns; the best round counts. The
numbers of tokens must be the same.

Then texts that are one long piece, of 1 and of 16 MB: the time for a byte may grow by half at the most.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent / "scripts")]

import harness
import tiktoken_peer

TARGET = 5.0
LINEAR_TARGET = 1.5
TEXT_BYTES = 4_000_000


class Server:
    def __init__(self, llmbench):
        self.process = subprocess.Popen(
            [llmbench, "serve", "--stdio", "--database", tiktoken_peer.temporary_file("results.sqlite")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def count(self, path, encoding):
        """The tokens of a file, and the seconds until the answer."""
        request = {"jsonrpc": "2.0", "id": 1, "method": "tokens.count", "params": {"path": path, "encoding": encoding}}
        line = json.dumps(request).encode() + b"\n"
        start = time.perf_counter()
        self.process.stdin.write(line)
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        seconds = time.perf_counter() - start
        return json.loads(answer)["result"]["tokens"], seconds

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def files_text(folder, patterns, size):
    """Files one behind the other, those of no UTF-8 left out, up to some bytes."""
    parts, total = [], 0
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            try:
                part = path.read_text(encoding="utf-8")
            except (UnicodeDecodeError, OSError):
                continue
            parts.append(part)
            total += len(part.encode())
            if total >= size:
                return "".join(parts)
    return "".join(parts)


def records(count):
    """JSON of no two equal records, as programs write it."""
    chance = random.Random(1)
    words = files_text(harness.ROOT, ["README.md", "docs/*.md"], TEXT_BYTES).split()
    for number in range(count):
        yield {
            "id": number, "customer": " ".join(chance.sample(words, 2)), "total": round(chance.uniform(1, 2000), 2),
            "date": f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}", "paid": chance.random() < 0.5,
            "items": [{"sku": f"{chance.randrange(1 << 32):08x}", "quantity": chance.randrange(1, 9)}
                      for _ in range(chance.randrange(4))],
        }


def texts():
    library = pathlib.Path(os.__file__).parent
    made = json.dumps(list(records(9000)), indent=2, ensure_ascii=False)
    data = files_text(harness.ROOT, ["Protocol/openrpc.json"], TEXT_BYTES) + made
    prose = files_text(harness.ROOT, ["*.md", "*/*.md", "*/*/*.md"], TEXT_BYTES)
    prose += files_text(library, ["pydoc_data/topics.py", "**/*.txt", "**/METADATA", "**/*.rst"], TEXT_BYTES - len(prose))
    code = files_text(harness.ROOT, ["Sources/**/*.swift"], TEXT_BYTES // 2)
    code += files_text(library, ["*.py", "*/*.py"], TEXT_BYTES - len(code))
    made = {"JSON": data, "prose": prose, "code": code}
    return {**made, "mixed": "".join(made.values())}


def compare(server, encodings, rounds):
    for kind, text in texts().items():
        path = write(text)
        size = len(text.encode())
        for name, encoding in encodings.items():
            own, peer = [], []
            for _ in range(rounds):
                start = time.perf_counter()
                expected = len(encoding.encode_ordinary(text))
                peer.append(time.perf_counter() - start)
                counted, seconds = server.count(path, name)
                own.append(seconds)
                if counted != expected:
                    sys.exit(f"{kind}, {name}: {counted} tokens, tiktoken has {expected}")
            ratio = min(peer) / min(own)
            harness.report(
                f"tokens: {kind}, {name}", unit="MB/s", llmbench=round(size / min(own) / 1e6, 1), peer="tiktoken",
                peer_value=round(size / min(peer) / 1e6, 1), ratio=round(ratio, 1),
                target=f"≥ {TARGET:g}×" if kind == "mixed" else None, met=ratio >= TARGET if kind == "mixed" else None,
                bytes=size, tokens=expected, medianRatio=round(harness.median(peer) / harness.median(own), 1))


def check_linear(server, rounds):
    letters = random.Random(2)
    cases = {
        "one letter": lambda size: "a" * size, "spaces": lambda size: " " * size, "line ends": lambda size: "\n" * size,
        "two letters": lambda size: "ab" * (size // 2), "one sign": lambda size: "=" * size,
        "capitals after a letter without case": lambda size: "漢" + "A" * size,
        "random letters": lambda size: "".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=size)),
        "Chinese": lambda size: "".join(chr(letters.randrange(0x4E00, 0x9FA6)) for _ in range(size // 3)),
    }
    for name in tiktoken_peer.ENCODINGS:
        for kind, make in cases.items():
            each = []
            for size in (1_000_000, 16_000_000):
                path = write(make(size))
                each.append(min(server.count(path, name)[1] for _ in range(rounds)) / size)
            growth = each[1] / each[0]
            harness.report(
                f"tokens: one piece, {kind}, {name}", unit="MB/s", llmbench=round(1 / each[1] / 1e6, 1),
                target=f"a byte of 16 MB ≤ {LINEAR_TARGET:g}× one of 1 MB", met=growth <= LINEAR_TARGET,
                growth=round(growth, 2))


def write(text):
    path = tiktoken_peer.temporary_file("text")
    pathlib.Path(path).write_bytes(text.encode())
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    harness.add_llmbench_option(parser)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    encodings = tiktoken_peer.load()
    server = Server(harness.require_llmbench(options.llmbench))
    for name, encoding in encodings.items():  # Both are warm.
        server.count(write("Some words."), name)
        encoding.encode_ordinary("Some words.")
    compare(server, encodings, options.rounds)
    check_linear(server, max(2, options.rounds - 2))
    server.end()


main()
