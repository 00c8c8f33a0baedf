"""Prints the drivers' measurements as a table and writes them as one JSON document.

usage: table.py MEASUREMENTS.jsonl RESULT.json. The exit code is 1 when a target is missed.
"""

import json
import os
import platform
import sys
import time


def text(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.1f}"


def value(measurement: dict, key: str, median: str) -> str:
    """A measurement, with the median of its rounds where it is the best of several."""
    shown = f"{text(measurement[key])} {measurement['unit']}"
    rounds = measurement["details"].get(median)
    return f"{shown} (median {text(rounds)})" if rounds is not None else shown


def row(measurement: dict) -> list[str]:
    peer = measurement["peer"]
    return [
        measurement["benchmark"],
        value(measurement, "llmbench", "median"),
        f"{peer} {value(measurement, 'peerValue', 'peerMedian')}" if peer else "–",
        f"{measurement['ratio']:.1f}×" if measurement["ratio"] is not None else "–",
        measurement["target"] or "–",
        {True: "met", False: "MISSED", None: "–"}[measurement["met"]],
    ]


def print_table(rows: list[list[str]]) -> None:
    widths = [max(len(line[column]) for line in rows) for column in range(len(rows[0]))]
    for line in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def main() -> None:
    source, destination = sys.argv[1:]
    with open(source) as file:
        measurements = [json.loads(line) for line in file if line.strip()]
    if not measurements:
        return
    print_table([["benchmark", "llmbench", "peer", "ratio", "target", ""], *map(row, measurements)])
    machine = {"system": platform.platform(), "cores": os.cpu_count(), "processor": platform.processor() or None}
    document = {"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "machine": machine,
                "measurements": measurements}
    with open(destination, "w") as file:
        json.dump(document, file, indent=2, ensure_ascii=False)
        file.write("\n")
    sys.exit(any(measurement["met"] is False for measurement in measurements))


if __name__ == "__main__":
    main()
