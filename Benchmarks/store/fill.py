"""Fills a results store through `llmbench results import`, with runs that look like a year's work.

The lines are those of a real run, exported, with other ids, times, models and verdicts; so every sample goes through the
product's own store code.
"""

import json
import random
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

from harness import ROOT, note, run_json

FILES = ROOT / "Protocol" / "examples" / "files"
SUITES = ["sorting", "events-context", "events-codegen", "sorting-long"]
MODELS = [f"openai/model-{letter}" for letter in "abcdefgh"]
RUNS_PER_FILE = 50
START = datetime(2025, 6, 1, tzinfo=timezone.utc)


def template(llmbench: Path, folder: Path) -> list[dict]:
    """The lines of one exported run."""
    database = folder / "template.sqlite"
    run_json([llmbench, "run", "sorting", "--model", f"replay/{FILES / 'sorting.jsonl'}", "--sizes", "3,5", "--samples", "2",
              "--database", database, "--quiet", "--json"])
    exported = folder / "template.jsonl"
    run_json([llmbench, "results", "export", "latest", "--output", exported, "--database", database, "--json"])
    return [json.loads(line) for line in exported.read_text().splitlines()]


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


class Generator:
    def __init__(self, lines: list[dict], samples_per_run: int):
        self.head = next(line for line in lines if "archive" in line)
        self.run = next(line for line in lines if "run" in line)
        self.sample = next(line for line in lines if line.get("sample", {}).get("outcome") == "passed")
        self.end = next(line for line in lines if "end" in line)
        self.samples_per_run = samples_per_run
        self.random = random.Random(1)

    def write(self, path: Path, numbers: range) -> None:
        with open(path, "w") as file:
            file.write(json.dumps(self.head) + "\n")
            for number in numbers:
                self.write_run(file, number)

    def write_run(self, file, number: int) -> None:
        """Four of five runs ask one model, the others two; some samples fail, few are errors."""
        start = START + timedelta(hours=8 * number)
        identifier = start.strftime("%Y%m%d-%H%M%S-") + f"{number:06d}"
        first = self.random.randrange(len(MODELS))
        models = [MODELS[first], MODELS[(first + 1) % len(MODELS)]] if number % 5 == 0 else [MODELS[first]]
        suite = SUITES[number % len(SUITES)]
        file.write(json.dumps(self.described(identifier, suite, models, start)) + "\n")
        per_model = self.samples_per_run // len(models)
        sequence = 0
        for model in models:
            rate = 0.6 + 0.03 * MODELS.index(model) - (0.1 if number > 700 and model == MODELS[0] else 0)
            for index in range(per_model):
                sequence += 1
                line = self.answered(identifier, model, number, index, sequence, rate, start)
                file.write(json.dumps(line, separators=(",", ":")) + "\n")
        end = json.loads(json.dumps(self.end))
        end["end"].update(runId=identifier, samples=sequence)
        file.write(json.dumps(end) + "\n")

    def described(self, identifier: str, suite: str, models: list[str], start: datetime) -> dict:
        line = json.loads(json.dumps(self.run))
        run = line["run"]
        summaries = []
        for model in models:
            summary = dict(run["models"][0])
            summary["model"] = model
            summaries.append(summary)
        request = dict(run["request"], suite=suite, models=models, options={"sizes": [10, 20, 50]})
        run.update(runId=identifier, suite=suite, models=summaries, request=request, startedAt=stamp(start),
                   finishedAt=stamp(start + timedelta(minutes=20)), plannedSamples=self.samples_per_run,
                   completedSamples=self.samples_per_run)
        return line

    def answered(self, identifier, model, number, index, sequence, rate, start) -> dict:
        chance = self.random.random()
        outcome = "passed" if chance < rate else "infrastructureError" if chance > 0.998 else "failed"
        sample = dict(self.sample["sample"])
        sample.update(
            runId=identifier, model=model, sampleId=f"size={(10, 20, 50)[index % 3]}/{index}", epoch=1, sequence=sequence,
            outcome=outcome, score={"passed": 1.0, "failed": 0.0}.get(outcome),
            reason=None if outcome == "passed" else "wrongOrder", metadata={"size": (10, 20, 50)[index % 3]},
            # The prompts of a suite come again in every run; answers differ.
            prompt=f"{self.sample['sample']['prompt']} ({index})", response=f"[{index}, {number}, {outcome}]",
            startedAt=stamp(start + timedelta(seconds=sequence)), finishedAt=stamp(start + timedelta(seconds=sequence + 1)))
        return {**self.sample, "sample": sample}


def fill(llmbench: Path, database: Path, folder: Path, runs: int, samples_per_run: int) -> None:
    generator = Generator(template(llmbench, folder), samples_per_run)
    path = folder / "runs.jsonl"
    for first in range(0, runs, RUNS_PER_FILE):
        generator.write(path, range(first, min(runs, first + RUNS_PER_FILE)))
        command = [str(llmbench), "results", "import", str(path), "--database", str(database), "--quiet", "--json"]
        completed = subprocess.run(command, capture_output=True, text=True)
        if completed.returncode != 0:
            raise SystemExit(f"the import failed: {completed.stderr[-2000:]}{completed.stdout[-2000:]}")
        note(f"{min(runs, first + RUNS_PER_FILE)} of {runs} runs stored")
    path.unlink()
