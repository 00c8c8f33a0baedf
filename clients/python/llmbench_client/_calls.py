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
    DecodedData,
    EncodedData,
    DatasetCheck,
    Execution,
    ExecutionLimits,
    FetchedData,
    GeneratedFile,
    Grading,
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
    VueValidation,
    TokenCount,
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
    concurrency: Optional[int] = None,
    requests_per_minute: Optional[float] = None,
    base_url: Optional[str] = None,
    on_progress: Optional[OnProgress] = None,
    on_sample: Optional[OnSample] = None,
    timeout: Optional[float] = None,
) -> Call[RunSummary]:
    """Finishes a run that was cancelled or interrupted; stored answers are kept.

    How fast, and where the model is asked, may be otherwise from now on.
    """
    return _run_call(
        "benchmark.resume",
        on_progress,
        on_sample,
        timeout,
        run_id=run_id,
        retry_errors=retry_errors,
        concurrency=concurrency,
        requests_per_minute=requests_per_minute,
        base_url=base_url,
    )


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


def count_tokens(
    text: Optional[str] = None,
    *,
    path: Optional[StrPath] = None,
    messages: Optional[Sequence[Mapping[str, str]]] = None,
    encoding: Optional[str] = None,
    model: Optional[str] = None,
    special_tokens: Optional[str] = None,
    include_token_ids: Optional[bool] = None,
    on_progress: Optional[OnProgress] = None,
) -> Call[TokenCount]:
    """The tokens of a text, of a file or of a conversation (`[{"role": …, "content": …}]`), as tiktoken counts them."""
    values = {
        "text": text,
        "path": path,
        "messages": messages,
        "encoding": encoding,
        "model": model,
        "special_tokens": special_tokens,
        "include_token_ids": include_token_ids,
    }
    return dataclasses.replace(_call("tokens.count", TokenCount, **values), on_progress=on_progress)


def encode_data(
    format: str,
    *,
    value: Any = None,
    text: Optional[str] = None,
    path: Optional[StrPath] = None,
    source_format: Optional[str] = None,
    strict: Optional[bool] = None,
    indentation: Optional[int] = None,
    delimiter: Optional[str] = None,
    source_indentation: Optional[int] = None,
    source_delimiter: Optional[str] = None,
    output: Optional[StrPath] = None,
) -> Call[EncodedData]:
    """Writes data (a value, a text or a file) as `toon`, `json`, `json-compact`, `yaml`, `xml` or `csv`."""
    return _call(
        "data.encode",
        EncodedData,
        **{"from": source_format},
        format=format,
        value=value,
        text=text,
        path=path,
        strict=strict,
        indentation=indentation,
        delimiter=delimiter,
        sourceIndentation=source_indentation,
        sourceDelimiter=source_delimiter,
        output=output,
    )


def decode_data(
    text: Optional[str] = None,
    *,
    path: Optional[StrPath] = None,
    format: Optional[str] = None,
    strict: Optional[bool] = None,
    indentation: Optional[int] = None,
    delimiter: Optional[str] = None,
) -> Call[DecodedData]:
    """Reads a text or a file in one of the formats of `encode_data`."""
    return _call(
        "data.decode",
        DecodedData,
        text=text,
        path=path,
        format=format,
        strict=strict,
        indentation=indentation,
        delimiter=delimiter,
    )


def datasets() -> Call[List[Dict[str, Any]]]:
    """The datasets that questions are asked about, with what their structure allows."""
    return Call("data.datasets", {}, lambda result: list(_member(result, "datasets")))


def dataset(
    name: Optional[str] = None,
    *,
    path: Optional[StrPath] = None,
    questions_path: Optional[StrPath] = None,
    rows: Optional[int] = None,
    seed: Optional[int] = None,
    repositories: Optional[StrPath] = None,
) -> Call[Dict[str, Any]]:
    """One dataset, by name or from a file of your own: `dataset`, `value` and `questions`."""
    values = {"name": name, "path": path, "questions_path": questions_path, "rows": rows, "seed": seed}
    return Call("data.dataset", _params({**values, "repositories": repositories}), dict)


def validate_answer(
    kind: str, expected: Any, actual: Any, *, mode: Optional[str] = None, options: Optional[Mapping[str, Any]] = None
) -> Call[Dict[str, Any]]:
    """Whether an answer is right, by its kind: `match`, and if not, `reason` and `detail`."""
    params = _given(mode=mode, options=options)
    return Call("validate.answer", {"kind": kind, "expected": expected, "actual": actual, **params}, dict)


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


def grade_answers(
    dataset: StrPath,
    answers: Union[StrPath, Sequence[Mapping[str, Any]]],
    *,
    mode: Optional[str] = None,
    extraction: Optional[str] = None,
    selection: Optional[Mapping[str, Any]] = None,
    cutoff: Optional[str] = None,
    limits: Optional[ExecutionLimits] = None,
    tests: Optional[bool] = None,
    all_tests: Optional[bool] = None,
    export: Optional[StrPath] = None,
    on_progress: Optional[OnProgress] = None,
    timeout: Optional[float] = None,
) -> Call[Grading]:
    """Judges answers to coding problems by their tests: a file of JSON lines, or objects with a `question_id` and a
    `code` or a `response`. `selection` is, in the protocol's names, `release`, `from`, `to`, `dateRule`, `platforms`,
    `difficulties`, `includeErrata`."""
    values = {
        "dataset": dataset,
        "answers": answers if isinstance(answers, (str, os.PathLike)) else [dict(answer) for answer in answers],
        "mode": mode,
        "extraction": extraction,
        "selection": selection,
        "cutoff": cutoff,
        "limits": limits,
        "tests": tests,
        "all_tests": all_tests,
        "export": export,
    }
    return dataclasses.replace(_call("code.grade", Grading, **values), on_progress=on_progress, timeout=timeout)


def check_dataset(path: StrPath, *, on_progress: Optional[OnProgress] = None) -> Call[DatasetCheck]:
    """Reads every problem and test of a dataset of coding problems, and tells what is wrong."""
    return dataclasses.replace(_call("data.check", DatasetCheck, path=path), on_progress=on_progress)


def fetch_dataset(
    dataset: str = "livecodebench",
    *,
    release: Optional[str] = None,
    output: Optional[StrPath] = None,
    base_url: Optional[str] = None,
    on_progress: Optional[OnProgress] = None,
    timeout: Optional[float] = None,
) -> Call[FetchedData]:
    """Downloads a published dataset to the server's machine, going on where an earlier download stopped."""
    values = {"dataset": dataset, "release": release, "output": output, "base_url": base_url}
    return dataclasses.replace(_call("data.fetch", FetchedData, **values), on_progress=on_progress, timeout=timeout)


def validate_vue(
    source: Optional[str] = None,
    *,
    path: Optional[StrPath] = None,
    checks: Optional[Any] = None,
    original: Optional[str] = None,
    files: Optional[Sequence[Mapping[str, str]]] = None,
    auto_imports: Optional[Any] = None,
    stub_modules: Optional[Sequence[str]] = None,
    root: Optional[StrPath] = None,
    name: Optional[str] = None,
    timeout_seconds: Optional[float] = None,
) -> Call[VueValidation]:
    """Checks a Vue component, or the answer that holds one: syntax, types, checks of its syntax trees, template."""
    return _call(
        "validate.vue",
        VueValidation,
        source=source,
        path=path,
        checks=checks,
        original=original,
        files=files,
        autoImports=auto_imports,
        stubModules=stub_modules,
        root=root,
        name=name,
        timeoutSeconds=timeout_seconds,
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


def costs(
    *, suite: Optional[str] = None, model: Optional[str] = None, since: Optional[str] = None,
    until: Optional[str] = None,
) -> Call[Dict[str, Any]]:
    """What runs cost, this month by default, and what the rest of it will: JSON as the page describes `results.costs`."""
    return call("results.costs", **_given(suite=suite, model=model, since=since, until=until))


def stored_models() -> Call[List[Dict[str, Any]]]:
    """The models that runs are stored of, the one asked last first."""
    return Call("results.models", {}, lambda result: list(_member(result, "models")))


def revision() -> Call[str]:
    """A text that is another one after anything in the store has changed."""
    return Call("results.revision", {}, lambda result: str(_member(result, "revision")))


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
