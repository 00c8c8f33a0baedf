"""jsonrpcclient: makes and reads messages only; the lines that carry them are this file's."""

import json
import os
import socket
import subprocess
import sys

from jsonrpcclient import Error, Ok, notification_json, parse, request_json

from steps import SECONDS, Progress, check, fast_run, slow_run


class Lines:
    """Newline framing over a child's pipes or a socket."""

    def __init__(self, progress: Progress):
        self.progress = progress
        self.server = None
        if os.environ["TRANSPORT"] == "stdio":
            self.server = subprocess.Popen([os.environ["LLMBENCH"], "serve", "--stdio"],
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.source, self.sink = self.server.stdout, self.server.stdin
        else:
            connection = socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), timeout=SECONDS)
            self.source = self.sink = connection.makefile("rwb")

    def send(self, text: str) -> None:
        self.sink.write(text.encode() + b"\n")
        self.sink.flush()

    def read(self) -> Ok | Error | None:
        """The next message: a response, or None after a notification, which is kept."""
        line = self.source.readline()
        check(line.endswith(b"\n"), f"a whole line comes: {line!r}")
        message = json.loads(line)
        if "method" in message:
            check(message["method"] == "$/progress", f"no other notification comes: {message}")
            self.progress.add(message["params"])
            return None
        self.progress.add("answer")
        return parse(message)

    def answer(self) -> Ok | Error:
        while (message := self.read()) is None:
            pass
        return message

    def call(self, method: str, params=None) -> Ok | Error:
        self.send(request_json(method, params=params))
        return self.answer()


def main() -> None:
    progress = Progress()
    lines = Lines(progress)

    welcome = lines.call("initialize", {"processId": os.getpid(), "capabilities": {}})
    check(isinstance(welcome, Ok) and welcome.result["serverInfo"]["name"] == "llmbench", "the server tells its name")
    lines.send(notification_json("initialized", params={}))

    progress = lines.progress = Progress()
    run = lines.call("benchmark.run", fast_run())
    check(isinstance(run, Ok) and run.result["status"] == "completed", "the run is complete")
    check(run.result["models"][0]["passed"] == 6, "and right")
    progress.check_whole("fast")

    refused = lines.call("no.such")
    check(isinstance(refused, Error) and refused.code == -32601, "an unknown method is refused")

    slow = json.loads(request_json("benchmark.run", params=slow_run()))
    lines.send(json.dumps(slow))
    while not any(value != "answer" and value.get("completed") == 1 for value in progress.values("slow")):
        check(lines.read() is None, "the slow run is not answered yet")
    lines.send(notification_json("$/cancelRequest", params={"id": slow["id"]}))
    cancelled = lines.answer()
    check(isinstance(cancelled, Error) and cancelled.code == -32800, "the cancelled run is answered")
    check(cancelled.id == slow["id"] and cancelled.data["completedSamples"] == 1, "its sample is kept")

    check(lines.call("shutdown").result is None, "shutdown is answered with null")
    lines.send(notification_json("exit"))
    check(lines.source.readline() == b"", "the server ends the stream after exit")
    if lines.server:
        check(lines.server.wait(SECONDS) == 0, "the exit code is 0")


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
