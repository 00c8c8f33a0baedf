"""An OpenAI-compatible server on the loopback interface that sorts the numbers it is asked to sort.

It exists to record answers without a model: it finds the longest list of whole numbers in the last message and answers
with it in ascending order, as a JSON array.
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Whole numbers with nothing but commas and white space between them.
NUMBER_LIST = re.compile(r"-?\d+(?:[\s,]+-?\d+)*")


def sorted_answer(prompt: str) -> str:
    """The longest list of whole numbers in the prompt, sorted, as a JSON array."""
    longest = max((match.group() for match in NUMBER_LIST.finditer(prompt)), key=len, default="")
    return json.dumps(sorted(int(number) for number in re.findall(r"-?\d+", longest)))


def prompt_of(request: dict) -> str:
    content = request["messages"][-1]["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


class SortingModel:
    """Use it as a context manager; `answers` then holds each prompt that was asked, with its answer."""

    def __init__(self):
        self.answers: dict[str, str] = {}
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Without it each answer waits for the acknowledgement of its own headers.
            disable_nagle_algorithm = True

            def do_GET(self):
                self.reply("application/json", json.dumps({"object": "list", "data": [{"id": "sorter"}]}))

            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                prompt = prompt_of(request)
                answer = model.answers.setdefault(prompt, sorted_answer(prompt))
                if request.get("stream"):
                    self.reply("text/event-stream", streamed(prompt, answer))
                else:
                    self.reply("application/json", json.dumps(completion(prompt, answer)))

            def reply(self, kind: str, text: str) -> None:
                body = text.encode()
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()


def usage(prompt: str, answer: str) -> dict:
    counts = {"prompt_tokens": len(prompt) // 3 + 1, "completion_tokens": len(answer) // 3 + 1}
    return counts | {"total_tokens": sum(counts.values())}


def completion(prompt: str, answer: str) -> dict:
    choice = {"index": 0, "message": {"role": "assistant", "content": answer}, "finish_reason": "stop"}
    return {"id": "sorted", "object": "chat.completion", "created": 0, "model": "sorter", "choices": [choice],
            "usage": usage(prompt, answer)}


def streamed(prompt: str, answer: str) -> str:
    def event(choices: list, **more) -> str:
        chunk = {"id": "sorted", "object": "chat.completion.chunk", "created": 0, "model": "sorter",
                 "choices": choices} | more
        return f"data: {json.dumps(chunk)}\n\n"

    first = {"index": 0, "delta": {"role": "assistant", "content": answer}, "finish_reason": None}
    last = {"index": 0, "delta": {}, "finish_reason": "stop"}
    return event([first]) + event([last]) + event([], usage=usage(prompt, answer)) + "data: [DONE]\n\n"
