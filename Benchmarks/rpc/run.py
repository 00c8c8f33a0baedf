#!/usr/bin/env python3
"""Compares llmbench as a JSON-RPC server with sourcekit-lsp and clangd in the same run, and prints ratios.

    Benchmarks/run rpc                                        # as a table
    Benchmarks/rpc/run.py [--llmbench PATH] [--rounds N] …    # as lines of JSON

Each round starts every server anew, one after the other, and asks all of them the same, through a driver in C that
costs next to nothing (driver.c, compiled here). The best round of each counts, the median is shown beside it: other
work on the machine can only make a round slower.
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness import add_llmbench_option, note, report, require_llmbench  # noqa: E402
from session import Session  # noqa: E402

METHOD_NOT_FOUND = -32601
# Every server answers it with an error of about a hundred bytes: the same bytes to each, and no work behind them.
UNKNOWN = 'benchmark/echo {"query":""}'
# llmbench takes 256 unanswered requests on a connection before it says that it is busy.
WINDOW = 64
CONNECTIONS = 8
LARGE_MEBIBYTES = (1, 4, 16)
SHAPES = ("text", "numbers")


class Server:
    """A program to measure: how to start it, and the cheapest question to it that it has to work for."""

    def __init__(self, name, command, question, environment=None):
        self.name = name
        self.command = command
        self.question = question
        self.environment = {**os.environ, **(environment or {})}


class Figures:
    """What was measured, by server and figure: one value a round."""

    def __init__(self):
        self.rounds = defaultdict(list)

    def add(self, server, figure, value):
        self.rounds[server, figure].append(value)

    def best(self, server, figure, highest=False):
        return (max if highest else min)(self.rounds[server, figure])

    def median(self, server, figure):
        return statistics.median(self.rounds[server, figure])


def measure_pipes(server, driver, options, figures):
    """Start-up, sequential and pipelined requests over pipes, in a process of its own."""
    # Of the peers only speed is of interest: sourcekit-lsp often goes without an answer to shutdown.
    is_killed = server.name != "llmbench"
    with Session(driver, server.command, options.folder, server.environment, is_killed) as session:
        figures.add(server.name, "initialize", session.initialize_milliseconds)
        figures.add(server.name, "memory", session.memory())
        with session.on_one_processor():
            session.requests(200, 1, UNKNOWN, METHOD_NOT_FOUND)
            figures.add(server.name, "unknown", session.requests(options.count, 1, UNKNOWN, METHOD_NOT_FOUND)["p50"])
            session.requests(200, 1, server.question)
            answer = session.requests(options.count, 1, server.question)
            figures.add(server.name, "question", answer["p50"])
            figures.add(server.name, "question p99", answer["p99"])
        figures.add(server.name, "pipelined unknown",
                    session.requests(options.count * 4, WINDOW, UNKNOWN, METHOD_NOT_FOUND)["perSecond"])
        figures.add(server.name, "pipelined", session.requests(options.count * 4, WINDOW, server.question)["perSecond"])
        figures.add(server.name, "memory after", session.memory())


def measure_tcp(server, driver, options, figures):
    """The same over TCP, with one connection and with several."""
    with listening(options) as (port, process):
        with Session(driver, ["--tcp", port, 1], options.folder) as session:
            with session.on_one_processor(process):
                session.requests(200, 1, UNKNOWN, METHOD_NOT_FOUND)
                figures.add(server.name, "tcp unknown",
                            session.requests(options.count, 1, UNKNOWN, METHOD_NOT_FOUND)["p50"])
                session.requests(200, 1, server.question)
                figures.add(server.name, "tcp question", session.requests(options.count, 1, server.question)["p50"])
        with Session(driver, ["--tcp", port, CONNECTIONS], options.folder) as session:
            answer = session.requests(options.count // 2, WINDOW // CONNECTIONS, server.question)
            figures.add(server.name, "tcp several", answer["perSecond"])


@contextlib.contextmanager
def listening(options):
    """A listening llmbench; gives its port and its process."""
    server = subprocess.Popen(
        [options.llmbench, "serve", "--tcp", "127.0.0.1:0", "--log-level", "error", "--json",
         "--database", options.folder / "rpc.sqlite"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        if not line:
            sys.exit("llmbench serve --tcp ended before it listened")
        yield json.loads(line)["listening"].rsplit(":", 1)[1], server.pid
    finally:
        server.terminate()
        server.communicate()


def measure_large(server, driver, options, figures):
    """Messages of several sizes: a long string, and an array of small numbers."""
    with Session(driver, server.command, options.folder) as session:
        for shape in SHAPES:
            for size in LARGE_MEBIBYTES:
                for _ in range(3):
                    times = session.large(size, shape, UNKNOWN, METHOD_NOT_FOUND)
                    figures.add(server.name, f"{size} MiB of {shape}", times["milliseconds"])
                    # Of the server alone, where the system tells it: a long wait is hit by other work more often.
                    processor = times["processorMilliseconds"] or times["milliseconds"]
                    figures.add(server.name, f"{size} MiB of {shape}, processor", processor)


# ----------------------------------------------------------------------------------------------------------------------
# The table

class Table:
    """Prints measurements: the best round of each server, with its median."""

    def __init__(self, figures, peers):
        self.figures = figures
        self.peers = peers

    def limit(self, title, unit, figure, target, is_met, highest=False):
        """A figure with a target of its own; the peers' stand beside it."""
        best = self.figures.best("llmbench", figure, highest)
        median = self.figures.median("llmbench", figure)
        report(title, unit=unit, llmbench=best, target=target, met=is_met(best), median=median)
        for peer in self.peers:
            self.compare(title, unit, figure, peer, highest=highest)

    def compare(self, title, unit, figure, peer, times=None, highest=False):
        """A figure beside a peer's; `times` is how many times better it has to be."""
        best = self.figures.best("llmbench", figure, highest)
        other = self.figures.best(peer, figure, highest)
        ratio = best / other if highest else other / best
        report(title, unit=unit, llmbench=best, peer=peer, peer_value=other, ratio=ratio,
               target=f"≥ {times}×" if times else None, met=ratio >= times if times else None,
               median=self.figures.median("llmbench", figure), peerMedian=self.figures.median(peer, figure))

    def over_tcp(self, title, figure):
        """A round trip over TCP beside the same over pipes."""
        best, pipes = self.figures.best("llmbench", f"tcp {figure}"), self.figures.best("llmbench", figure)
        report(title, unit="µs", llmbench=best, peer="llmbench over pipes", peer_value=pipes, ratio=pipes / best,
               target="≥ 0.5×", met=best <= 2 * pipes, median=self.figures.median("llmbench", f"tcp {figure}"),
               peerMedian=self.figures.median("llmbench", figure))

    def growth(self, shape):
        """What a byte of the largest message costs, in what a byte of the smallest does."""
        smallest, *_, largest = LARGE_MEBIBYTES
        for size in LARGE_MEBIBYTES:
            figure = f"{size} MiB of {shape}"
            report(figure, unit="ms", llmbench=self.figures.best("llmbench", figure),
                   median=self.figures.median("llmbench", figure))
        first, last = (self.figures.best("llmbench", f"{size} MiB of {shape}, processor") / size
                       for size in (smallest, largest))
        growth = last / first
        report(f"processor time a byte in {largest} MiB of {shape}, over 1 MiB", unit="×", llmbench=growth,
               target="≤ 1.5", met=growth <= 1.5)


def show(figures, peers):
    """Reports everything."""
    table = Table(figures, peers)
    for peer in peers:
        table.compare("small request, p50", "µs", "question", peer, times=TIMES_BETTER[peer])
    table.over_tcp("small request over TCP, p50", "question")
    for peer in peers:
        table.compare("unknown method, p50", "µs", "unknown", peer)
    table.over_tcp("unknown method over TCP, p50", "unknown")
    table.limit("small requests, 64 at a time", "/s", "pipelined", "≥ 10,000", lambda rate: rate >= 10_000, highest=True)
    for peer in peers:
        table.compare("unknown methods, 64 at a time", "/s", "pipelined unknown", peer, highest=True)
    report(f"small requests over {CONNECTIONS} TCP connections, 64 at a time", unit="/s",
           llmbench=figures.best("llmbench", "tcp several", highest=True),
           median=figures.median("llmbench", "tcp several"))
    table.limit("start to the answer to initialize", "ms", "initialize", "≤ 50", lambda time: time <= 50)
    table.limit("resident memory when idle", "MiB", "memory", "< 40", lambda memory: memory < 40)
    table.limit("resident memory after the requests", "MiB", "memory after", "< 40", lambda memory: memory < 40)
    for shape in SHAPES:
        table.growth(shape)


# ----------------------------------------------------------------------------------------------------------------------
# Programs

# At most a quarter of sourcekit-lsp's time, and no more than clangd's.
TIMES_BETTER = {"sourcekit-lsp": 4, "clangd": 1}


def find_peer(name, given):
    """The program: as given, on the PATH, or beside the Swift compiler; None, with a note, when it is nowhere."""
    swift = shutil.which("swift")
    candidates = [given] if given else [name, swift and str(Path(swift).resolve().with_name(name))]
    for candidate in filter(None, candidates):
        if path := shutil.which(candidate):
            return path
    where = "the Swift toolchain" + (" and Debian's package clangd have it" if name == "clangd" else " has it")
    note(f"{given or name} is not there, so the comparison with {name} is left out: {where}; --{name} names it.")
    return None


def servers(options):
    """llmbench and the peers that are there, each with its least logging and no work in the background."""
    question = 'workspace/symbol {"query":""}'
    yield Server("llmbench", [options.llmbench, "serve", "--stdio", "--database", options.folder / "rpc.sqlite"],
                 "models.list {}")
    if clangd := find_peer("clangd", options.clangd):
        yield Server("clangd", [clangd, "--log=error", "--background-index=false"], question)
    if sourcekit := find_peer("sourcekit-lsp", options.sourcekit_lsp):
        yield Server("sourcekit-lsp", [sourcekit], question, {"SOURCEKIT_LSP_LOG_LEVEL": "fault"})


def build_driver(folder):
    """Compiles the driver with the first C compiler there is."""
    names = (os.environ.get("CC"), "cc", "clang", "gcc")
    compiler = next((path for name in names if name and (path := shutil.which(name))), None)
    if not compiler:
        sys.exit("A C compiler is needed: install gcc or clang, or name one in CC.")
    driver = folder / "driver"
    subprocess.run([compiler, "-O2", "-o", driver, HERE / "driver.c"], check=True)
    return driver


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_llmbench_option(parser)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--count", type=int, default=3000, help="requests of each kind in a round (default 3000)")
    parser.add_argument("--clangd", metavar="PATH", help="default: on the PATH or beside the Swift compiler")
    parser.add_argument("--sourcekit-lsp", metavar="PATH", help="default: on the PATH or beside the Swift compiler")
    return parser.parse_args()


def main():
    options = arguments()
    options.llmbench = require_llmbench(options.llmbench)
    figures = Figures()
    with tempfile.TemporaryDirectory() as name:
        # The servers also start in this folder, so that an editor's server finds nothing to index.
        options.folder = Path(name)
        driver = build_driver(options.folder)
        ours, *peers = servers(options)
        for number in range(options.rounds):
            note(f"round {number + 1} of {options.rounds}")
            # Nobody always goes first.
            everybody = [ours, *peers]
            for server in everybody[number % len(everybody):] + everybody[:number % len(everybody)]:
                measure_pipes(server, driver, options, figures)
                if server is ours:
                    measure_tcp(server, driver, options, figures)
            measure_large(ours, driver, options, figures)
    show(figures, [peer.name for peer in peers])


if __name__ == "__main__":
    main()
