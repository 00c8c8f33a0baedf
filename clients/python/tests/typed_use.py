"""Not run: mypy reads it (see pyproject.toml). Right uses have the stated types, wrong ones are errors."""

from typing import Any, List, Optional

from llmbench_client import AsyncClient, AsyncHandle, Client, Handle, Progress, RunSummary, Sample, Suite


def right(bench: Client) -> None:
    run: RunSummary = bench.run("sorting", models=["local/x"], options={"sizes": [10]}, base_url="u", on_progress=print)
    score: Optional[float] = run.models[0].score
    handle: Handle[RunSummary] = bench.start("sorting", ["local/x"], sample={"count": 3}, budget={"seconds": 60})
    late: RunSummary = handle.result(timeout=1)
    suites: List[Suite] = bench.suites()
    text: str = bench.report([run.run_id, late.run_id], format="html")
    for stored in bench.runs(suite=suites[0].name, limit=3):
        for sample in bench.samples(stored.run_id, outcome="failed"):
            answer: Optional[str] = sample.response
    anything: Any = bench.call("no.such", a=1)
    del score, text, answer, anything


def wrong(bench: Client) -> None:
    bench.run("sorting", models=["local/x"], epoch=3)  # type: ignore[call-arg]
    bench.run("sorting", models=["local/x"], epochs="3")  # type: ignore[arg-type]
    bench.run(models=["local/x"])  # type: ignore[call-arg]
    bench.summary(3)  # type: ignore[arg-type]
    text: str = bench.summary()  # type: ignore[assignment]
    del text


async def asynchronous(bench: AsyncClient) -> None:
    async def later(sample: Sample) -> None: ...

    def now(progress: Progress) -> None: ...

    run: RunSummary = await bench.run("sorting", ["local/x"], on_sample=later, on_progress=now)
    handle: AsyncHandle[RunSummary] = bench.start_attach(run.run_id, after_sequence=3)
    late: RunSummary = await handle
    stored: List[RunSummary] = [one async for one in bench.runs()]
    bench.summary().run_id  # type: ignore[attr-defined]
    del late, stored
