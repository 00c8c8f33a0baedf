"""What the server answers, as dataclasses.

Names are those of the protocol in snake case, units included; None is "unknown", never 0; times are RFC 3339 text in
UTC. Each has `raw`, the JSON object it was made from. Members that this version does not know are only there, and
members that an older server does not send have their default.
"""

from __future__ import annotations

import dataclasses
import functools
import sys
from dataclasses import dataclass, field
from typing import (
    Any,
    Callable,
    Dict,
    List,
    Optional,
    Sequence,
    TypedDict,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from .errors import ProtocolError

_ACRONYMS = {"url": "URL", "usd": "USD"}


def wire_name(name: str) -> str:
    """`base_url` → `baseURL`, `run_id` → `runId`."""
    first, *rest = name.split("_")
    return first + "".join(_ACRONYMS.get(word, word.capitalize()) for word in rest)


@dataclass
class Record:
    """What all results have in common."""

    raw: Dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


# --------------------------------------------------------------------------------------------------- What is asked for


class SampleSelection(TypedDict, total=False):
    count: int
    seed: int


class Budget(TypedDict, total=False):
    usd: float
    tokens: int
    seconds: float


class RunOptions(TypedDict, total=False):
    """What `run`, `start` and `plan` take beside the suite and the models; all may be left out."""

    options: Dict[str, Any]  # the suite's own, as `suites()` describes them
    sample: SampleSelection  # a random part of the samples
    epochs: int  # how often each sample is asked
    concurrency: int  # requests under way at once for each model
    budget: Budget
    detached: bool  # answer at once; the run outlives the connection
    temperature: float
    maximum_output_tokens: int
    base_url: str  # of `local/` and `openai-compatible/` models
    record: str  # a file to write every answer to, for `replay/PATH`
    attempt_timeout_seconds: float
    sample_timeout_seconds: float
    retries: int
    cache: str  # off, read or refresh
    reducer: str  # mean, passAtK, passHatK or majority
    k: int


class ExecutionLimits(TypedDict, total=False):
    """Limits of a program in the sandbox, in the protocol's own names."""

    cpuSeconds: float
    wallSeconds: float
    memoryBytes: int
    outputBytes: int
    processes: int


# ------------------------------------------------------------------------------------------------------ What comes back


@dataclass
class ServerInfo(Record):
    name: str = ""
    version: Optional[str] = None
    methods: List[str] = field(default_factory=list)
    suites: List[str] = field(default_factory=list)


@dataclass
class Progress(Record):
    """How far a request is. `str()` of it is a line for people."""

    kind: str = "report"  # "begin", then "report" any number of times, then "end"
    title: Optional[str] = None
    message: Optional[str] = None
    percentage: Optional[float] = None  # 0…100
    run_id: Optional[str] = None
    completed: Optional[int] = None
    total: Optional[int] = None
    passed: Optional[int] = None
    errors: Optional[int] = None
    samples_per_second: Optional[float] = None
    remaining_seconds: Optional[float] = None
    sequence: Optional[int] = None  # number of the newest stored sample

    def __str__(self) -> str:
        if self.kind == "end":
            return self.message or "done"
        parts = [self.title] if self.title else []
        if self.message:
            parts.append(self.message)
        if self.percentage is not None:
            parts.append(f"{self.percentage:.0f} %")
        if self.passed is not None:
            parts.append(f"{self.passed} passed")
        if self.errors:
            parts.append(f"{self.errors} errors")
        if self.remaining_seconds and self.remaining_seconds >= 1:
            parts.append(f"{self.remaining_seconds:.0f} s left")
        return ", ".join(parts)


@dataclass
class SamplePart(Record):
    name: str = ""
    outcome: str = ""
    score: Optional[float] = None
    reason: Optional[str] = None
    detail: Optional[str] = None
    execution_milliseconds: Optional[float] = None
    metadata: Dict[str, Any] = field(default_factory=dict)


@dataclass
class Sample(Record):
    """One question, the model's answer and the verdict."""

    sequence: Optional[int] = None  # 1, 2, 3 … in the order stored
    run_id: str = ""
    model: str = ""
    sample_id: str = ""
    epoch: int = 1
    outcome: str = ""  # passed, failed, partial, truncated, modelError, infrastructureError, cancelled
    score: Optional[float] = None  # 0…1
    reason: Optional[str] = None
    detail: Optional[str] = None
    prompt: str = ""
    response: Optional[str] = None
    reasoning: Optional[str] = None
    expected: Any = None
    extracted: Any = None
    stop_reason: Optional[str] = None
    latency_milliseconds: Optional[float] = None
    time_to_first_token_milliseconds: Optional[float] = None
    prompt_tokens: Optional[int] = None
    completion_tokens: Optional[int] = None
    tokens_estimated: bool = False
    cost_usd: Optional[float] = None
    attempts: int = 0
    cached: bool = False  # from the store: no call was made
    original_latency_milliseconds: Optional[float] = None
    metrics: Dict[str, float] = field(default_factory=dict)
    parts: List[SamplePart] = field(default_factory=list)
    metadata: Dict[str, Any] = field(default_factory=dict)
    started_at: str = ""
    finished_at: str = ""


@dataclass
class GroupSummary(Record):
    """The samples of one model that share a value of the suite's dimension, such as a size."""

    dimension: str = ""
    value: Any = None
    score: Optional[float] = None
    low: Optional[float] = None
    high: Optional[float] = None
    n: int = 0
    passed: int = 0
    truncated: int = 0
    errors: int = 0
    mean_prompt_tokens: Optional[float] = None
    mean_completion_tokens: Optional[float] = None
    mean_latency_milliseconds: Optional[float] = None
    mean_execution_milliseconds: Optional[float] = None
    cost_usd: Optional[float] = None
    metrics: Dict[str, float] = field(default_factory=dict)


@dataclass
class CliffFit(Record):
    """The size at which a curve fitted to the passes crosses one half, and 95 %, with 95 % intervals."""

    size_at_50: Optional[float] = None
    size_at_50_low: Optional[float] = None
    size_at_50_high: Optional[float] = None
    size_at_95: Optional[float] = None
    size_at_95_low: Optional[float] = None
    size_at_95_high: Optional[float] = None
    n: int = 0
    note: Optional[str] = None


@dataclass
class ReasonCount(Record):
    reason: str = ""
    count: int = 0


@dataclass
class ModelSummary(Record):
    """What one model did in a run."""

    model: str = ""
    score: Optional[float] = None  # 0…1, the mean of the scored samples
    low: Optional[float] = None  # ends of the score's 95 % interval
    high: Optional[float] = None
    score_if_unknown_wrong: Optional[float] = None
    score_if_unknown_right: Optional[float] = None
    n: int = 0  # scored samples
    passed: int = 0
    failed: int = 0
    partial: int = 0
    truncated: int = 0
    model_errors: int = 0
    errors: int = 0  # of the provider or of the server's machine: not counted against the model
    cancelled: int = 0
    missing: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    tokens_estimated: bool = False
    cost_usd: Optional[float] = None
    duration_seconds: float = 0
    mean_latency_milliseconds: Optional[float] = None
    median_latency_milliseconds: Optional[float] = None
    mean_time_to_first_token_milliseconds: Optional[float] = None
    metrics: Dict[str, float] = field(default_factory=dict)
    groups: List[GroupSummary] = field(default_factory=list)
    cliff: Optional[CliffFit] = None
    reasons: List[ReasonCount] = field(default_factory=list)


@dataclass
class RunSummary(Record):
    """A run as it stands."""

    run_id: str = ""
    suite: str = ""
    suite_version: str = ""
    status: str = ""  # running, completed, cancelled, interrupted, failed, budgetExhausted
    message: Optional[str] = None  # why it ended early
    started_at: str = ""
    finished_at: Optional[str] = None
    duration_seconds: float = 0
    planned_samples: int = 0
    completed_samples: int = 0
    models: List[ModelSummary] = field(default_factory=list)
    request: Dict[str, Any] = field(default_factory=dict)
    seed: Optional[int] = None
    program_version: str = ""
    machine: Dict[str, Any] = field(default_factory=dict)


@dataclass
class SuiteOption(Record):
    name: str = ""
    kind: str = ""  # integer, number, boolean, string, integerList, stringList
    default_value: Any = None
    summary: str = ""


@dataclass
class Suite(Record):
    name: str = ""
    version: str = ""
    summary: str = ""
    options: List[SuiteOption] = field(default_factory=list)
    dimension: Optional[str] = None
    executes_code: bool = False


@dataclass
class ModelPlan(Record):
    model: str = ""
    samples: int = 0
    prompt_tokens: int = 0
    maximum_completion_tokens: Optional[int] = None
    maximum_cost_usd: Optional[float] = None


@dataclass
class Plan(Record):
    suite: str = ""
    models: List[ModelPlan] = field(default_factory=list)


@dataclass
class Verdict(Record):
    outcome: str = ""
    score: Optional[float] = None
    reason: Optional[str] = None
    detail: Optional[str] = None


@dataclass
class ScoreFlip(Record):
    model: str = ""
    sample_id: str = ""
    epoch: int = 0
    sequence: int = 0
    before: Verdict = field(default_factory=Verdict)
    after: Verdict = field(default_factory=Verdict)


@dataclass
class SkippedSample(Record):
    model: str = ""
    sample_id: str = ""
    epoch: int = 0
    reason: str = ""
    detail: str = ""


@dataclass
class Rescoring(Record):
    run_id: str = ""
    revision: Optional[int] = None
    rescored: int = 0
    flipped: int = 0
    flips: List[ScoreFlip] = field(default_factory=list)
    without_answer: int = 0
    skipped_samples: int = 0
    skipped: List[SkippedSample] = field(default_factory=list)
    run: RunSummary = field(default_factory=lambda: RunSummary())


@dataclass
class ReferenceVerdict(Record):
    name: str = ""
    sample_id: str = ""
    is_right: bool = False
    is_as_expected: bool = False
    verdict: Verdict = field(default_factory=Verdict)


@dataclass
class SuiteCheck(Record):
    suite: str = ""
    suite_version: str = ""
    is_sound: bool = False
    references: List[ReferenceVerdict] = field(default_factory=list)


@dataclass
class GeneratedFile(Record):
    path: str = ""
    rows: int = 0
    bytes: int = 0
    seconds: float = 0


@dataclass
class ProcessedGroup(Record):
    id: str = ""
    count: int = 0
    average: float = 0


@dataclass
class ProcessedData(Record):
    rows: int = 0
    groups: List[ProcessedGroup] = field(default_factory=list)
    read_seconds: float = 0
    process_seconds: float = 0
    total_seconds: float = 0


@dataclass
class DataRecords(Record):
    schema: Any = None
    codec: str = ""
    total: int = 0
    records: List[Any] = field(default_factory=list)


@dataclass
class TokenCount(Record):
    """The tokens of a text, a file or a conversation."""

    tokens: int = 0
    encoding: str = ""
    # whether the model may count otherwise
    is_estimate: bool = False
    bytes: int = 0
    replaced_parts: int = 0
    token_ids: Optional[List[int]] = None


@dataclass
class EncodedData(Record):
    """What `encode_data` wrote."""

    format: str = ""
    bytes: int = 0
    text: Optional[str] = None
    path: Optional[str] = None
    read_seconds: float = 0.0
    write_seconds: float = 0.0


@dataclass
class DecodedData(Record):
    """What `decode_data` read."""

    value: Any = None
    read_seconds: float = 0.0


@dataclass
class Execution(Record):
    """What a program in the sandbox did."""

    # ok, nonZeroExit, signaled, cpuTimeLimit, wallTimeLimit, memoryLimit, outputLimit, sandboxFailure
    verdict: str = ""
    exit_code: Optional[int] = None
    signal: Optional[int] = None
    standard_output: str = ""
    standard_error: str = ""
    cpu_seconds: float = 0
    wall_seconds: float = 0
    peak_memory_bytes: Optional[int] = None
    runtime: str = ""


@dataclass
class GradedAnswer(Record):
    """The verdict on one answer to a coding problem."""

    question_id: str = ""
    index: int = 0  # among the answers to its problem, from 0
    passed: bool = False
    # accepted, wrongAnswer, compileError, noFunction, runtimeError, cpuTimeLimit, wallTimeLimit, memoryLimit,
    # outputLimit, noCode, engineError
    verdict: str = ""
    first_failed_test: Optional[int] = None  # from 0
    detail: Optional[str] = None
    error_type: Optional[str] = None  # syntax, runtime, wrong_answer, timeout
    official_code: Optional[int] = None
    official_verdict: Optional[str] = None  # of LiveCodeBench's own grader, where it is another one
    tests_passed: int = 0
    tests_run: int = 0
    tests_total: int = 0
    cpu_seconds: float = 0
    wall_seconds: float = 0
    peak_memory_bytes: Optional[int] = None
    extraction: Optional[Dict[str, Any]] = None
    tests: Optional[List[Dict[str, Any]]] = None


@dataclass
class PassRate(Record):
    """pass@k, or pass@1 of the problems that have `name` in common."""

    value: float = 0
    low: Optional[float] = None  # ends of the 95 % interval
    high: Optional[float] = None
    problems: int = 0
    k: int = 1
    name: Optional[str] = None


@dataclass
class GradeSummary(Record):
    """What came of many answers."""

    dataset: str = ""
    format: str = ""
    mode: str = ""
    problems: int = 0
    unanswered: int = 0
    answers: int = 0
    passed: int = 0
    failed: int = 0
    errors: int = 0
    pass_at_k: List[PassRate] = field(default_factory=list)
    by_difficulty: List[PassRate] = field(default_factory=list)
    by_platform: List[PassRate] = field(default_factory=list)
    by_month: List[PassRate] = field(default_factory=list)
    verdicts: List[Dict[str, Any]] = field(default_factory=list)
    error_types: List[Dict[str, Any]] = field(default_factory=list)
    official_differences: int = 0
    contamination: Optional[Dict[str, Any]] = None
    excluded: List[Dict[str, Any]] = field(default_factory=list)
    unknown_problems: List[str] = field(default_factory=list)
    issues: List[Dict[str, Any]] = field(default_factory=list)
    runtime: Optional[str] = None
    time_factor: float = 1
    duration_seconds: float = 0


@dataclass
class Grading(Record):
    """The verdicts on answers to coding problems."""

    results: List[GradedAnswer] = field(default_factory=list)
    summary: GradeSummary = field(default_factory=GradeSummary)


@dataclass
class DatasetCheck(Record):
    """What a dataset of coding problems holds, and what is wrong with it."""

    path: str = ""
    format: str = ""
    problems: int = 0
    kinds: List[Dict[str, Any]] = field(default_factory=list)
    first_date: Optional[str] = None
    last_date: Optional[str] = None
    excluded: List[Dict[str, Any]] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0
    issues: List[Dict[str, Any]] = field(default_factory=list)


@dataclass
class FetchedFile(Record):
    """One file of a published dataset."""

    path: str = ""
    bytes: int = 0
    downloaded_bytes: int = 0
    sha256: str = ""
    is_verified: bool = False
    problems: int = 0


@dataclass
class FetchedData(Record):
    """A published dataset that was downloaded."""

    folder: str = ""
    files: List[FetchedFile] = field(default_factory=list)
    problems: int = 0


@dataclass
class VueValidation(Record):
    """What is right and wrong with a Vue component. The lists hold the protocol's own objects."""

    status: str = ""  # ok, failed, unavailable, timeout, crashed
    reason: Optional[str] = None
    compiles: Optional[bool] = None
    diagnostics: List[Dict[str, Any]] = field(default_factory=list)
    checks: List[Dict[str, Any]] = field(default_factory=list)
    check_score: Optional[float] = None  # 0 to 10
    score: Optional[float] = None  # 0 to 10
    template: Optional[Dict[str, Any]] = None
    naming: Optional[Dict[str, Any]] = None
    stubbed_modules: List[str] = field(default_factory=list)
    engine: Optional[Dict[str, Any]] = None


@dataclass
class Provider(Record):
    name: str = ""
    summary: str = ""
    key_variable: Optional[str] = None
    key_is_set: Optional[bool] = None
    base_url_variable: Optional[str] = None
    base_url: Optional[str] = None


@dataclass
class Check(Record):
    name: str = ""
    status: str = ""  # ok, warning, missing
    detail: str = ""
    remedy: Optional[str] = None


# ------------------------------------------------------------------------------------------------------------ Decoding

R = TypeVar("R", bound=Record)


def decode(cls: type[R], value: object) -> R:
    """Makes a result of a JSON object.

    Raises ProtocolError when the value is of another kind. Scalars are taken as they come.
    """
    if not isinstance(value, dict):
        raise ProtocolError(f"The server answered with {_short(value)} where a {cls.__name__} was expected.")
    members: Dict[str, Any] = {"raw": value}
    kind: Any = cls  # mypy takes no type of a TypeVar for hashable
    for name, wire, convert in _fields(kind):
        member = value.get(wire)
        # null where null means nothing is as good as absent.
        if member is not None:
            members[name] = convert(member) if convert else member
    return cls(**members)


def decode_list(cls: type[R], value: object) -> List[R]:
    if not isinstance(value, list):
        raise ProtocolError(f"The server answered with {_short(value)} where a list of {cls.__name__} was expected.")
    return [decode(cls, item) for item in value]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:80] + "…"


Converter = Callable[[Any], Any]


@functools.lru_cache(maxsize=None)
def _fields(cls: type[Record]) -> Sequence[tuple[str, str, Optional[Converter]]]:
    """Each field's name, its name on the wire, and what turns its value into records, if it holds any."""
    hints = get_type_hints(cls, vars(sys.modules[cls.__module__]))
    names = [item.name for item in dataclasses.fields(cls) if item.name != "raw"]
    return [(name, wire_name(name), _converter(hints[name])) for name in names]


def _converter(hint: Any) -> Optional[Converter]:
    if get_origin(hint) is Union:
        hint = next(argument for argument in get_args(hint) if argument is not type(None))
    if get_origin(hint) is list:
        inner = get_args(hint)[0]
        return functools.partial(decode_list, inner) if _is_record(inner) else None
    return functools.partial(decode, hint) if _is_record(hint) else None


def _is_record(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Record)
