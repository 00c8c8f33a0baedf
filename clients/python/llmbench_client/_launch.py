"""What both clients need beside the protocol: finding the server, telling how it ended, making methods of calls."""

from __future__ import annotations

import collections
import functools
import inspect
import os
import shutil
import signal
import subprocess
from typing import Any, Callable, Deque, Dict, List, Mapping, Optional, Sequence, Tuple, TypeVar, Union

from .errors import ConnectionLost, LLMBenchError, ServerNotFound

M = TypeVar("M", bound=Callable[..., Any])
Command = Union[str, "os.PathLike[str]", Sequence[str]]
# A socket's place: host and port, or the path of a Unix socket.
Address = Union[Tuple[str, int], str]

# Seconds that a server gets to answer `initialize`, to end after `exit`, and to end after SIGTERM.
START_SECONDS = 30.0
EXIT_SECONDS = 5.0
TERMINATE_SECONDS = 3.0


def server_command(command: Optional[Command], arguments: Sequence[str]) -> List[str]:
    """The command line of a server on standard input and output.

    The program is `command`, else the variable LLMBENCH, else `llmbench` on PATH. A command of several words, such as
    ["ssh", "host", "llmbench"], is a list. Quiet is no more than errors in its log; `--log-level` is more.
    """
    if command is None:
        command = os.environ.get("LLMBENCH") or "llmbench"
    words = [os.fspath(command)] if isinstance(command, (str, os.PathLike)) else [str(word) for word in command]
    if not words or not words[0]:
        raise ServerNotFound("The command of the server is empty.")
    found = shutil.which(words[0])
    if found is None:
        raise ServerNotFound(
            f"There is no program {words[0]!r}. Put llmbench on PATH, or name it: in the variable LLMBENCH, "
            'or by spawn("path/to/llmbench").'
        )
    # Whole, for the server may start in another folder.
    return [os.path.abspath(found), *words[1:], "serve", "--stdio", "--quiet", *arguments]


def cannot_start(command: Sequence[str], error: OSError) -> LLMBenchError:
    return ServerNotFound(f"{command[0]} cannot be started: {error.strerror or error}.")


def environment(extra: Optional[Mapping[str, str]]) -> Optional[Dict[str, str]]:
    return None if extra is None else {**os.environ, **extra}


def stderr_target(stderr: str) -> Optional[int]:
    targets = {"inherit": None, "capture": subprocess.PIPE, "discard": subprocess.DEVNULL}
    if stderr not in targets:
        raise ValueError(f'stderr is "inherit", "capture" or "discard", not {stderr!r}')
    return targets[stderr]


def parse_address(text: str) -> Address:
    """Reads `tcp://HOST:PORT`, `HOST:PORT`, `tcp://[V6]:PORT` or `unix:///PATH`."""
    if text.startswith("unix:"):
        path = text[len("unix://") :] if text.startswith("unix://") else text[len("unix:") :]
        if path:
            return path
        raise _no_address(text)
    place = text[len("tcp://") :] if text.startswith("tcp://") else text
    host, colon, port = place.rpartition(":")
    if not colon or "/" in place or not (port.isascii() and port.isdecimal()) or int(port) > 65535:
        raise _no_address(text)
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise _no_address(text)
    return host or "127.0.0.1", int(port)


def _no_address(text: str) -> ValueError:
    return ValueError(f"{text!r} is no address: write tcp://HOST:PORT, tcp://[IPV6]:PORT or unix:///PATH")


def cannot_connect(address: str, error: OSError) -> LLMBenchError:
    reason = error.strerror or str(error) or type(error).__name__
    return ConnectionLost(
        f"There is no connection to {address}: {reason}. Is `llmbench serve` listening there, on this machine?"
    )


def default_token(token: Optional[str]) -> Optional[str]:
    return os.environ.get("LLMBENCH_TOKEN") if token is None else token


class Tail:
    """The end of what a server wrote to standard error."""

    def __init__(self, limit: int = 16 << 10) -> None:
        self._chunks: Deque[bytes] = collections.deque()
        self._size = 0
        self._limit = limit

    def add(self, data: bytes) -> None:
        self._chunks.append(data)
        self._size += len(data)
        while self._size - len(self._chunks[0]) >= self._limit:
            self._size -= len(self._chunks.popleft())

    def text(self) -> str:
        return b"".join(self._chunks)[-self._limit :].decode("utf-8", "replace").strip()


def server_gone(name: str, exit_code: Optional[int], tail: Tail) -> LLMBenchError:
    """The error of a server, or a connection, that ended without being asked."""
    if exit_code is None:
        how = "closed the connection"
    elif exit_code < 0:
        try:
            how = f"was ended by {signal.Signals(-exit_code).name}"
        except ValueError:
            how = f"was ended by signal {-exit_code}"
    else:
        how = f"ended with exit code {exit_code}"
    message = f"{name} {how}."
    text = tail.text()
    if text:
        message += f" The end of its standard error:\n{text}\n"
    return ConnectionLost(message, data={"exitCode": exit_code, "standardError": text})


def signal_group(pid: int, number: int) -> None:
    """Signals a child that was not waited for yet, and what it started."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def as_method(method: M, make: Callable[..., Any]) -> M:
    """Gives a client's method the name, the text and the parameters of the call that it makes."""
    functools.update_wrapper(method, make)
    signature = inspect.signature(make)
    this = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    parameters = [this, *signature.parameters.values()]
    setattr(method, "__signature__", inspect.Signature(parameters))  # a call's result is the method's own
    return method
