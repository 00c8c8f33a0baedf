"""Run benchmarks of language models with llmbench, from Python.

    from llmbench_client import Client

    with Client.spawn() as bench:
        summary = bench.run("sorting", models=["local/smollm2"], options={"sizes": [10]}, on_progress=print)

AsyncClient is the same for asyncio. Every failure is an LLMBenchError.
"""

from ._aio import AsyncClient, AsyncHandle
from ._calls import VERSION as __version__
from ._client import Client, Handle
from .errors import (
    Cancelled,
    ConnectionLost,
    InvalidParams,
    LLMBenchError,
    MethodNotFound,
    NotFound,
    ProtocolError,
    RequestTimeout,
    ResponseTooLarge,
    ServerBusy,
    ServerNotFound,
    Unauthorized,
    Unavailable,
)
from .types import (
    Check,
    CliffFit,
    DataRecords,
    Execution,
    GeneratedFile,
    GroupSummary,
    ModelPlan,
    ModelSummary,
    Plan,
    ProcessedData,
    ProcessedGroup,
    Progress,
    Provider,
    ReasonCount,
    RunOptions,
    RunSummary,
    Sample,
    SamplePart,
    ServerInfo,
    Suite,
    SuiteOption,
)

__all__ = [
    "AsyncClient",
    "AsyncHandle",
    "Cancelled",
    "Check",
    "Client",
    "CliffFit",
    "ConnectionLost",
    "DataRecords",
    "Execution",
    "GeneratedFile",
    "GroupSummary",
    "Handle",
    "InvalidParams",
    "LLMBenchError",
    "MethodNotFound",
    "ModelPlan",
    "ModelSummary",
    "NotFound",
    "Plan",
    "ProcessedData",
    "ProcessedGroup",
    "Progress",
    "ProtocolError",
    "Provider",
    "ReasonCount",
    "RequestTimeout",
    "ResponseTooLarge",
    "RunOptions",
    "RunSummary",
    "Sample",
    "SamplePart",
    "ServerBusy",
    "ServerInfo",
    "ServerNotFound",
    "Suite",
    "SuiteOption",
    "Unauthorized",
    "Unavailable",
    "__version__",
]
