"""The protocol without any input or output: framing, ids, matching, progress, cancellation.

Both clients feed it what they read and write what it hands out. It is not thread-safe; the client that owns it is.
"""

from __future__ import annotations

import collections
import datetime
import json
import logging
import os
import time
from dataclasses import dataclass
from typing import Any, Callable, Deque, Dict, Generic, List, Mapping, Optional, TypeVar

from .errors import (
    Cancelled,
    ConnectionLost,
    InvalidParams,
    LLMBenchError,
    ProtocolError,
    RequestTimeout,
    ServerBusy,
    error_from_wire,
)
from .types import Progress, Sample, decode

T = TypeVar("T")
OnProgress = Callable[[Progress], object]
OnSample = Callable[[Sample], object]


def _read_sample(value: Any) -> Any:
    return decode(Sample, value)


log = logging.getLogger("llmbench_client")

# Longest message that is accepted, in bytes. A page of samples carries whole prompts.
MAXIMUM_MESSAGE_BYTES = 64 << 20
# Most requests sent and not answered; more wait here. Servers accept 256, unless they are told otherwise.
WINDOW = 200
CALLBACK_FAILED = "A callback of %s failed; the request goes on."


@dataclass(frozen=True)
class Call(Generic[T]):
    """A request to be made: what is sent, how its result is read, and whom to tell about it."""

    method: str
    params: Mapping[str, Any]
    decode: Callable[[Any], T]
    on_progress: Optional[OnProgress] = None
    on_sample: Optional[OnSample] = None
    #: Seconds it may take; None for the client's own `timeout`, or for as long as it takes if it is a run.
    timeout: Optional[float] = None
    is_run: bool = False
    #: Reads a part of the result: a sample, unless the method has parts of its own.
    read_part: Callable[[Any], Any] = _read_sample


@dataclass(frozen=True)
class Event:
    """Something that the server said about one request: a progress value, a sample, or how it ended."""

    progress: Any = None
    sample: Any = None
    result: Any = None
    error: Optional[LLMBenchError] = None
    is_last: bool = False


class Request(Generic[T]):
    """A request under way. The clients' handles add how one waits for it."""

    def __init__(self, call: Call[T], default_timeout: Optional[float]) -> None:
        self.call = call
        self.id: Optional[int] = None
        self.is_cancelled = False
        #: The run that the request is about, once the server has named it; for that it needs a callback.
        self.run_id: Optional[str] = None
        self._timeout = default_timeout if call.timeout is None and not call.is_run else call.timeout
        self._deadline = None if self._timeout is None else time.monotonic() + self._timeout
        self._outcome: Optional[T] = None
        self._error: Optional[LLMBenchError] = None

    @property
    def has_callbacks(self) -> bool:
        return self.call.on_progress is not None or self.call.on_sample is not None

    def deliver(self, event: Event) -> None:
        """Takes an event over. Called while the protocol is busy: it must not wait nor call back into it."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Asks the server to end the request; its result then is Cancelled, as soon as the server has stopped."""
        raise NotImplementedError

    def call_back(self, event: Event) -> object:
        """Calls what the caller wants to be called, and gives what that returned.

        A callback that raises is logged and the request goes on: a faulty progress bar must not end a long run.
        """
        try:
            if event.progress is not None:
                return self.call.on_progress and self.call.on_progress(decode(Progress, event.progress))
            return self.call.on_sample and self.call.on_sample(self.call.read_part(event.sample))
        except Exception:
            log.exception(CALLBACK_FAILED, self.call.method)
            return None

    def settle(self, event: Event) -> None:
        """Keeps how the request ended."""
        self._error = event.error
        if self._error is None:
            try:
                self._outcome = self.call.decode(event.result)
            except LLMBenchError as error:
                self._error = error
            except Exception as error:  # whatever it is, who waits must hear of it
                self._error = ProtocolError(f"The result of {self.call.method} cannot be read: {error!r}")

    def value(self) -> T:
        """The result of a request that ended."""
        if self._error is not None:
            raise self._error.with_traceback(None)  # it may be raised more than once
        return self._outcome  # type: ignore[return-value]

    def seconds_left(self, timeout: Optional[float]) -> Optional[float]:
        """How long to wait when the caller would wait for `timeout` seconds."""
        if self._deadline is None:
            return timeout
        left = max(0.0, self._deadline - time.monotonic())
        return left if timeout is None else min(left, timeout)

    def not_done(self, timeout: Optional[float]) -> RequestTimeout:
        """The error of having waited in vain. A request whose own time is up is cancelled."""
        if self._deadline is None or time.monotonic() < self._deadline:
            return RequestTimeout(
                f"{self.call.method} is not done after {timeout} s. It goes on: wait again, or cancel it."
            )
        self.cancel()
        return RequestTimeout(
            f"{self.call.method} was not done within {self._timeout} s and was cancelled. Give it a longer timeout."
        )


class LineDecoder:
    """Cuts what comes in into lines, in time linear in its size."""

    def __init__(self) -> None:
        self._chunks: List[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> List[bytes]:
        *lines, rest = data.split(b"\n")
        if lines:
            lines[0] = b"".join(self._chunks) + lines[0]
            self._chunks, self._size = [], 0
        if rest:
            self._chunks.append(rest)
            self._size += len(rest)
            if self._size > MAXIMUM_MESSAGE_BYTES:
                raise ProtocolError(f"The server sent a message of more than {MAXIMUM_MESSAGE_BYTES >> 20} MiB.")
        return [line for line in lines if line.strip()]


class Protocol:
    """One connection's state."""

    def __init__(self) -> None:
        self._decoder = LineDecoder()
        self._last_id = 0
        self._waiting: Deque[Request[Any]] = collections.deque()
        self._sent: Dict[int, Request[Any]] = {}
        self._window = WINDOW
        self._outgoing: List[bytes] = []
        self._messages: Dict[int, bytes] = {}
        #: Why the connection ended, once it has.
        self.ended: Optional[LLMBenchError] = None

    # ------------------------------------------------------------------------------------------------------- Sending

    def take_outgoing(self) -> bytes:
        """What is to be written next, in whole messages."""
        data = b"".join(self._outgoing)
        self._outgoing.clear()
        return data

    def submit(self, request: Request[Any]) -> None:
        """Sends a request, or lets it wait while too many are under way."""
        if self.ended is not None:
            raise self.ended.with_traceback(None)
        params = dict(request.call.params)
        request_id = self._last_id + 1
        if request.call.on_progress is not None:
            params["workDoneToken"] = f"progress-{request_id}"
        if request.call.on_sample is not None:
            params["partialResultToken"] = f"samples-{request_id}"
        message: Dict[str, Any] = {"jsonrpc": "2.0", "id": request_id, "method": request.call.method}
        if params:
            message["params"] = params
        self._messages[request_id] = _encode(message)  # raises before anything has changed
        request.id = self._last_id = request_id
        self._waiting.append(request)
        self._send_waiting()

    def notify(self, method: str, params: Mapping[str, Any]) -> None:
        self._outgoing.append(_encode({"jsonrpc": "2.0", "method": method, "params": params}))

    def cancel(self, request: Request[Any]) -> None:
        """Asks for the end of a request. Its answer, in most cases an error, still comes."""
        if request.id in self._sent and not request.is_cancelled:
            request.is_cancelled = True
            self.notify("$/cancelRequest", {"id": request.id})
        elif request in self._waiting and request.id is not None:
            self._waiting.remove(request)
            del self._messages[request.id]
            request.deliver(Event(error=Cancelled("The request was cancelled before it was sent."), is_last=True))

    def cancel_all(self) -> None:
        for request in [*self._waiting, *self._sent.values()]:
            self.cancel(request)

    def _send_waiting(self) -> None:
        while self._waiting and len(self._sent) < self._window:
            request = self._waiting.popleft()
            assert request.id is not None
            self._sent[request.id] = request
            self._outgoing.append(self._messages[request.id])

    # ----------------------------------------------------------------------------------------------------- Receiving

    def receive(self, data: bytes) -> None:
        """Takes what was read. Raises ProtocolError when the connection cannot go on."""
        for line in self._decoder.feed(data):
            self._receive_message(line)
        self._send_waiting()

    def end(self, error: LLMBenchError) -> None:
        """Ends every request under way, and refuses new ones. Only the first reason counts."""
        if self.ended is not None:
            return
        self.ended = error
        requests = [*self._sent.values(), *self._waiting]
        self._sent.clear()
        self._waiting.clear()
        self._messages.clear()
        for request in requests:
            message = f"{request.call.method} got no answer: {error.message}"
            if request.run_id and request.call.method != "benchmark.attach":
                message += f' What was answered is stored: resume("{request.run_id}") does the rest.'
            same = type(error)(message, code=error.code, kind=error.kind, data=error.data)
            request.deliver(Event(error=same, is_last=True))

    def _receive_message(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            raise _not_a_message(line)
        if "method" in message:
            if "id" in message:
                error = {"code": -32601, "message": "This client answers no requests."}
                self._outgoing.append(_encode({"jsonrpc": "2.0", "id": message["id"], "error": error}))
            elif message["method"] == "$/progress":
                self._receive_progress(message.get("params"))
        elif "id" in message and ("result" in message or "error" in message):
            self._receive_answer(message)
        else:
            raise _not_a_message(line)

    def _receive_progress(self, params: object) -> None:
        if not isinstance(params, dict) or not isinstance(params.get("token"), str):
            return
        kind, _, number = params["token"].partition("-")
        request = self._sent.get(int(number)) if number.isdecimal() else None
        value = params.get("value")
        if request is None or not isinstance(value, dict):
            return
        event = Event(progress=value) if kind == "progress" else Event(sample=value)
        if isinstance(value.get("runId"), str):
            request.run_id = value["runId"]
        request.deliver(event)

    def _receive_answer(self, message: Dict[str, Any]) -> None:
        request_id = message["id"]
        error = error_from_wire(message["error"]) if "error" in message else None
        if request_id is None and error is not None:
            # The server could not tell which of our messages it refused.
            if len(self._sent) != 1:
                raise ProtocolError(f"The server refused a message without saying which: {error.message}")
            request_id = next(iter(self._sent))
        request = self._sent.pop(request_id, None) if type(request_id) is int else None
        if request is None:
            return  # of a request that nobody made: nothing to do, and no harm
        if isinstance(error, ServerBusy) and self._sent and not request.is_cancelled:
            # Refused for what else is under way: it goes out again when something of that has been answered.
            self._window = max(1, min(self._window - 1, len(self._sent)))
            self._waiting.appendleft(request)
            return
        del self._messages[request_id]
        request.deliver(Event(result=message.get("result"), error=error, is_last=True))


def _not_a_message(line: bytes) -> ProtocolError:
    text = line[:120].decode("utf-8", "backslashreplace")
    return ProtocolError(
        f"The server wrote something that is no message of the protocol: {text!r}. "
        "Is it llmbench? A script around it must print to standard error alone."
    )


def _encode(message: Mapping[str, Any]) -> bytes:
    try:
        text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
        return text.encode("utf-8") + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidParams(f"The parameters of {message.get('method')} cannot be written as JSON: {error}") from None


def _plain(value: object) -> str:
    """What JSON does not know but people pass: paths and times."""
    if isinstance(value, os.PathLike):
        path = os.fspath(value)
        if isinstance(path, str):
            return path
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} is no JSON value")


def closed_error() -> LLMBenchError:
    return ConnectionLost("This client was closed.")
