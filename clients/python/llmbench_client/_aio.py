"""The client for programs with asyncio: the same methods as Client's, awaited."""

from __future__ import annotations

import asyncio
import inspect
import os
import signal
import socket
from types import TracebackType
from typing import TYPE_CHECKING, Any, AsyncIterator, Awaitable, Callable, Coroutine, Generator, Mapping, Optional
from typing import Protocol as Interface
from typing import Sequence, Type

from . import _calls as calls
from ._launch import (
    EXIT_SECONDS,
    START_SECONDS,
    TERMINATE_SECONDS,
    Command,
    Tail,
    as_method,
    cannot_connect,
    cannot_start,
    default_token,
    environment,
    parse_address,
    server_command,
    server_gone,
    signal_group,
    stderr_target,
)
from ._protocol import CALLBACK_FAILED, Call, Event, Protocol, Request, T, closed_error, log
from .errors import Cancelled, LLMBenchError, ProtocolError, ResponseTooLarge
from .types import ServerInfo

if TYPE_CHECKING:
    from typing_extensions import Concatenate, ParamSpec

    P = ParamSpec("P")

CHUNK = 1 << 18


class AsyncHandle(Request[T]):
    """A request under way, as `start` and `submit` give it. Awaiting it gives the result."""

    def __init__(self, client: AsyncClient, call: Call[T]) -> None:
        super().__init__(call, client.timeout)
        self._client = client
        self._finished = asyncio.get_running_loop().create_future()
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._caller: Optional[asyncio.Task[None]] = None

    def done(self) -> bool:
        """Whether the request has ended, and every callback was called."""
        return self._finished.done()

    def cancel(self) -> None:
        """Asks the server to end the request; `result` then raises Cancelled, as soon as the server has stopped."""
        self._client._protocol.cancel(self)
        self._client._flush()

    async def result(self, timeout: Optional[float] = None) -> T:
        """Waits for the result. Raises what the request failed with, or RequestTimeout after `timeout` seconds.

        A timeout leaves the request be. When the task that waits is cancelled, so is the request.
        """
        try:
            await asyncio.wait([self._finished], timeout=self.seconds_left(timeout))
        except BaseException:
            self.cancel()
            raise
        if not self.done():
            raise self.not_done(timeout)
        return self.value()

    def __await__(self) -> Generator[Any, None, T]:
        return self.result().__await__()

    def deliver(self, event: Event) -> None:
        if self.has_callbacks:
            self._events.put_nowait(event)
        elif event.is_last:
            self._finish(event)

    def _finish(self, event: Event) -> None:
        self.settle(event)
        if not self._finished.done():
            self._finished.set_result(None)

    def call_back_in_order(self) -> None:
        if self.has_callbacks:
            self._caller = asyncio.create_task(self._call_back())

    async def _call_back(self) -> None:
        """Calls the callbacks one after another until the request has ended. They may be coroutine functions."""
        last = Event(error=Cancelled(f"The task that calls the callbacks of {self.call.method} was cancelled."))
        try:
            while True:
                event = await self._events.get()
                if event.is_last:
                    last = event
                    return
                returned = self.call_back(event)
                if inspect.isawaitable(returned):
                    try:
                        await returned
                    except Exception:
                        log.exception(CALLBACK_FAILED, self.call.method)
        finally:
            self._finish(last)


def _waiting(make: Callable[P, Call[T]]) -> Callable[Concatenate[AsyncClient, P], Coroutine[Any, Any, T]]:
    """Makes a method that waits for the result."""

    async def method(self: AsyncClient, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._start(make(*args, **kwargs)).result()

    return as_method(method, make)


def _starting(make: Callable[P, Call[T]]) -> Callable[Concatenate[AsyncClient, P], AsyncHandle[T]]:
    """Makes a method that gives a handle at once."""

    def method(self: AsyncClient, /, *args: P.args, **kwargs: P.kwargs) -> AsyncHandle[T]:
        return self._start(make(*args, **kwargs))

    return as_method(method, make)


def _paging(make: Callable[P, calls.Pages[T]]) -> Callable[Concatenate[AsyncClient, P], AsyncIterator[T]]:
    """Makes a method that iterates over all pages."""

    def method(self: AsyncClient, /, *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[T]:
        return self._iterate(make(*args, **kwargs))

    return as_method(method, make)


class AsyncClient:
    """A connection to an llmbench server, for one event loop.

        async with AsyncClient.spawn() as bench: ...
        bench = await AsyncClient.connect("tcp://127.0.0.1:7077")     # and await bench.close() in the end

    Everything is as in Client, awaited; callbacks may be coroutine functions. A call whose task is cancelled, or whose
    time is up, is cancelled on the server.
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

    def __init__(
        self, opener: Callable[[], Awaitable[_Stream]], token: Optional[str], timeout: Optional[float]
    ) -> None:
        self.timeout = timeout
        self._opener = opener
        self._token = token
        self._protocol = Protocol()
        self._stream: Optional[_Stream] = None
        self._reader: Optional[asyncio.Task[None]] = None
        self._closing: Optional[asyncio.Task[None]] = None

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
    ) -> AsyncClient:
        """Starts a server that lives as long as the client, with the parameters of Client.spawn."""
        words, target = server_command(command, arguments), stderr_target(stderr)
        return cls(lambda: _ChildStream.open(words, env, cwd, target), None, timeout)

    @classmethod
    def connect(cls, address: str, *, token: Optional[str] = None, timeout: Optional[float] = None) -> AsyncClient:
        """Connects to a running server, with the parameters of Client.connect."""
        parse_address(address)
        return cls(lambda: _SocketStream.open(address, timeout), default_token(token), timeout)

    async def close(self) -> None:
        """Ends what is under way, the connection, and the server if `spawn` started it. May be called again."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        try:
            await asyncio.shield(self._closing)
        except asyncio.CancelledError:
            # There is no time left for good manners, but nothing is left behind either.
            if self._stream is not None:
                self._stream.kill()
            raise

    def __await__(self) -> Generator[Any, None, AsyncClient]:
        return self._open().__await__()

    async def __aenter__(self) -> AsyncClient:
        return await self._open()

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.close()

    async def _open(self) -> AsyncClient:
        if self._stream is not None:
            return self
        self._stream = await self._opener()
        self._reader = asyncio.create_task(self._read_loop(self._stream))
        try:
            self.server = await self._start(calls.initialize(self._token)).result(START_SECONDS)
            self._notify("initialized")
        except BaseException:
            await self.close()
            raise
        return self

    async def _close(self) -> None:
        stream = self._stream
        if stream is None:
            self._protocol.end(closed_error())
            return
        try:
            if stream.is_owned:
                await self._shut_down()
        finally:
            self._protocol.end(closed_error())
            await stream.stop()
            if self._reader is not None:
                self._reader.cancel()
                await asyncio.wait([self._reader])

    async def _shut_down(self) -> None:
        """Asks the server to stop what it does and to end."""
        try:
            self._protocol.cancel_all()
            await self._start(calls.call("shutdown")).result(EXIT_SECONDS)
            self._notify("exit")
        except LLMBenchError:
            pass  # it is gone already, or will be made to go

    # ------------------------------------------------------------------------------------------------------ Workings

    def _start(self, call: Call[T]) -> AsyncHandle[T]:
        if self._stream is None and self._protocol.ended is None:
            raise LLMBenchError("This client is not open: use `async with` or `await` it first.")
        handle = AsyncHandle(self, call)
        self._protocol.submit(handle)
        handle.call_back_in_order()
        self._flush()
        return handle

    async def _iterate(self, pages: calls.Pages[T]) -> AsyncIterator[T]:
        while True:
            call = pages.next_call()
            if call is None:
                return
            try:
                items = await self._start(call).result()
            except ResponseTooLarge:
                if not pages.shrink():
                    raise
                continue
            for item in items:
                yield item

    def _notify(self, method: str) -> None:
        self._protocol.notify(method, {})
        self._flush()

    def _flush(self) -> None:
        data = self._protocol.take_outgoing()
        if data and self._stream is not None:
            self._stream.write(data)

    async def _read_loop(self, stream: _Stream) -> None:
        error: Optional[LLMBenchError] = None
        try:
            while True:
                data = await stream.read()
                if not data:
                    break
                self._protocol.receive(data)
                self._flush()
        except LLMBenchError as problem:
            error = problem
        except OSError:
            pass  # as good as the end
        except Exception as problem:  # who waits must hear of it, whatever it is
            error = ProtocolError(f"The server's message cannot be read: {problem!r}")
        finally:
            # Also when this task is cancelled, as asyncio.run does with all tasks in the end.
            try:
                if self._protocol.ended is None and not self._closing:
                    error = error or await stream.why_ended()
            finally:
                self._protocol.end(error or closed_error())
                stream.end_writing()


# ------------------------------------------------------------------------------------------------------------- Streams


class _Stream(Interface):
    is_owned: bool

    async def read(self) -> bytes:
        """Waits for bytes; none at the end."""

    def write(self, data: bytes) -> None: ...

    def end_writing(self) -> None: ...

    async def stop(self) -> None:
        """Ends the other side, or the connection to it, in bounded time."""

    def kill(self) -> None: ...

    async def why_ended(self) -> LLMBenchError:
        """The error of requests that are under way when there is nothing more to read."""


class _ChildStream:
    is_owned = True

    def __init__(self, process: asyncio.subprocess.Process, name: str) -> None:
        self._process = process
        self._name = name
        self._tail = Tail()
        self._drain = asyncio.create_task(self._drain_stderr()) if process.stderr else None
        self.pid = process.pid

    @classmethod
    async def open(
        cls, command: Sequence[str], env: Optional[Mapping[str, str]], cwd: Optional[str], stderr: Optional[int]
    ) -> _ChildStream:
        pipe = asyncio.subprocess.PIPE
        try:
            # A session of its own: Ctrl-C in a terminal is for this process, which cancels and shuts down in order.
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=pipe,
                stdout=pipe,
                stderr=stderr,
                cwd=cwd,
                env=environment(env),
                start_new_session=True,
                limit=CHUNK,
            )
        except OSError as error:
            raise cannot_start(command, error) from error
        return cls(process, os.path.basename(command[0]))

    async def _drain_stderr(self) -> None:
        assert self._process.stderr is not None
        while True:
            data = await self._process.stderr.read(CHUNK)
            if not data:
                return
            self._tail.add(data)

    async def read(self) -> bytes:
        assert self._process.stdout is not None
        return await self._process.stdout.read(CHUNK)

    def write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(data)

    def end_writing(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()

    async def stop(self) -> None:
        self.end_writing()
        for seconds, then in ((EXIT_SECONDS, signal.SIGTERM), (TERMINATE_SECONDS, signal.SIGKILL)):
            try:
                await asyncio.wait_for(self._process.wait(), seconds)
                break
            except asyncio.TimeoutError:
                signal_group(self.pid, then)
        await self._process.wait()
        assert self._process.stdin is not None
        try:
            await asyncio.wait_for(self._process.stdin.wait_closed(), 1)
        except (OSError, asyncio.TimeoutError):
            pass  # a server that was killed left something unread
        if self._drain is not None:
            await asyncio.wait([self._drain], timeout=1)
            self._drain.cancel()

    def kill(self) -> None:
        if self._process.returncode is None:
            signal_group(self.pid, signal.SIGKILL)

    async def why_ended(self) -> LLMBenchError:
        try:
            code: Optional[int] = await asyncio.wait_for(self._process.wait(), 2)
        except asyncio.TimeoutError:
            code = None
        if self._drain is not None:
            await asyncio.wait([self._drain], timeout=1)
        return server_gone(self._name, code, self._tail)


class _SocketStream:
    is_owned = False

    def __init__(self, address: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._address = address
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, address: str, timeout: Optional[float]) -> _SocketStream:
        place = parse_address(address)
        seconds = START_SECONDS if timeout is None else timeout
        try:
            if isinstance(place, str):
                streams = await asyncio.wait_for(asyncio.open_unix_connection(place, limit=CHUNK), seconds)
            else:
                streams = await asyncio.wait_for(asyncio.open_connection(*place, limit=CHUNK), seconds)
                streams[1].get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        except asyncio.TimeoutError:
            raise cannot_connect(address, TimeoutError(f"no answer within {seconds} s")) from None
        except OSError as error:
            raise cannot_connect(address, error) from error
        return cls(address, *streams)

    async def read(self) -> bytes:
        return await self._reader.read(CHUNK)

    def write(self, data: bytes) -> None:
        if not self._writer.is_closing():
            self._writer.write(data)

    def end_writing(self) -> None:
        self._writer.close()

    async def stop(self) -> None:
        self._writer.close()
        try:
            await asyncio.wait_for(self._writer.wait_closed(), TERMINATE_SECONDS)
        except (OSError, asyncio.TimeoutError):
            self.kill()  # the other side was faster, or does not read

    def kill(self) -> None:
        transport = self._writer.transport
        assert isinstance(transport, asyncio.WriteTransport)
        transport.abort()

    async def why_ended(self) -> LLMBenchError:
        return server_gone(self._address, None, Tail())
