"""The client for programs without asyncio."""

from __future__ import annotations

import queue
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Callable, Iterator, Mapping, Optional, Sequence, Type

from . import _calls as calls
from ._launch import EXIT_SECONDS, START_SECONDS, Command, as_method, default_token, server_command
from ._protocol import CALLBACK_FAILED, Call, Event, Protocol, Request, T, closed_error, log
from ._streams import ChildStream, SocketStream, Stream
from .errors import LLMBenchError, ProtocolError, ResponseTooLarge
from .types import ServerInfo

if TYPE_CHECKING:
    from typing_extensions import Concatenate, ParamSpec

    P = ParamSpec("P")


class Handle(Request[T]):
    """A request under way, as `start` and `submit` give it. Any thread may use it."""

    def __init__(self, client: Client, call: Call[T], is_background: bool) -> None:
        super().__init__(call, client.timeout)
        self._client = client
        # Callbacks are called by a thread of the request's own, or by the one that waits for it; never by the one that
        # reads, for they may be slow, or call the client themselves.
        self._calls_back_here = self.has_callbacks and not is_background
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._finished = threading.Event()

    def done(self) -> bool:
        """Whether the request has ended, and every callback was called."""
        return self._finished.is_set()

    def cancel(self) -> None:
        """Asks the server to end the request; `result` then raises Cancelled, as soon as the server has stopped."""
        self._client._send(lambda: self._client._protocol.cancel(self))

    def result(self, timeout: Optional[float] = None) -> T:
        """Waits for the result. Raises what the request failed with, or RequestTimeout after `timeout` seconds.

        A timeout here leaves the request be. Ctrl-C while waiting cancels it.
        """
        seconds = self.seconds_left(timeout)
        try:
            finished = self._call_back(seconds) if self._calls_back_here else self._finished.wait(seconds)
        except BaseException:
            self.cancel()
            raise
        if not finished:
            raise self.not_done(timeout)
        return self.value()

    def deliver(self, event: Event) -> None:
        if self.has_callbacks:
            self._events.put(event)
        elif event.is_last:
            self._finish(event)

    def _finish(self, event: Event) -> None:
        self.settle(event)
        self._finished.set()

    def _call_back(self, timeout: Optional[float]) -> bool:
        """Calls the callbacks until the request has ended. False when the time is up before."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            try:
                event = self._events.get(timeout=None if deadline is None else max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return False
            if event.is_last:
                self._finish(event)
                return True
            self.call_back(event)

    def _call_back_aside(self) -> None:
        while not self.done():
            try:
                self._call_back(None)
            except BaseException:  # such as SystemExit: it would leave those who wait alone
                log.exception(CALLBACK_FAILED, self.call.method)


def _waiting(make: Callable[P, Call[T]]) -> Callable[Concatenate[Client, P], T]:
    """Makes a method that waits for the result."""

    def method(self: Client, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._perform(make(*args, **kwargs))

    return as_method(method, make)


def _starting(make: Callable[P, Call[T]]) -> Callable[Concatenate[Client, P], Handle[T]]:
    """Makes a method that gives a handle at once."""

    def method(self: Client, /, *args: P.args, **kwargs: P.kwargs) -> Handle[T]:
        return self._start(make(*args, **kwargs), is_background=True)

    return as_method(method, make)


def _paging(make: Callable[P, calls.Pages[T]]) -> Callable[Concatenate[Client, P], Iterator[T]]:
    """Makes a method that iterates over all pages."""

    def method(self: Client, /, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        return self._iterate(make(*args, **kwargs))

    return as_method(method, make)


class Client:
    """A connection to an llmbench server. Make one with `spawn` or `connect`; several threads may use it.

    `timeout` is the most seconds a call may take; runs have none unless they are given one. A call whose time is up, or
    that Ctrl-C interrupts, is cancelled. Callbacks of a method that waits are called in the same thread, those of a
    handle in a thread of its own.
    """

    run = _waiting(calls.run)
    resume = _waiting(calls.resume)
    attach = _waiting(calls.attach)
    start = _starting(calls.run)
    start_resume = _starting(calls.resume)
    start_attach = _starting(calls.attach)
    cancel_run = _waiting(calls.cancel_run)
    rescore = _waiting(calls.rescore)
    check_suite = _waiting(calls.check_suite)
    plan = _waiting(calls.plan)
    suites = _waiting(calls.suites)

    summary = _waiting(calls.summary)
    report = _waiting(calls.report)
    compare = _waiting(calls.compare)
    trends = _waiting(calls.trends)
    costs = _waiting(calls.costs)
    stored_models = _waiting(calls.stored_models)
    revision = _waiting(calls.revision)
    export_runs = _waiting(calls.export_runs)
    import_runs = _waiting(calls.import_runs)
    inspect_model = _waiting(calls.inspect_model)
    read_gpu = _waiting(calls.read_gpu)
    watch_gpu = _waiting(calls.watch_gpu)
    runs = _paging(calls.runs)
    samples = _paging(calls.samples)

    generate_data = _waiting(calls.generate_data)
    process_data = _waiting(calls.process_data)
    read_data = _waiting(calls.read_data)
    count_tokens = _waiting(calls.count_tokens)
    encode_data = _waiting(calls.encode_data)
    decode_data = _waiting(calls.decode_data)
    datasets = _waiting(calls.datasets)
    dataset = _waiting(calls.dataset)
    validate_answer = _waiting(calls.validate_answer)
    execute_code = _waiting(calls.execute_code)
    grade_answers = _waiting(calls.grade_answers)
    check_dataset = _waiting(calls.check_dataset)
    fetch_dataset = _waiting(calls.fetch_dataset)
    validate_vue = _waiting(calls.validate_vue)

    providers = _waiting(calls.providers)
    doctor = _waiting(calls.doctor)
    discover = _waiting(calls.discover)

    call = _waiting(calls.call)
    submit = _starting(calls.call)

    #: What the server is and what it can do.
    server: ServerInfo

    def __init__(self, stream: Stream, token: Optional[str], timeout: Optional[float]) -> None:
        self.timeout = timeout
        self._stream = stream
        self._protocol = Protocol()
        self._lock = threading.Lock()  # guards the protocol and the order of what is written
        self._writes: queue.SimpleQueue[Optional[bytes]] = queue.SimpleQueue()
        self._is_closing = False
        self._is_closed = threading.Event()
        self._reader = threading.Thread(target=self._read_loop, name="llmbench reader", daemon=True)
        self._writer = threading.Thread(target=self._write_loop, name="llmbench writer", daemon=True)
        self._reader.start()
        self._writer.start()
        try:
            handle = self._start(calls.initialize(token))
            self.server = handle.result(START_SECONDS)
            self._send(lambda: self._protocol.notify("initialized", {}))
        except BaseException:
            self.close()
            raise

    @classmethod
    def spawn(
        cls,
        command: Optional[Command] = None,
        *,
        arguments: Sequence[str] = (),
        env: Optional[Mapping[str, str]] = None,
        cwd: Optional[str] = None,
        stderr: str = "inherit",
        timeout: Optional[float] = None,
    ) -> Client:
        """Starts a server that lives as long as the client.

        The program is `command`, else the variable LLMBENCH, else `llmbench` on PATH; a list is a program with its
        first arguments. `arguments` go behind `serve --stdio`, as in ["--database", "results.sqlite"]. `env` is added to this
        process's environment. The server's standard error is passed through ("inherit"), or kept for the error that
        tells of its end ("capture"), or thrown away ("discard").
        """
        return cls(ChildStream(server_command(command, arguments), env, cwd, stderr), None, timeout)

    @classmethod
    def connect(cls, address: str, *, token: Optional[str] = None, timeout: Optional[float] = None) -> Client:
        """Connects to a running server: `tcp://HOST:PORT` or `unix:///PATH`.

        The token is the variable LLMBENCH_TOKEN if none is given.
        """
        return cls(SocketStream(address, timeout), default_token(token), timeout)

    def close(self) -> None:
        """Ends what is under way, the connection, and the server if `spawn` started it. May be called again."""
        with self._lock:
            first, self._is_closing = not self._is_closing, True
        if not first:
            self._is_closed.wait(2 * EXIT_SECONDS)
            return
        try:
            if self._stream.is_owned:
                self._shut_down()
            self._end(closed_error())
            self._writer.join(1)
        finally:
            self._stream.stop()
            self._writer.join(1)
            self._reader.join(1)
            if not (self._writer.is_alive() or self._reader.is_alive()):
                self._stream.release()
            self._is_closed.set()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    # ------------------------------------------------------------------------------------------------------ Workings

    def _perform(self, call: Call[T]) -> T:
        handle = Handle(self, call, is_background=False)
        try:
            self._send(lambda: self._protocol.submit(handle))
            return handle.result()
        except KeyboardInterrupt:
            handle.cancel()  # it may have come before the wait
            raise

    def _start(self, call: Call[T], is_background: bool = False) -> Handle[T]:
        handle = Handle(self, call, is_background)
        self._send(lambda: self._protocol.submit(handle))
        if handle.has_callbacks:
            threading.Thread(target=handle._call_back_aside, name="llmbench callbacks", daemon=True).start()
        return handle

    def _iterate(self, pages: calls.Pages[T]) -> Iterator[T]:
        while True:
            call = pages.next_call()
            if call is None:
                return
            try:
                items = self._perform(call)
            except ResponseTooLarge:
                if not pages.shrink():
                    raise
                continue
            yield from items

    def _shut_down(self) -> None:
        """Asks the server to stop what it does and to end."""
        try:
            self._send(self._protocol.cancel_all)
            self._start(calls.call("shutdown")).result(EXIT_SECONDS)
            self._send(lambda: self._protocol.notify("exit", {}))
        except LLMBenchError:
            pass  # it is gone already, or will be made to go

    def _send(self, step: Callable[[], None]) -> None:
        """Takes a step of the protocol and passes on what it wants written."""
        with self._lock:
            step()
            data = self._protocol.take_outgoing()
            if data:
                # A thread of its own writes: it cannot be interrupted within a message, nor keep the reader waiting.
                self._writes.put(data)

    def _write_loop(self) -> None:
        try:
            while True:
                data = self._writes.get()
                if data is None:
                    self._stream.end_writing()
                    return
                self._stream.write(data)
        except OSError:
            self._lost(None)

    def _read_loop(self) -> None:
        error: Optional[LLMBenchError] = None
        try:
            while True:
                data = self._stream.read()
                if not data:
                    break
                self._send(lambda: self._protocol.receive(data))
        except LLMBenchError as problem:
            error = problem
        except OSError:
            pass  # as good as the end
        except Exception as problem:  # who waits must hear of it, whatever it is
            error = ProtocolError(f"The server's message cannot be read: {problem!r}")
        self._lost(error)

    def _lost(self, error: Optional[LLMBenchError]) -> None:
        if self._protocol.ended is None:
            self._end(closed_error() if self._is_closing else error or self._stream.why_ended())

    def _end(self, error: LLMBenchError) -> None:
        """Ends every request, and then the writing."""
        with self._lock:
            self._protocol.end(error)
        self._writes.put(None)
