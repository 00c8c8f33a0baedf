"""What the tests share: the real server, a slow model, a place for each test's files."""

import contextlib
import http.server
import json
import logging
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent
ROOT = PACKAGE.parent.parent
sys.path.insert(0, str(PACKAGE))

from llmbench_client._launch import parse_address  # noqa: E402

# Seconds after which a test that hangs fails. No test waits that long on its way to success.
PATIENCE = 60

# No word of calls that a busy machine made slow, as asyncio's debug mode has them.
logging.getLogger("asyncio").setLevel(logging.ERROR)

RECORDING = "replay/" + str(ROOT / "Fixtures" / "recordings" / "events-codegen.jsonl")
# A suite that a recording answers; only small files, for speed. The options are part of the recorded prompt, sizes are not.
RECORDED_RUN = {"suite": "events-codegen", "models": [RECORDING], "options": {"sizes": [100]}}


def program():
    """The server under test: LLMBENCH, else the debug build."""
    path = os.environ.get("LLMBENCH") or str(ROOT / ".build" / "debug" / "llmbench")
    if shutil.which(path) is None:
        raise AssertionError(f"{path} is no program: build llmbench, or name it in the variable LLMBENCH")
    return path


class SlowModel(http.server.ThreadingHTTPServer):
    """An OpenAI-compatible server that answers each request wrongly, the first `quick` at once, others after `release`."""

    daemon_threads = True

    def __init__(self, quick=0):
        super().__init__(("127.0.0.1", 0), _ModelHandler)
        self.left = quick
        self.lock = threading.Lock()
        self.asked = threading.Semaphore(0)  # one for each request that is kept waiting
        self.released = threading.Event()
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def allow(self, count):
        with self.lock:
            self.left += count

    def wait_until_asked(self):
        if not self.asked.acquire(timeout=PATIENCE):
            raise AssertionError("the server never asked the model")

    def run(self, count=5):
        """A run of `count` samples on this model."""
        return {
            "suite": "sorting",
            "models": ["openai-compatible/slow"],
            "base_url": self.base_url,
            "options": {"sizes": [5], "samples": count},
            "concurrency": 1,
        }

    def wire_run(self, count=5):
        run = self.run(count)
        run["baseURL"] = run.pop("base_url")
        return run

    def stop(self):
        self.released.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        pass  # a cancelled run hangs up


class _ModelHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            quick = self.server.left > 0
            self.server.left -= quick
        if not quick:
            self.server.asked.release()
            while not self.server.released.wait(0.02):
                with self.server.lock:
                    if self.server.left > 0:
                        self.server.left -= 1
                        break
        message = {"role": "assistant", "content": "[1]"}
        usage = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
        if body.get("stream"):
            chunks = [
                {"choices": [{"index": 0, "delta": message, "finish_reason": None}]},
                {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
                {"choices": [], "usage": usage},
            ]
            text = "".join(f"data: {json.dumps({'id': 'x', 'model': 'slow', **chunk})}\n\n" for chunk in chunks)
            data, kind = (text + "data: [DONE]\n\n").encode(), "text/event-stream"
        else:
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            data = json.dumps({"id": "x", "model": "slow", "choices": [choice], "usage": usage}).encode()
            kind = "application/json"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


class Listener:
    """`llmbench serve` on a socket."""

    def __init__(self, folder, *arguments, token=None):
        environment = {**os.environ, "LLMBENCH_DATABASE": str(folder / "results.sqlite")}
        environment.pop("LLMBENCH_TOKEN", None)
        if token:
            environment["LLMBENCH_TOKEN"] = token
        self.process = subprocess.Popen(
            [program(), "serve", "--json", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=environment,
        )
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the server ended with {self.process.wait()} before it listened")
        self.address = json.loads(line)["listening"]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        finally:
            self.process.stdout.close()


class Proxy:
    """Passes a TCP connection on, and cuts it when told to."""

    def __init__(self, address):
        self.target = parse_address(address)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.sockets = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(self.target)
                self.sockets += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self.copy, args=(source, sink), daemon=True).start()

    def copy(self, source, sink):
        with contextlib.suppress(OSError):
            while True:
                data = source.recv(1 << 16)
                if not data:
                    break
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def cut(self):
        sockets, self.sockets = self.sockets, []
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def stop(self):
        self.listener.close()
        self.cut()


class Fixture:
    """A folder, and servers and models that end with the test."""

    def setUp(self):
        super().setUp()
        # Short: the path of a Unix socket has about a hundred bytes.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="llmb-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.spawn_options = {
            "command": program(),
            "env": {"LLMBENCH_DATABASE": str(self.folder / "results.sqlite")},
            "timeout": PATIENCE,
        }

    def model(self, quick=0):
        model = SlowModel(quick)
        self.addCleanup(model.stop)
        return model

    def listen(self, *arguments, token=None):
        listener = Listener(self.folder, *(arguments or ("--tcp", "127.0.0.1:0")), token=token)
        self.addCleanup(listener.stop)
        return listener

    def script(self, text):
        """A server of our own, for what the real one never does: a command that runs some Python."""
        path = self.folder / "server.py"
        path.write_text("import sys, json, time, os, signal\n" + text)
        return [sys.executable, str(path)]

    def store(self, run_count):
        """Fills the results with finished runs."""
        from llmbench_client import Client

        with Client.spawn(**self.spawn_options) as bench:
            return [bench.run(**RECORDED_RUN).run_id for _ in range(run_count)]


class TestCase(Fixture, unittest.TestCase):
    pass


class AsyncTestCase(Fixture, unittest.IsolatedAsyncioTestCase):
    pass


def eventually(condition, what):
    """Waits until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"never: {what}")
        time.sleep(0.01)


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def quiet_log():
    """Keeps an expected complaint of the client out of the test's output, and gives the records."""
    with unittest.TestCase().assertLogs("llmbench_client", "ERROR") as logs:
        yield logs
