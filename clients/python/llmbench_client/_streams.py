"""Blocking byte streams to a server: a child process or a socket.

One thread reads, one thread writes and ends the writing, and `stop` may be called by any other.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
from typing import Mapping, Optional, Protocol, Sequence

from ._launch import (
    EXIT_SECONDS,
    START_SECONDS,
    TERMINATE_SECONDS,
    Tail,
    cannot_connect,
    cannot_start,
    environment,
    parse_address,
    server_gone,
    signal_group,
    stderr_target,
)
from .errors import LLMBenchError

CHUNK = 1 << 16


class Stream(Protocol):
    #: Whether the server belongs to this client and ends with it.
    is_owned: bool

    def read(self) -> bytes:
        """Waits for bytes; none at the end."""

    def write(self, data: bytes) -> None: ...

    def end_writing(self) -> None: ...

    def stop(self) -> None:
        """Ends the other side, or the connection to it, in bounded time. Afterwards `read` comes back."""

    def release(self) -> None:
        """Gives descriptors back, once nobody reads or writes any more."""

    def why_ended(self) -> LLMBenchError:
        """The error of requests that are under way when there is nothing more to read."""


class ChildStream:
    is_owned = True

    def __init__(
        self, command: Sequence[str], env: Optional[Mapping[str, str]], cwd: Optional[str], stderr: str
    ) -> None:
        target = stderr_target(stderr)
        try:
            # A session of its own: Ctrl-C in a terminal is for this process, which cancels and shuts down in order.
            self._process = subprocess.Popen(
                command,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=target,
                cwd=cwd,
                env=environment(env),
                start_new_session=True,
            )
        except OSError as error:
            raise cannot_start(command, error) from error
        assert self._process.stdin is not None and self._process.stdout is not None
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self._name = os.path.basename(command[0])
        self.pid = self._process.pid
        self._tail = Tail()
        self._drain: Optional[threading.Thread] = None
        if self._process.stderr is not None:
            self._drain = threading.Thread(target=self._drain_stderr, name="llmbench stderr", daemon=True)
            self._drain.start()

    def _drain_stderr(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            while True:
                data = os.read(stream.fileno(), CHUNK)
                if not data:
                    return
                self._tail.add(data)

    def read(self) -> bytes:
        return os.read(self._stdout.fileno(), CHUNK)

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._stdin.fileno(), view) :]

    def end_writing(self) -> None:
        self._stdin.close()

    def stop(self) -> None:
        for seconds, then in ((EXIT_SECONDS, signal.SIGTERM), (TERMINATE_SECONDS, signal.SIGKILL)):
            try:
                self._process.wait(seconds)
                return
            except subprocess.TimeoutExpired:
                signal_group(self.pid, then)
            except BaseException:
                signal_group(self.pid, signal.SIGKILL)
                raise
        self._process.wait()

    def release(self) -> None:
        self._stdin.close()
        self._stdout.close()

    def why_ended(self) -> LLMBenchError:
        try:
            code: Optional[int] = self._process.wait(2)
        except subprocess.TimeoutExpired:
            code = None
        if self._drain is not None:
            self._drain.join(1)
        return server_gone(self._name, code, self._tail)


class SocketStream:
    is_owned = False

    def __init__(self, address: str, timeout: Optional[float]) -> None:
        self._address = address
        place = parse_address(address)
        seconds = START_SECONDS if timeout is None else timeout
        try:
            if isinstance(place, str):
                self._socket = socket.socket(socket.AF_UNIX)
                try:
                    self._socket.settimeout(seconds)
                    self._socket.connect(place)
                except BaseException:
                    self._socket.close()
                    raise
            else:
                self._socket = socket.create_connection(place, seconds)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        except OSError as error:
            raise cannot_connect(address, error) from error
        self._socket.settimeout(None)

    def read(self) -> bytes:
        return self._socket.recv(CHUNK)

    def write(self, data: bytes) -> None:
        self._socket.sendall(data)

    def end_writing(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def stop(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the other side was faster

    def release(self) -> None:
        self._socket.close()

    def why_ended(self) -> LLMBenchError:
        return server_gone(self._address, None, Tail())
