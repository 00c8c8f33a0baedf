#!/usr/bin/env python3
"""Compares TOON encoding and decoding with the reference implementation, on the same data in the same run.

    Benchmarks/toon/run.py --llmbench .build/release/llmbench --toon PATH/TO/toon [--deno .venv/bin/deno]

The reference is a checkout of https://github.com/toon-format/toon (nothing to build), run by Deno. The data is made here,
the same every time: tables, nested orders, time series, logs, flags by key and contacts with groups.

Both sides are measured within one process that is warm, in turns, by the clock, and the best of several rounds counts:
- encode: from a value in memory to the text in memory. llmbench says so as `writeSeconds` of `data.encode`.
- decode: from the text to a value. llmbench reads it from the file, which counts too (`readSeconds`); the reference has it
  in memory.
The texts of both must be the same to the byte, and so must what they read. Exit code 1 if they are not.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

TARGETS = {"encode": 8.0, "decode": 30.0}
NAMES = ["Ada Lovelace", "Bob Smith", "Cyd Charisse", "Dee Dee Bridgewater", "Eve O'Hara", "Zoë Müller", "王小明"]


def datasets(size):
    """The data by name; `size` is about the rows of each."""
    chance = random.Random(12345)
    day = lambda: f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"  # noqa: E731
    money = lambda low, high: round(chance.uniform(low, high), 2)  # noqa: E731
    return {
        "tabular": {"employees": [
            {"id": index + 1, "name": chance.choice(NAMES), "email": f"employee{index}@example.com",
             "department": chance.choice(["Engineering", "Sales", "Human Resources"]),
             "salary": chance.randint(45000, 150000), "yearsExperience": chance.randint(1, 25),
             "active": chance.random() < 0.8} for index in range(size)]},
        "nested": {"orders": [
            {"orderId": f"ORD-{index:05}",
             "customer": {"id": index % 20, "name": chance.choice(NAMES), "email": f"c{index % 20}@example.com",
                          "phone": f"+1-555-{index % 20:04}"},
             "items": [{"sku": f"SKU-{chance.randint(0, 999):03}", "name": "Ergonomic, adjustable chair",
                        "quantity": chance.randint(1, 5), "price": money(9.99, 199.99)}
                       for _ in range(chance.randint(1, 4))],
             "subtotal": money(10, 800), "tax": money(1, 80), "total": money(11, 880),
             "status": chance.choice(["pending", "shipped", "delivered"]), "orderDate": day()}
            for index in range(size // 3)]},
        "analytics": {"metrics": [
            {"date": day(), "views": chance.randint(1000, 9000), "clicks": chance.randint(50, 700),
             "conversions": chance.randint(1, 90), "revenue": money(100, 9000), "bounceRate": money(0.3, 0.7)}
            for _ in range(size)]},
        "logs": {"logs": [
            {"timestamp": f"{day()}T10:{chance.randint(10, 59)}:00Z", "level": chance.choice(["info", "warn"]),
             "endpoint": chance.choice(["/api/users", "/api/orders"]), "statusCode": chance.choice([200, 404, 500]),
             "responseTime": chance.randint(5, 3000), "userId": chance.randint(1000, 9999),
             **({"error": {"message": "Database: connection timed out", "stack": "at a.js:1\n at b.js:2", "retryable": True}}
                if chance.random() < 0.3 else {})} for _ in range(size // 2)]},
        "keyed": {f"flag_{index}": {"enabled": chance.random() < 0.5, "rollout": chance.randint(0, 100),
                                    "owner": chance.choice(NAMES)} for index in range(size)},
        "groups": {"contacts": [
            {"id": index, "name": chance.choice(NAMES),
             "address": {"street": f"{index} Main Street", "city": "Oslo", "geo": {"lat": money(50, 60), "lon": money(5, 15)}}}
            for index in range(size)]},
    }  # fmt: skip


class Server:
    """`llmbench serve --stdio`, one JSON object a line."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [str(program), "serve", "--stdio", "--database", ":memory:"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.last = 0
        self.call("initialize", {"clientName": "benchmark", "protocolVersion": 1})

    def call(self, method, params):
        self.last += 1
        print(json.dumps({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}),
              file=self.process.stdin, flush=True)
        while line := self.process.stdout.readline():
            message = json.loads(line)
            if message.get("id") == self.last:
                if "error" in message:
                    sys.exit(f"{method}: {message['error']['message']}")
                return message["result"]
        sys.exit("llmbench ended")

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)


def own(server, path, rounds):
    """The best seconds of llmbench, and leaves PATH.toon and PATH.back."""
    encode, decode = [], []
    for _ in range(rounds):
        encode.append(server.call("data.encode", {"format": "toon", "path": str(path), "output": f"{path}.toon"})["writeSeconds"])
        decode.append(server.call("data.encode", {"format": "json-compact", "from": "toon", "path": f"{path}.toon",
                                                  "output": f"{path}.back"})["readSeconds"])
    return {"encode": min(encode), "decode": min(decode)}


def same(path):
    def text(ending):
        return pathlib.Path(f"{path}{ending}").read_bytes().removesuffix(b"\n")

    return text(".toon") == text(".reference.toon") and text(".back") == text(".reference.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    harness.add_llmbench_option(parser)
    parser.add_argument("--toon", required=True, type=pathlib.Path, help="checkout of toon-format/toon")
    parser.add_argument("--deno", default=str(harness.ROOT / ".venv" / "bin" / "deno"))
    parser.add_argument("--size", type=int, default=20_000, help="rows of each table (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of both sides (default %(default)s)")
    options = parser.parse_args()
    llmbench = harness.require_llmbench(options.llmbench)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, value in datasets(options.size).items():
            path = pathlib.Path(folder, f"{name}.json")
            path.write_text(json.dumps(value, ensure_ascii=False))
            paths.append(path)
        best = {path: {} for path in paths}
        for _ in range(options.rounds):
            server = Server(llmbench)
            for path in paths:
                for work, seconds in own(server, path, 5).items():
                    best[path][work] = min(seconds, best[path].get(work, seconds))
            server.close()
            lines = subprocess.run(
                [options.deno, "run", "-A", "--no-check", "--quiet", HERE / "reference.ts", options.toon.resolve(), "8", *paths],
                check=True, capture_output=True, text=True).stdout.splitlines()
            for path, line in zip(paths, map(json.loads, lines), strict=True):
                best[path]["bytes"] = line["bytes"]
                for work in TARGETS:
                    name = f"reference {work}"
                    best[path][name] = min(line[work], best[path].get(name, line[work]))
        different = [path.stem for path in paths if not same(path)]
    if different:
        sys.exit(f"llmbench and the reference differ on: {', '.join(different)}")
    for work, target in TARGETS.items():
        for path in paths:
            mine, other = best[path][work], best[path][f"reference {work}"]
            megabytes = best[path]["bytes"] / 1e6
            harness.report(f"toon {work} {path.stem}", unit="MB/s", llmbench=megabytes / mine, peer="toon-format/toon",
                           peer_value=megabytes / other, ratio=other / mine)
        mine, other = (sum(best[path][key] for path in paths) for key in (work, f"reference {work}"))
        megabytes = sum(best[path]["bytes"] for path in paths) / 1e6
        harness.report(f"toon {work}, all", unit="MB/s", llmbench=megabytes / mine, peer="toon-format/toon",
                       peer_value=megabytes / other, ratio=other / mine, target=f">= {target:.0f}x", met=other / mine >= target)


if __name__ == "__main__":
    main()
