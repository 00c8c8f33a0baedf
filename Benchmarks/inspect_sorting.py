"""The peer's side of sorting_throughput.py: Inspect AI over the same prompts. Run by the Python of .venv-bench.

Reads a JSON file of [prompt, answer] pairs and prints {"samples", "seconds", "accuracy", "version"}. The seconds are
those of eval() alone: neither Python's start nor the import of Inspect counts. `mockllm/model` answers at once from a
dictionary and says how many tokens it used, so that no tokenizer runs; the log with every sample is written, as it
always is. The settings are the fastest ones found for this work.
"""

import argparse
import importlib.metadata
import json
import sys
import tempfile
import time

from inspect_ai import Task, eval
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import match
from inspect_ai.solver import generate

FASTEST = {
    "max_samples": 1000,
    "max_connections": 1000,
    "log_buffer": 1000,
    "log_realtime": False,
    "log_model_api": False,
    "score_display": False,
}


def recorded_model(answers: dict[str, str]):
    def answer(messages, tools, tool_choice, config):
        output = ModelOutput.from_content("mockllm/model", answers[messages[-1].text])
        output.usage = ModelUsage(input_tokens=100, output_tokens=50, total_tokens=150)
        return output

    return get_model("mockllm/model", custom_outputs=answer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", help="JSON file of [prompt, answer] pairs")
    parser.add_argument("--default-settings", action="store_true", help="Inspect's own settings instead of the fastest")
    options = parser.parse_args()

    with open(options.pairs) as file:
        pairs = json.load(file)
    dataset = MemoryDataset([Sample(id=number, input=prompt, target=answer)
                             for number, (prompt, answer) in enumerate(pairs, 1)])
    task = Task(dataset=dataset, solver=generate(), scorer=match(location="exact"))
    model = recorded_model(dict(pairs))
    settings = {} if options.default_settings else FASTEST
    with tempfile.TemporaryDirectory() as logs:
        start = time.perf_counter()
        log = eval(task, model=model, display="none", log_dir=logs, **settings)[0]
        seconds = time.perf_counter() - start
    if log.status != "success":
        sys.exit(f"Inspect AI ended with {log.status}: {log.error.message if log.error else ''}")
    result = {"samples": log.results.completed_samples, "seconds": seconds,
              "accuracy": log.results.scores[0].metrics["accuracy"].value,
              "version": importlib.metadata.version("inspect-ai")}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
