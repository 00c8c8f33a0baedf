"""Each method of the protocol as a Call: its parameters, its result, and what it does. Both clients offer them all."""

from __future__ import annotations

import dataclasses
import datetime
import os
from typing import TYPE_CHECKING, Any, Callable, Dict, Generic, List, Mapping, Optional, Sequence, Union

from ._protocol import Call, OnProgress, OnSample, T
from .errors import InvalidParams, ProtocolError
from .types import (
    Check,
    DataRecords,
    Execution,
    ExecutionLimits,
    GeneratedFile,
    Plan,
    ProcessedData,
    Provider,
    R,
    Rescoring,
    RunOptions,
    RunSummary,
    Sample,
    ServerInfo,
    Suite,
    SuiteCheck,
    decode,
    decode_list,
    wire_name,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

VERSION = "0.1.0"

StrPath = Union[str, "os.PathLike[str]"]
Moment = Union[str, datetime.datetime]


def _call(method: str, cls: type[R], /, **values: Any) -> Call[R]:
    return Call(method, _params(values), lambda result: decode(cls, result))


def _list_call(method: str, member: str, cls: type[R], /, **values: Any) -> Call[List[R]]:
    return Call(method, _params(values), lambda result: decode_list(cls, _member(result, member)))


def _run_call(
    method: str,
    /,
    on_progress: Optional[OnProgress],
    on_sample: Optional[OnSample],
    timeout: Optional[float],
    **values: Any,
) -> Call[RunSummary]:
    def read(result: Any) -> RunSummary:
        return decode(RunSummary, result)

    return Call(method, _params(values), read, on_progress, on_sample, timeout, is_run=True)


def _params(values: Mapping[str, Any]) -> Dict[str, Any]:
    """Names as the protocol has them; what is None is left out."""
    return {wire_name(name): value for name, value in values.items() if value is not None}


def _member(result: object, name: str) -> Any:
    if not isinstance(result, dict) or name not in result:
        raise ProtocolError(f"The server's answer has no member {name!r}.")
    return result[name]


def _models(models: Sequence[str]) -> List[str]:
    if isinstance(models, str):
        raise InvalidParams(f"models is a list of names: write models=[{models!r}].")
    return list(models)


# ---------------------------------------------------------------------------------------------------------- Any method


def call(
    method: str,
    /,
    *,
    on_progress: Optional[OnProgress] = None,
    on_sample: Optional[OnSample] = None,
    timeout: Optional[float] = None,
    **params: Any,
) -> Call[Any]:
    """Calls any method, with parameters and result as the protocol has them: call("results.get", runId="latest")."""
    return Call(method, params, lambda result: result, on_progress, on_sample, timeout)


def initialize(token: Optional[str]) -> Call[ServerInfo]:
    def read(result: Any) -> ServerInfo:
        # What the server is and what it can do, in one record.
        return decode(ServerInfo, {**_member(result, "capabilities"), **_member(result, "serverInfo")})

    params: Dict[str, Any] = {"clientInfo": {"name": "llmbench-client for Python", "version": VERSION}}
    if token:
        params["token"] = token
    return Call("initialize", params, read)


# ---------------------------------------------------------------------------------------------------------------- Runs


def suites() -> Call[List[Suite]]:
    """The suites with their options."""
    return _list_call("benchmark.list", "suites", Suite)


def plan(suite: str, models: Sequence[str], **options: Unpack[RunOptions]) -> Call[Plan]:
    """What a run would send. Nothing is sent."""
    return _call("benchmark.plan", Plan, suite=suite, models=_models(models), **options)


def run(
    suite: str,
    models: Sequence[str],
    *,
    on_progress: Optional[OnProgress] = None,
    on_sample: Optional[OnSample] = None,
    timeout: Optional[float] = None,
    **options: Unpack[RunOptions],
) -> Call[RunSummary]:
    """Runs a suite on models and stores every answer. RunOptions has what else can be given.

    The callbacks get one Progress, or one finished Sample, at a time.
    """
    return _run_call("benchmark.run", on_progress, on_sample, timeout, suite=suite, models=_models(models), **options)


def resume(
    run_id: str,
    *,
    retry_errors: Optional[bool] = None,
    on_progress: Optional[OnProgress] = None,
    on_sample: Optional[OnSample] = None,
    timeout: Optional[float] = None,
) -> Call[RunSummary]:
    """Finishes a run that was cancelled or interrupted; stored answers are kept."""
    return _run_call("benchmark.resume", on_progress, on_sample, timeout, run_id=run_id, retry_errors=retry_errors)


def attach(
    run_id: str,
    *,
    after_sequence: int = 0,
    on_progress: Optional[OnProgress] = None,
    on_sample: Optional[OnSample] = None,
    timeout: Optional[float] = None,
) -> Call[RunSummary]:
    """Watches a run of the same server until it ends; cancelling ends only the watching.

    First come the stored samples whose `sequence` is above `after_sequence`, then the new ones: a client that lost its
    connection goes on with the `sequence` of the last sample that it saw.
    """
    return _run_call("benchmark.attach", on_progress, on_sample, timeout, run_id=run_id, after_sequence=after_sequence)


def cancel_run(run_id: str) -> Call[RunSummary]:
    """Stops a run of the same server, whoever started it, and gives its summary once it has stopped."""
    return _call("benchmark.cancel", RunSummary, run_id=run_id)


def rescore(
    run_id: str,
    *,
    dry_run: Optional[bool] = None,
    on_progress: Optional[OnProgress] = None,
    timeout: Optional[float] = None,
) -> Call[Rescoring]:
    """Judges a run's stored answers with today's grader, without a call to a model; earlier scores are kept."""
    made = _call("benchmark.rescore", Rescoring, run_id=run_id, dry_run=dry_run)
    return dataclasses.replace(made, on_progress=on_progress, timeout=timeout)


def check_suite(suite: str, *, options: Optional[Mapping[str, Any]] = None) -> Call[SuiteCheck]:
    """Has a suite's grader judge the suite's own right and wrong answers, as every run does first."""
    return _call("benchmark.check", SuiteCheck, suite=suite, options=options)


# ------------------------------------------------------------------------------------------------------- Data and code


def generate_data(
    sizes: Sequence[int],
    *,
    seed: Optional[int] = None,
    output: Optional[StrPath] = None,
    codec: Optional[str] = None,
    users: Optional[int] = None,
    minimum_duration: Optional[int] = None,
    maximum_duration: Optional[int] = None,
    block_bytes: Optional[int] = None,
    on_progress: Optional[OnProgress] = None,
) -> Call[List[GeneratedFile]]:
    """Writes Avro files of seeded random events. Relative paths start at the server's folder."""
    values = {
        "sizes": list(sizes),
        "seed": seed,
        "output": output,
        "codec": codec,
        "users": users,
        "minimum_duration": minimum_duration,
        "maximum_duration": maximum_duration,
        "block_bytes": block_bytes,
    }
    made = _list_call("data.generate", "files", GeneratedFile, **values)
    return dataclasses.replace(made, on_progress=on_progress)


def process_data(
    path: StrPath,
    *,
    threshold: Optional[float] = None,
    key_field: Optional[str] = None,
    value_field: Optional[str] = None,
    on_progress: Optional[OnProgress] = None,
) -> Call[ProcessedData]:
    """Filters an Avro file by a threshold, groups it by a key and averages a value."""
    values = {"path": path, "threshold": threshold, "key_field": key_field, "value_field": value_field}
    return dataclasses.replace(_call("data.process", ProcessedData, **values), on_progress=on_progress)


def read_data(path: StrPath, *, limit: Optional[int] = None, offset: Optional[int] = None) -> Call[DataRecords]:
    """Records of an Avro file, with its schema and codec."""
    return _call("data.records", DataRecords, path=path, limit=limit, offset=offset)


def execute_code(
    language: str,
    code: str,
    *,
    stdin: Optional[str] = None,
    arguments: Optional[Sequence[str]] = None,
    limits: Optional[ExecutionLimits] = None,
) -> Call[Execution]:
    """Runs a program (`python`, `javascript` or `typescript`) in the sandbox."""
    return _call(
        "code.execute", Execution, language=language, code=code, stdin=stdin, arguments=arguments, limits=limits
    )


# ------------------------------------------------------------------------------------------------------------- Results


def summary(run_id: str = "latest") -> Call[RunSummary]:
    """One stored run: its id, the beginning of one that no other shares, or `latest`."""
    return _call("results.get", RunSummary, run_id=run_id)


def report(run_ids: Union[str, Sequence[str]], format: str = "markdown") -> Call[str]:
    """One run, or several side by side, as `markdown`, `html`, `csv`, `junit` or `json`."""
    ids = [run_ids] if isinstance(run_ids, str) else list(run_ids)
    return Call("report.render", {"runIds": ids, "format": format}, lambda result: str(_member(result, "text")))


def _given(**members: Any) -> Dict[str, Any]:
    """What was given of parameters, under their names on the wire."""
    return {key: value for key, value in members.items() if value is not None}


def compare(run_ids: Union[str, Sequence[str]], *, metric: Optional[str] = None, **options: Any) -> Call[Dict[str, Any]]:
    """Runs, or the models of one, sample by sample: which differences are real. `conclusion` says it in words.

    The answer is JSON as the protocol's page describes `results.compare`; so are further options (`models`, `k`,
    `alpha`, `difference`, `pairing`, `limit`, `cursor`).
    """
    ids = [run_ids] if isinstance(run_ids, str) else list(run_ids)
    return call("results.compare", runs=ids, **_given(metric=metric, **options))


def trends(
    *, suite: Optional[str] = None, model: Optional[str] = None, days: Optional[int] = None, **options: Any
) -> Call[Dict[str, Any]]:
    """Scores over time, their slope, and where they changed: JSON as the protocol's page describes `results.trends`."""
    return call("results.trends", **_given(suite=suite, model=model, days=days, **options))


def export_runs(run_ids: Union[str, Sequence[str]], path: Optional[StrPath] = None) -> Call[str]:
    """Whole runs as JSON lines, for `import_runs` elsewhere. With `path` a file on the server's machine, and no text."""
    ids = [run_ids] if isinstance(run_ids, str) else list(run_ids)
    params = {"runIds": ids, **_given(path=None if path is None else str(path))}
    return Call("results.export", params, lambda result: str(_member(result, "text") or ""))


def import_runs(
    text: Optional[str] = None, *, path: Optional[StrPath] = None, replace: Optional[bool] = None
) -> Call[Dict[str, str]]:
    """Takes what `export_runs` gave, or a tracker's results. What was done, by run: `imported`, `replaced`, …"""
    params = _given(text=text, path=None if path is None else str(path), replace=replace)
    return Call(
        "results.import", params, lambda result: {run["runId"]: run["status"] for run in _member(result, "runs")})


class Pages(Generic[T]):
    """Follows `nextCursor` through a method that answers in pages.

    A client makes each `next_call` until that is None, and calls `shrink` when a page was too large for a message.
    """

    def __init__(self, call: Call[List[T]], limit: Optional[int], page_size: int) -> None:
        self._template = call
        self._left = limit
        self._page_size = page_size
        self._cursor: Optional[str] = None
        self._is_over = limit is not None and limit <= 0

    def next_call(self) -> Optional[Call[List[T]]]:
        if self._is_over:
            return None
        params = dict(self._template.params)
        params["limit"] = self._page_size if self._left is None else min(self._page_size, self._left)
        if self._cursor is not None:
            params["cursor"] = self._cursor
        return Call(self._template.method, params, self._read)

    def shrink(self) -> bool:
        """Asks for half as much at once; False when a page is a single item already."""
        self._page_size //= 2
        return self._page_size > 0

    def _read(self, result: Any) -> List[T]:
        items = self._template.decode(result)
        cursor = result.get("nextCursor")
        # A page without items leads nowhere, whatever its cursor says.
        self._is_over = not isinstance(cursor, str) or not items or cursor == self._cursor
        self._cursor = cursor
        if self._left is not None:
            items = items[: self._left]
            self._left -= len(items)
            self._is_over = self._is_over or self._left <= 0
        return items


def runs(
    *,
    suite: Optional[str] = None,
    model: Optional[str] = None,
    status: Optional[str] = None,
    since: Optional[Moment] = None,
    until: Optional[Moment] = None,
    limit: Optional[int] = None,
) -> Pages[RunSummary]:
    """Stored runs, newest first, at most `limit`. They are fetched a page at a time."""
    values = {"suite": suite, "model": model, "status": status, "since": since, "until": until}
    return Pages(_list_call("results.query", "runs", RunSummary, **values), limit, page_size=50)


def samples(
    run_id: str = "latest",
    *,
    outcome: Optional[str] = None,
    model: Optional[str] = None,
    limit: Optional[int] = None,
) -> Pages[Sample]:
    """A run's stored samples, at most `limit`. They are fetched a page at a time."""
    call = _list_call("results.samples", "samples", Sample, run_id=run_id, outcome=outcome, model=model)
    return Pages(call, limit, page_size=100)


# -------------------------------------------------------------------------------------------------------- This machine


def providers() -> Call[List[Provider]]:
    """The providers of models, and the variables that hold their keys and addresses."""
    return _list_call("models.list", "providers", Provider)


def read_gpu() -> Call[Dict[str, Any]]:
    """Every GPU of the server's machine, read once; `source` is `none` where there is none."""
    return call("gpu.sample")


def watch_gpu(
    count: int,
    *,
    interval: Optional[float] = None,
    on_reading: Optional[Callable[[Dict[str, Any]], object]] = None,
) -> Call[Dict[str, Any]]:
    """Every GPU, read `count` times, `interval` seconds apart (0.5); `on_reading` gets each reading when it comes."""
    milliseconds = None if interval is None else interval * 1000
    return Call(
        "gpu.watch",
        _given(count=count, intervalMilliseconds=milliseconds),
        dict,
        on_sample=on_reading,  # type: ignore[arg-type]
        read_part=dict,
    )


def inspect_model(model: str, *, base_url: Optional[str] = None) -> Call[Dict[str, Any]]:
    """What a model on Ollama or llama.cpp is: architecture, parameters, quantisation, context length."""
    return call("models.inspect", **_given(model=model, baseURL=base_url))


def doctor() -> Call[List[Check]]:
    """What is installed and what is missing, with the command that mends it."""
    return _list_call("system.doctor", "checks", Check)


def discover() -> Call[Dict[str, Any]]:
    """The server's OpenRPC document."""
    return call("rpc.discover")
