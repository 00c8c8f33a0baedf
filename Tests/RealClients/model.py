"""A model on the loopback interface: sorts what it is asked to, or answers once and then no more."""

import json
import select
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "Benchmarks"))
from sorting_model import prompt_of, sorted_answer, streamed  # noqa: E402


class Model:
    """An OpenAI-compatible server; the first part of the path says whose request it is.

    The work "recorded" is answered at once. Of any other work the first request is, and the later ones wait until
    who asked has gone.
    """

    def __init__(self):
        self._changed = threading.Condition()
        self._asked: dict[str, int] = {}
        self._waiting: dict[str, int] = {}
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                work = self.path.split("/")[1]
                if model._is_answered(work):
                    self.reply(streamed(prompt_of(request), sorted_answer(prompt_of(request))))
                else:
                    model._note_waiting(work, 1)
                    self.wait_for_the_end()
                    model._note_waiting(work, -1)
                    self.close_connection = True

            def reply(self, text: str) -> None:
                body = text.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def wait_for_the_end(self) -> None:
                """Until who asked closes the connection: then it can be read, and has nothing."""
                try:
                    while not select.select([self.connection], [], [], 1)[0]:
                        pass
                    self.connection.recv(1)
                except OSError:
                    pass

            def log_message(self, *arguments) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    def url(self, work: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{work}/v1"

    def was_cancelled(self, work: str, seconds: float) -> bool:
        """Whether a request of this work was answered, and none of the others is waited for any more."""
        with self._changed:
            return self._asked.get(work, 0) > 0 and self._changed.wait_for(
                lambda: self._waiting.get(work, 0) == 0, seconds)

    def _is_answered(self, work: str) -> bool:
        with self._changed:
            self._asked[work] = self._asked.get(work, 0) + 1
            return work == "recorded" or self._asked[work] == 1

    def _note_waiting(self, work: str, change: int) -> None:
        with self._changed:
            self._waiting[work] = self._waiting.get(work, 0) + change
            self._changed.notify_all()

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self._server.shutdown()
        self._server.server_close()
