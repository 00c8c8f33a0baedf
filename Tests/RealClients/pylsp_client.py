"""python-lsp-jsonrpc: header framing, ids that are UUIDs, `charset=utf8`."""

import os
import socket
import subprocess
import sys
import threading

from pylsp_jsonrpc.endpoint import Endpoint
from pylsp_jsonrpc.exceptions import JsonRpcException
from pylsp_jsonrpc.streams import JsonRpcStreamReader, JsonRpcStreamWriter

from steps import SECONDS, Progress, check, fast_run, slow_run


def connect():
    """The streams to the server and what waits for its end."""
    if os.environ["TRANSPORT"] == "stdio":
        server = subprocess.Popen([os.environ["LLMBENCH"], "serve", "--stdio"],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return server.stdout, server.stdin, lambda: check(server.wait(SECONDS) == 0, "the exit code is 0")
    connection = socket.create_connection(("127.0.0.1", int(os.environ["PORT"])))
    file = connection.makefile("rwb")
    return file, file, lambda: None


def error_of(future) -> JsonRpcException:
    try:
        raise AssertionError(f"an error was expected, but there is a result: {future.result(SECONDS)}")
    except JsonRpcException as error:
        return error


def main() -> None:
    source, sink, check_end = connect()
    progress = Progress()
    endpoint = Endpoint({"$/progress": progress.add}, JsonRpcStreamWriter(sink).write)
    reader = threading.Thread(target=JsonRpcStreamReader(source).listen, args=(endpoint.consume,), daemon=True)
    reader.start()

    welcome = endpoint.request("initialize", {"processId": os.getpid(), "capabilities": {}}).result(SECONDS)
    check(welcome["serverInfo"]["name"] == "llmbench", "the server tells its name")
    endpoint.notify("initialized", {})

    answered = endpoint.request("benchmark.run", fast_run())
    answered.add_done_callback(lambda _: progress.add("answer"))
    run = answered.result(SECONDS)
    check(run["status"] == "completed" and run["models"][0]["passed"] == 6, "the run is complete and right")
    progress.check_whole("fast")

    check(error_of(endpoint.request("no.such", {})).code == -32601, "an unknown method is refused")

    slow = endpoint.request("benchmark.run", slow_run())
    progress.wait_for_sample("slow")
    # This package has no public name for the id; it cancels by `Future.cancel`, which forgets the answer.
    (identifier,) = endpoint._server_request_futures
    endpoint.notify("$/cancelRequest", {"id": identifier})
    error = error_of(slow)
    check(error.code == -32800, "the cancelled run is answered")
    check(error.data["completedSamples"] == 1, "its sample is kept")

    check(endpoint.request("shutdown").result(SECONDS) is None, "shutdown is answered with null")
    endpoint.notify("exit")
    reader.join(SECONDS)
    check(not reader.is_alive(), "the server ends the stream after exit")
    check_end()
    endpoint.shutdown()


if __name__ == "__main__":
    try:
        main()
    except BaseException as error:  # Threads of the package would keep a failed client alive.
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
