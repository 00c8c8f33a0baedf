"""A driver (driver.c) at work: it speaks to one server, and is told on its standard input what to measure."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

MEBIBYTE = 1 << 20


class Session:
    """A driver with a server of its own behind pipes, or with connections to one that listens.

    A context: at its end the server is shut down as the protocol says, or killed. Any failure ends the program.
    """

    def __init__(self, driver: Path, arguments: list, folder: Path, environment: dict | None = None,
                 is_killed: bool = False):
        self.is_killed = is_killed
        self.name = " ".join(map(str, arguments))
        self.process = subprocess.Popen(
            [str(driver), *map(str, arguments)], cwd=folder, env=environment, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        start = self._read()
        self.initialize_milliseconds = start["initializeMilliseconds"]
        self.server_process = start["processId"]

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, kind, *_) -> None:
        if kind is None:
            code = self._ask("kill" if self.is_killed else "end")["exitCode"]
            if code != 0 and not self.is_killed:
                sys.exit(f"{self.name}: ended with code {code} after shutdown and exit")
        self.process.stdin.close()
        self.process.wait()

    @contextlib.contextmanager
    def on_one_processor(self, *others: int):
        """Driver and server take turns on one processor: how long an idle one takes to wake is the machine's matter.

        `others` are further processes, such as a server that was not started by the driver.
        """
        if not hasattr(os, "sched_setaffinity"):
            yield
            return
        every = os.sched_getaffinity(0)

        def move(processors: set) -> None:
            for process in (self.process.pid, self.server_process, *others):
                # A driver that only connects has no server of its own.
                for task in os.listdir(f"/proc/{process}/task") if process > 0 else []:
                    with contextlib.suppress(ProcessLookupError):
                        os.sched_setaffinity(int(task), processors)

        move({max(every)})
        try:
            yield
        finally:
            move(every)

    def requests(self, count: int, window: int, question: str, code: int = 0) -> dict:
        """Sends requests and demands that each is answered with this error, or each with a result."""
        answer = self._ask(f"requests {count} {window} {question}")
        if answer["code"] != code or answer["errors"] != (answer["requests"] if code else 0):
            sys.exit(f"{self.name}: {question} got {answer}")
        return answer

    def large(self, mebibytes: int, shape: str, method: str, code: int) -> dict:
        """Sends one large request; the times from its first byte to the end of its answer."""
        # A little less, so that the usual limit of 16 MiB takes it.
        answer = self._ask(f"large {mebibytes * MEBIBYTE - 256} {shape} {method.split()[0]}")
        if answer["code"] != code:
            sys.exit(f"{self.name}: a message of {mebibytes} MiB got {answer}")
        return answer

    def memory(self) -> float:
        """Resident memory of the server in MiB."""
        output = subprocess.run(["ps", "-o", "rss=", "-p", str(self.server_process)],
                                capture_output=True, text=True, check=True).stdout
        return int(output) / 1024

    def _ask(self, line: str) -> dict:
        self.process.stdin.write(line + "\n")
        return self._read()

    def _read(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name}: the measurement broke off")
        return json.loads(line)
