"""What can go wrong. Everything that the client raises on its own account is an LLMBenchError."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Type


class LLMBenchError(Exception):
    """A failure that a caller can act on; `str()` of it says what is wrong and what to do.

    `code` is the JSON-RPC error code, `kind` the server's name of the failure and `data` its details. Failures that
    did not come from the server have neither code nor data.
    """

    def __init__(
        self,
        message: str,
        *,
        code: Optional[int] = None,
        kind: Optional[str] = None,
        data: Optional[Mapping[str, Any]] = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.kind = kind
        self.data: Dict[str, Any] = dict(data or {})


class ServerNotFound(LLMBenchError):
    """There is no program to start."""


class ConnectionLost(LLMBenchError):
    """The server cannot be reached, or is gone, or the client was closed. A run can be finished with `resume`."""


class ProtocolError(LLMBenchError):
    """The peer wrote something that is no answer of an llmbench server."""


class RequestTimeout(LLMBenchError, TimeoutError):
    """No answer came within the time that the caller gave."""


class Cancelled(LLMBenchError):
    """The request was cancelled. Of a run `data` has `runId`, `completedSamples` and `plannedSamples`."""


class InvalidParams(LLMBenchError):
    """A parameter is missing, misspelled or of the wrong kind; `data["pointer"]` is its JSON Pointer, if it has one."""


class MethodNotFound(LLMBenchError):
    """The server does not know the method: it is older than this client."""


class ServerBusy(LLMBenchError):
    """Too much is under way; try again after `retry_after` seconds."""

    @property
    def retry_after(self) -> float:
        milliseconds = self.data.get("retryAfterMilliseconds")
        return milliseconds / 1000 if isinstance(milliseconds, (int, float)) else 1.0


class Unauthorized(LLMBenchError):
    """The token is missing or wrong."""


class ResponseTooLarge(LLMBenchError):
    """The answer would be larger than a message may be: ask for less at once."""


class NotFound(LLMBenchError):
    """There is no such suite, model, run or file; `kind` says which."""


class Unavailable(LLMBenchError):
    """Something that the work needs is missing: a key, a model's server, a sandbox; `kind` says which."""


_BY_CODE: Dict[int, Type[LLMBenchError]] = {
    -32601: MethodNotFound,
    -32602: InvalidParams,
    -32800: Cancelled,
    1001: ServerBusy,
    1002: Unauthorized,
    1003: ResponseTooLarge,
    1101: NotFound,  # unknownSuite
    1102: NotFound,  # unknownModel
    1103: InvalidParams,  # invalidOption
    1104: NotFound,  # runNotFound
    1105: Unavailable,  # missingAPIKey
    1106: Unavailable,  # modelUnavailable
    1201: NotFound,  # fileNotFound
    1401: Unavailable,  # sandboxUnavailable
    1402: Unavailable,  # runtimeMissing
}

_HINTS: Dict[int, str] = {
    1002: 'Pass token="…" or set LLMBENCH_TOKEN to the token that the server was started with.',
    -32601: "The server may be older than this client: `server.methods` has what it can do.",
}


def error_from_wire(error: object) -> LLMBenchError:
    """Makes the exception of a JSON-RPC error object, however odd the object is."""
    if not isinstance(error, dict):
        return ProtocolError(f"The server answered with an error that is no object: {error!r}")
    code = error.get("code")
    if not isinstance(code, int):
        code = None
    data = error.get("data")
    if not isinstance(data, dict):
        data = {} if data is None else {"data": data}
    kind = data.get("kind")
    message = str(error.get("message", "The server gave no reason."))
    hint = _HINTS.get(code) if code is not None else None
    if hint:
        message = f"{message.rstrip('.')}. {hint}"
    cls = _BY_CODE.get(code, LLMBenchError) if code is not None else LLMBenchError
    return cls(message, code=code, kind=kind if isinstance(kind, str) else None, data=data)
